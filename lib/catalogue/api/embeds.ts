import type { Embeds } from '@/lib/catalogue/listing/answer'
import { linkedThings, ownRows } from '@/lib/catalogue/listing/embed'
import { readAlbums } from './albums/items'
import { readArtists } from './artists/items'
import type { Include } from './choices'
import { embeddedCredits } from './credits/items'
import { readGenres } from './genres/items'
import { readSongs } from './songs/items'
import { toTrack } from './tracks/items'
import { findFirstTracks } from './tracks/queries'

/** What can be embedded in what. */
export const embeds: { [Of in 'artists' | 'albums' | 'songs']: Embeds<Include<Of>> } = {
  artists: {
    albums: linkedThings('artist.albums', '/artists/{id}/albums', readAlbums),
    songs: linkedThings('artist.songs', '/artists/{id}/songs', readSongs),
  },
  albums: {
    artists: linkedThings('album.artists', '/albums/{id}/artists', readArtists),
    credits: embeddedCredits('album', '/albums/{id}/credits'),
    genres: linkedThings('album.genres', '/albums/{id}/genres', readGenres),
    tracks: ownRows('/albums/{id}/tracks', findFirstTracks, toTrack),
  },
  songs: {
    albums: linkedThings('song.albums', '/songs/{id}/albums', readAlbums),
    artists: linkedThings('song.artists', '/songs/{id}/artists', readArtists),
    credits: embeddedCredits('song', '/songs/{id}/credits'),
    genres: linkedThings('song.genres', '/songs/{id}/genres', readGenres),
  },
}
