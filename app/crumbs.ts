import { albumPath, artistPath, songPath } from '@/components/catalogue/paths'
import type { Crumb } from '@/lib/http/json-ld'

/** The breadcrumbs of an entity: the list of its kind, and its own page. */

type Titled = { id: number; title: string }

export const artistCrumbs = (artist: { id: number; name: string }): Crumb[] => [
  { name: 'Artists', path: '/artists' },
  { name: artist.name, path: artistPath(artist) },
]
export const albumCrumbs = (album: Titled): Crumb[] => [
  { name: 'Albums', path: '/albums' },
  { name: album.title, path: albumPath(album) },
]
export const songCrumbs = (song: Titled): Crumb[] => [
  { name: 'Songs', path: '/songs' },
  { name: song.title, path: songPath(song) },
]
