import { z } from 'zod'
import { contract } from '@/lib/http/api/contract'
import { named } from '@/lib/http/api/schema-names'

const count = (items: string) =>
  z
    .int()
    .min(0)
    .meta({ description: `The number of ${items}.` })

const Stats = z
  .object({
    artists: count('artists'),
    albums: count('albums'),
    songs: count('songs'),
    genres: count('genres'),
    playlists: count('playlists'),
    playlistItems: count('playlist items'),
  })
  .meta({ description: 'The exact totals of the catalogue.' })
  .register(named, { id: 'Stats' })

export const getStats = contract({
  id: 'getStats',
  section: 'Catalogue',
  path: '/stats',
  summary: 'Get the totals of the catalogue',
  params: z.strictObject({}),
  query: z.strictObject({}),
  answer: Stats,
  dependsOn: ['artists', 'albums', 'songs', 'genres', 'playlists'],
  example: {},
})
