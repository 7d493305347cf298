import { readAlbums } from '@/lib/catalogue/albums/resource'
import { findFirstTracks } from '@/lib/catalogue/albums/track-records'
import { toTrack } from '@/lib/catalogue/albums/track-resource'
import { readArtists } from '@/lib/catalogue/artists/resource'
import { embeddedCredits } from '@/lib/catalogue/credits/resource'
import { readGenres } from '@/lib/catalogue/genres/resource'
import type { Include } from '@/lib/catalogue/lists/choices'
import { linkedThings, ownRows } from '@/lib/catalogue/lists/embedded'
import { findArtistsLinked, findLinked, type Link } from '@/lib/catalogue/lists/links'
import type { Embeds } from '@/lib/catalogue/lists/response'
import { readSongs } from '@/lib/catalogue/songs/resource'

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
