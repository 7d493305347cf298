import { z } from 'zod'
import { listParameters, selection } from '@/lib/catalogue/lists/parameters'
import { Album, Genre, Song } from '@/lib/catalogue/resources'
import { contract, listContract } from '@/lib/http/api/contract'
import { text } from '@/lib/http/api/parameters'

const shared = { section: 'Genres', dependsOn: ['genres', 'albums', 'songs', 'artists'] } as const
const ofGenre = {
  ...shared,
  params: z.strictObject({ slug: text(200).meta({ description: 'The slug of a genre.', examples: ['rock'] }) }),
  example: { params: { slug: 'rock' } },
}

export const listGenres = listContract({
  ...shared,
  id: 'listGenres',
  path: '/genres',
  summary: 'List genres',
  params: z.strictObject({}),
  query: listParameters.genres,
  item: Genre,
  example: { query: { limit: '5' } },
})

export const getGenre = contract({
  ...ofGenre,
  id: 'getGenre',
  path: '/genres/{slug}',
  summary: 'Get a genre',
  query: z.strictObject(selection.genres),
  answer: Genre,
})

const { genre: _ofAlbums, ...albumParameters } = listParameters.albums
const { genre: _ofSongs, ...songParameters } = listParameters.songs

export const listGenreAlbums = listContract({
  ...ofGenre,
  id: 'listGenreAlbums',
  path: '/genres/{slug}/albums',
  summary: 'List the albums of a genre',
  query: albumParameters,
  item: Album,
  example: { ...ofGenre.example, query: { sort: 'newest' } },
})

export const listGenreSongs = listContract({
  ...ofGenre,
  id: 'listGenreSongs',
  path: '/genres/{slug}/songs',
  summary: 'List the songs of a genre',
  query: songParameters,
  item: Song,
})
