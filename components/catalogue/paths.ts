import type { AlbumKind, OtherRole } from '@/lib/catalogue/kinds'
import { refOf } from '@/lib/catalogue/slug'

/** The paths of pages. */

type Titled = { id: number; title: string }
type Named = { id: number; name: string }

export const albumPath = (album: Titled): string => `/albums/${refOf(album)}`
export const artistPath = (artist: Named): string => `/artists/${refOf(artist)}`
export const artistAlbumsPath = (artist: Named, kind: AlbumKind | 'appearances'): string =>
  `${artistPath(artist)}/albums/${kind}`
export const artistSongsPath = (artist: Named): string => `${artistPath(artist)}/songs`
export const artistRolePath = (artist: Named, role: OtherRole, part: 'albums' | 'songs'): string =>
  `${artistPath(artist)}/credits/${role}/${part}`
export const albumCreditsPath = (album: Titled): string => `${albumPath(album)}/credits`
export const songPath = (song: Titled): string => `/songs/${refOf(song)}`
export const songCreditsPath = (song: Titled): string => `${songPath(song)}/credits`
export const songAlbumsPath = (song: Titled): string => `${songPath(song)}/albums`
export const songPlaylistsPath = (song: Titled): string => `${songPath(song)}/playlists`
export const genrePath = (genre: { slug: string }): string => `/genres/${genre.slug}`
export const genreSongsPath = (genre: { slug: string }): string => `${genrePath(genre)}/songs`
