import { z } from 'zod'
import { listParameters, selection } from '@/lib/catalogue/lists/parameters'
import { Credit } from '@/lib/catalogue/resource-parts'
import { Album, Artist, Genre, Song } from '@/lib/catalogue/resources'
import { contract, listContract } from '@/lib/http/api/contract'
import { paging } from '@/lib/http/api/paging'
import { id } from '@/lib/http/api/parameters'

const shared = { section: 'Songs', dependsOn: ['songs', 'albums', 'artists', 'genres', 'playlists'] } as const
const ofSong = {
  ...shared,
  params: z.strictObject({ id: id().meta({ description: 'The id of a song.' }) }),
  moves: true,
  example: { params: { id: '1' } },
}

export const listSongs = listContract({
  ...shared,
  id: 'listSongs',
  path: '/songs',
  summary: 'List songs',
  params: z.strictObject({}),
  query: listParameters.songs,
  item: Song,
  example: { query: { sort: 'longest', limit: '3' } },
})

export const getSong = contract({
  ...ofSong,
  id: 'getSong',
  path: '/songs/{id}',
  summary: 'Get a song',
  query: z.strictObject(selection.songs),
  answer: Song,
  example: { ...ofSong.example, query: { include: 'credits,albums' } },
})

export const listSongAlbums = listContract({
  ...ofSong,
  id: 'listSongAlbums',
  path: '/songs/{id}/albums',
  summary: 'List the albums that a song is on',
  query: listParameters.albums,
  item: Album,
})

export const listSongCredits = listContract({
  ...ofSong,
  id: 'listSongCredits',
  path: '/songs/{id}/credits',
  summary: 'List the credits of a song',
  query: paging,
  item: Credit,
})

export const listSongArtists = listContract({
  ...ofSong,
  id: 'listSongArtists',
  path: '/songs/{id}/artists',
  summary: 'List the artists of a song',
  description: 'All credited artists, each once.',
  query: listParameters.artists,
  item: Artist,
})

export const listSongGenres = listContract({
  ...ofSong,
  id: 'listSongGenres',
  path: '/songs/{id}/genres',
  summary: 'List the genres of a song',
  query: listParameters.genres,
  item: Genre,
})
