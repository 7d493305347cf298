import { albumList } from '@/lib/catalogue/albums/records'
import { artistList } from '@/lib/catalogue/artists/records'
import { creditList, findCredits } from '@/lib/catalogue/credits/records'
import { toCredit } from '@/lib/catalogue/credits/resource'
import { embeds } from '@/lib/catalogue/embeds'
import { genreList } from '@/lib/catalogue/genres/records'
import { albumsAt, artistsAt, genresAt, songsAt } from '@/lib/catalogue/list-resources'
import { listEndpoint, resourceEndpoint } from '@/lib/catalogue/lists/endpoints'
import { oneWithSelection } from '@/lib/catalogue/lists/response'
import { getSong, listSongAlbums, listSongArtists, listSongCredits, listSongGenres, listSongs } from './contract'
import { findSongRecord, songList } from './records'
import { toSong } from './resource'

/** The routes of songs. */

export const songs = listEndpoint(listSongs, {
  list: ({ query }) => songList(query.sort, query),
  read: songsAt,
})

export const song = resourceEndpoint(getSong, {
  find: findSongRecord,
  show: (found, { query, origin }) => oneWithSelection(toSong(found, origin), query, embeds.songs, origin),
})

export const songAlbums = listEndpoint(listSongAlbums, {
  within: findSongRecord,
  list: ({ params, query }) => albumList(query.sort, query, { link: 'song.albums', parent: params.id }),
  read: albumsAt,
})

export const songCredits = listEndpoint(listSongCredits, {
  within: findSongRecord,
  list: ({ params }) => creditList('song', params.id),
  read: async (rows, { origin }) => (await findCredits('song', rows)).map((credit) => toCredit(credit, origin)),
})

export const songArtists = listEndpoint(listSongArtists, {
  within: findSongRecord,
  list: ({ params, query }) => artistList(query.sort, query, { link: 'song.artists', parent: params.id }),
  read: artistsAt,
})

export const songGenres = listEndpoint(listSongGenres, {
  within: findSongRecord,
  list: ({ params, query }) => genreList(query.sort, { link: 'song.genres', parent: params.id }),
  read: genresAt,
})
