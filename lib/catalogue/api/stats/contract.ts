import { z } from 'zod'
import { contract } from '@/lib/http/api/contract'

const count = z.int().min(0)

const Stats = z
  .object({
    artists: count,
    albums: count,
    songs: count,
    genres: count,
    playlists: count,
    playlistItems: count,
  })
  .meta({ id: 'Stats', description: 'How much there is: exactly.' })

export const getStats = contract({
  id: 'getStats',
  section: 'Catalogue',
  path: '/stats',
  summary: 'Get the totals of the catalogue',
  params: z.strictObject({}),
  query: z.strictObject({}),
  answer: Stats,
  madeOf: ['artists', 'albums', 'songs', 'genres', 'playlists'],
  example: {},
})
