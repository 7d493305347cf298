import { z } from 'zod'
import { filters, selection, sort } from '@/lib/catalogue/lists/parameters'
import { Credit } from '@/lib/catalogue/resource-parts'
import { Album, Artist, Genre, Track } from '@/lib/catalogue/resources'
import { contract } from '@/lib/http/api/contract'
import { oneWay, paging } from '@/lib/http/api/paging'
import { id } from '@/lib/http/api/parameters'
import { named } from '@/lib/http/api/schema-names'
import { listOf } from '@/lib/http/api/shapes'

const section = 'Albums'
const madeOf = ['albums', 'artists', 'genres', 'songs'] as const
const params = z.strictObject({ id: id().meta({ description: 'The id of an album.' }) })
const example = { params: { id: '1' } }

export const listAlbums = contract({
  id: 'listAlbums',
  section,
  path: '/albums',
  summary: 'List albums',
  params: z.strictObject({}),
  query: oneWay(z.strictObject({ ...filters.albums, sort: sort.albums, ...paging, ...selection.albums })),
  answer: listOf(Album).register(named, { id: 'AlbumList' }),
  line: Album,
  madeOf,
  example: { query: { sort: 'newest', limit: '2' } },
})

export const getAlbum = contract({
  id: 'getAlbum',
  section,
  path: '/albums/{id}',
  summary: 'Get an album',
  params,
  query: z.strictObject(selection.albums),
  answer: Album,
  madeOf,
  moves: true,
  example: { ...example, query: { include: 'credits,tracks' } },
})

export const listAlbumTracks = contract({
  id: 'listAlbumTracks',
  section,
  path: '/albums/{id}/tracks',
  summary: 'List the tracks of an album',
  description: 'Sorted by disc and position.',
  params,
  query: oneWay(z.strictObject(paging)),
  answer: listOf(Track).register(named, { id: 'TrackList' }),
  line: Track,
  madeOf,
  moves: true,
  example,
})

export const listAlbumCredits = contract({
  id: 'listAlbumCredits',
  section,
  path: '/albums/{id}/credits',
  summary: 'List the credits of an album',
  description: 'In the printed order.',
  params,
  query: oneWay(z.strictObject(paging)),
  answer: listOf(Credit).register(named, { id: 'CreditList' }),
  line: Credit,
  madeOf,
  moves: true,
  example,
})

export const listAlbumArtists = contract({
  id: 'listAlbumArtists',
  section,
  path: '/albums/{id}/artists',
  summary: 'List the artists of an album',
  description: 'All credited artists, each once.',
  params,
  query: oneWay(z.strictObject({ ...filters.artists, sort: sort.artists, ...paging, ...selection.artists })),
  answer: listOf(Artist).register(named, { id: 'ArtistList' }),
  line: Artist,
  madeOf,
  moves: true,
  example,
})

export const listAlbumGenres = contract({
  id: 'listAlbumGenres',
  section,
  path: '/albums/{id}/genres',
  summary: 'List the genres of an album',
  params,
  query: oneWay(z.strictObject({ sort: sort.genres, ...paging, ...selection.genres })),
  answer: listOf(Genre).register(named, { id: 'GenreList' }),
  line: Genre,
  madeOf,
  moves: true,
  example,
})
