import { readAlbums, toTrack } from '@/lib/catalogue/albums/resource'
import { findFirstTracks } from '@/lib/catalogue/albums/track-records'
import { readArtists } from '@/lib/catalogue/artists/resource'
import { embeddedCredits } from '@/lib/catalogue/credits/resource'
import { readGenres } from '@/lib/catalogue/genres/resource'
import { embedLinked, embedRows } from '@/lib/catalogue/lists/embedded'
import { findFirstLinked, findLinked, type Link } from '@/lib/catalogue/lists/links'
import type { Include } from '@/lib/catalogue/lists/parameters'
import type { Embeds } from '@/lib/catalogue/lists/response'
import { readSongs } from '@/lib/catalogue/songs/resource'

const newestAlbums = (artists: number[]) => findFirstLinked('artist.albums', artists)
const popularSongs = (artists: number[]) => findFirstLinked('artist.songs', artists)
const by = (link: Link) => (parents: number[]) => findLinked(link, parents)

/** The lists that can be embedded in each resource. */
export const embeds: { [Resource in 'artists' | 'albums' | 'songs']: Embeds<Include<Resource>> } = {
  artists: {
    albums: embedLinked(newestAlbums, '/artists/{id}/albums?sort=newest', readAlbums),
    songs: embedLinked(popularSongs, '/artists/{id}/songs?sort=popular', readSongs),
  },
  albums: {
    artists: embedLinked(by('album.artists'), '/albums/{id}/artists', readArtists),
    credits: embeddedCredits('album', '/albums/{id}/credits'),
    genres: embedLinked(by('album.genres'), '/albums/{id}/genres', readGenres),
    tracks: embedRows('/albums/{id}/tracks', findFirstTracks, toTrack),
  },
  songs: {
    albums: embedLinked(by('song.albums'), '/songs/{id}/albums', readAlbums),
    artists: embedLinked(by('song.artists'), '/songs/{id}/artists', readArtists),
    credits: embeddedCredits('song', '/songs/{id}/credits'),
    genres: embedLinked(by('song.genres'), '/songs/{id}/genres', readGenres),
  },
}
