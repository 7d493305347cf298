import { z } from 'zod'
import { filters, selection, sort } from '@/lib/catalogue/lists/parameters'
import { Album, Genre, Song } from '@/lib/catalogue/resources'
import { contract } from '@/lib/http/api/contract'
import { oneWay, paging } from '@/lib/http/api/paging'
import { text } from '@/lib/http/api/parameters'
import { named } from '@/lib/http/api/schema-names'
import { listOf } from '@/lib/http/api/shapes'

const section = 'Genres'
const madeOf = ['genres', 'albums', 'songs', 'artists'] as const
const params = z.strictObject({ slug: text(200).meta({ description: 'The slug of a genre.', examples: ['rock'] }) })
const example = { params: { slug: 'rock' } }

export const listGenres = contract({
  id: 'listGenres',
  section,
  path: '/genres',
  summary: 'List genres',
  params: z.strictObject({}),
  query: oneWay(z.strictObject({ sort: sort.genres, ...paging, ...selection.genres })),
  answer: listOf(Genre).register(named, { id: 'GenreList' }),
  line: Genre,
  madeOf,
  example: { query: { limit: '5' } },
})

export const getGenre = contract({
  id: 'getGenre',
  section,
  path: '/genres/{slug}',
  summary: 'Get a genre',
  params,
  query: z.strictObject(selection.genres),
  answer: Genre,
  madeOf,
  example,
})

const { genre: _ofAlbums, ...albumFilters } = filters.albums
const { genre: _ofSongs, ...songFilters } = filters.songs

export const listGenreAlbums = contract({
  id: 'listGenreAlbums',
  section,
  path: '/genres/{slug}/albums',
  summary: 'List the albums of a genre',
  params,
  query: oneWay(z.strictObject({ ...albumFilters, sort: sort.albums, ...paging, ...selection.albums })),
  answer: listOf(Album).register(named, { id: 'AlbumList' }),
  line: Album,
  madeOf,
  example: { ...example, query: { sort: 'newest' } },
})

export const listGenreSongs = contract({
  id: 'listGenreSongs',
  section,
  path: '/genres/{slug}/songs',
  summary: 'List the songs of a genre',
  params,
  query: oneWay(z.strictObject({ ...songFilters, sort: sort.songs, ...paging, ...selection.songs })),
  answer: listOf(Song).register(named, { id: 'SongList' }),
  line: Song,
  madeOf,
  example,
})
