import { z } from 'zod'
import { listParameters, selection } from '@/lib/catalogue/lists/parameters'
import { Credit } from '@/lib/catalogue/resource-parts'
import { Album, Artist, Genre, Track } from '@/lib/catalogue/resources'
import { contract, listContract } from '@/lib/http/api/contract'
import { paging } from '@/lib/http/api/paging'
import { id } from '@/lib/http/api/parameters'

const shared = { section: 'Albums', dependsOn: ['albums', 'artists', 'genres', 'songs'] } as const
const ofAlbum = {
  ...shared,
  params: z.strictObject({ id: id().meta({ description: 'The id of an album.' }) }),
  moves: true,
  example: { params: { id: '1' } },
}

export const listAlbums = listContract({
  ...shared,
  id: 'listAlbums',
  path: '/albums',
  summary: 'List albums',
  params: z.strictObject({}),
  query: listParameters.albums,
  item: Album,
  example: { query: { sort: 'newest', limit: '2' } },
})

export const getAlbum = contract({
  ...ofAlbum,
  id: 'getAlbum',
  path: '/albums/{id}',
  summary: 'Get an album',
  query: z.strictObject(selection.albums),
  answer: Album,
  example: { ...ofAlbum.example, query: { include: 'credits,tracks' } },
})

export const listAlbumTracks = listContract({
  ...ofAlbum,
  id: 'listAlbumTracks',
  path: '/albums/{id}/tracks',
  summary: 'List the tracks of an album',
  description: 'Sorted by disc and position.',
  query: paging,
  item: Track,
})

export const listAlbumCredits = listContract({
  ...ofAlbum,
  id: 'listAlbumCredits',
  path: '/albums/{id}/credits',
  summary: 'List the credits of an album',
  description: 'In the printed order.',
  query: paging,
  item: Credit,
})

export const listAlbumArtists = listContract({
  ...ofAlbum,
  id: 'listAlbumArtists',
  path: '/albums/{id}/artists',
  summary: 'List the artists of an album',
  description: 'All credited artists, each once.',
  query: listParameters.artists,
  item: Artist,
})

export const listAlbumGenres = listContract({
  ...ofAlbum,
  id: 'listAlbumGenres',
  path: '/albums/{id}/genres',
  summary: 'List the genres of an album',
  query: listParameters.genres,
  item: Genre,
})
