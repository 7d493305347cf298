import type { Embeds } from '@/lib/catalogue/listing/answer'
import { linkedThings, ownRows } from '@/lib/catalogue/listing/embed'
import { findArtistsLinked, findLinked, type Link } from '@/lib/catalogue/listing/links/queries'
import { readAlbums } from './albums/items'
import { readArtists } from './artists/items'
import type { Include } from './choices'
import { embeddedCredits } from './credits/items'
import { readGenres } from './genres/items'
import { readSongs } from './songs/items'
import { toTrack } from './tracks/items'
import { findFirstTracks } from './tracks/queries'

const newest = (artists: number[]) => findArtistsLinked('artist.albums', artists)
const bestKnown = (artists: number[]) => findArtistsLinked('artist.songs', artists)
const by = (link: Link) => (parents: number[]) => findLinked(link, parents)

/** What can be embedded in what. */
export const embeds: { [Of in 'artists' | 'albums' | 'songs']: Embeds<Include<Of>> } = {
  artists: {
    albums: linkedThings(newest, '/artists/{id}/albums?sort=newest', readAlbums),
    songs: linkedThings(bestKnown, '/artists/{id}/songs?sort=popular', readSongs),
  },
  albums: {
    artists: linkedThings(by('album.artists'), '/albums/{id}/artists', readArtists),
    credits: embeddedCredits('album', '/albums/{id}/credits'),
    genres: linkedThings(by('album.genres'), '/albums/{id}/genres', readGenres),
    tracks: ownRows('/albums/{id}/tracks', findFirstTracks, toTrack),
  },
  songs: {
    albums: linkedThings(by('song.albums'), '/songs/{id}/albums', readAlbums),
    artists: linkedThings(by('song.artists'), '/songs/{id}/artists', readArtists),
    credits: embeddedCredits('song', '/songs/{id}/credits'),
    genres: linkedThings(by('song.genres'), '/songs/{id}/genres', readGenres),
  },
}
