import { toCredit } from '@/lib/catalogue/api/credits/items'
import { creditListing, findCredits } from '@/lib/catalogue/api/credits/queries'
import { embeds } from '@/lib/catalogue/api/embeds'
import { albumsAt, artistsAt, genresAt, songsAt } from '@/lib/catalogue/api/read'
import { albumsWithin, artistsWithin, genresWithin } from '@/lib/catalogue/api/within/queries'
import { showOne } from '@/lib/catalogue/listing/answer'
import { listEndpoint, thingEndpoint } from '@/lib/catalogue/listing/endpoint'
import { getSong, listSongAlbums, listSongArtists, listSongCredits, listSongGenres, listSongs } from './contract'
import { toSong } from './items'
import { findSongRecord, songListing } from './queries'

/** The routes of songs. */

export const songs = listEndpoint(listSongs, {
  listing: ({ query }) => songListing(query.sort, query),
  read: songsAt,
})

export const song = thingEndpoint(getSong, {
  find: findSongRecord,
  show: (found, { query, origin }) => showOne(toSong(found, origin), query, embeds.songs, origin),
})

export const songAlbums = listEndpoint(listSongAlbums, {
  within: findSongRecord,
  listing: (asked) => albumsWithin('song.albums', asked),
  read: albumsAt,
})

export const songCredits = listEndpoint(listSongCredits, {
  within: findSongRecord,
  listing: ({ params }) => creditListing('song', params.id),
  read: async (places, { origin }) => (await findCredits('song', places)).map((credit) => toCredit(credit, origin)),
})

export const songArtists = listEndpoint(listSongArtists, {
  within: findSongRecord,
  listing: (asked) => artistsWithin('song.artists', asked),
  read: artistsAt,
})

export const songGenres = listEndpoint(listSongGenres, {
  within: findSongRecord,
  listing: (asked) => genresWithin('song.genres', asked),
  read: genresAt,
})
