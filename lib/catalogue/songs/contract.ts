import { z } from 'zod'
import { filters, selection, sort } from '@/lib/catalogue/lists/parameters'
import { Credit } from '@/lib/catalogue/resource-parts'
import { Album, Artist, Genre, Song } from '@/lib/catalogue/resources'
import { contract } from '@/lib/http/api/contract'
import { oneWay, paging } from '@/lib/http/api/paging'
import { id } from '@/lib/http/api/parameters'
import { named } from '@/lib/http/api/schema-names'
import { listOf } from '@/lib/http/api/shapes'

const section = 'Songs'
const madeOf = ['songs', 'albums', 'artists', 'genres', 'playlists'] as const
const params = z.strictObject({ id: id().meta({ description: 'The id of a song.' }) })
const example = { params: { id: '1' } }

export const listSongs = contract({
  id: 'listSongs',
  section,
  path: '/songs',
  summary: 'List songs',
  params: z.strictObject({}),
  query: oneWay(z.strictObject({ ...filters.songs, sort: sort.songs, ...paging, ...selection.songs })),
  answer: listOf(Song).register(named, { id: 'SongList' }),
  line: Song,
  madeOf,
  example: { query: { sort: 'longest', limit: '3' } },
})

export const getSong = contract({
  id: 'getSong',
  section,
  path: '/songs/{id}',
  summary: 'Get a song',
  params,
  query: z.strictObject(selection.songs),
  answer: Song,
  madeOf,
  moves: true,
  example: { ...example, query: { include: 'credits,albums' } },
})

export const listSongAlbums = contract({
  id: 'listSongAlbums',
  section,
  path: '/songs/{id}/albums',
  summary: 'List the albums that a song is on',
  params,
  query: oneWay(z.strictObject({ ...filters.albums, sort: sort.albums, ...paging, ...selection.albums })),
  answer: listOf(Album).register(named, { id: 'AlbumList' }),
  line: Album,
  madeOf,
  moves: true,
  example,
})

export const listSongCredits = contract({
  id: 'listSongCredits',
  section,
  path: '/songs/{id}/credits',
  summary: 'List the credits of a song',
  params,
  query: oneWay(z.strictObject(paging)),
  answer: listOf(Credit).register(named, { id: 'CreditList' }),
  line: Credit,
  madeOf,
  moves: true,
  example,
})

export const listSongArtists = contract({
  id: 'listSongArtists',
  section,
  path: '/songs/{id}/artists',
  summary: 'List the artists of a song',
  description: 'All credited artists, each once.',
  params,
  query: oneWay(z.strictObject({ ...filters.artists, sort: sort.artists, ...paging, ...selection.artists })),
  answer: listOf(Artist).register(named, { id: 'ArtistList' }),
  line: Artist,
  madeOf,
  moves: true,
  example,
})

export const listSongGenres = contract({
  id: 'listSongGenres',
  section,
  path: '/songs/{id}/genres',
  summary: 'List the genres of a song',
  params,
  query: oneWay(z.strictObject({ sort: sort.genres, ...paging, ...selection.genres })),
  answer: listOf(Genre).register(named, { id: 'GenreList' }),
  line: Genre,
  madeOf,
  moves: true,
  example,
})
