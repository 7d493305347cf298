import { creditListing, findCredits } from '@/lib/catalogue/credits/records'
import { toCredit } from '@/lib/catalogue/credits/resource'
import { embeds } from '@/lib/catalogue/embeds'
import { albumsWithin, artistsWithin, genresWithin } from '@/lib/catalogue/linked-lists'
import { albumsAt, artistsAt, genresAt, songsAt } from '@/lib/catalogue/list-resources'
import { listEndpoint, thingEndpoint } from '@/lib/catalogue/lists/operations'
import { showOne } from '@/lib/catalogue/lists/response'
import { getSong, listSongAlbums, listSongArtists, listSongCredits, listSongGenres, listSongs } from './contract'
import { findSongRecord, songListing } from './records'
import { toSong } from './resource'

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
