import { z } from 'zod'
import { contract } from '@/lib/http/api/contract'
import { named } from '@/lib/http/api/schema-names'

const count = (of: string) =>
  z
    .int()
    .min(0)
    .meta({ description: `How many ${of} there are.` })

const Stats = z
  .object({
    artists: count('artists'),
    albums: count('albums'),
    songs: count('songs'),
    genres: count('genres'),
    playlists: count('playlists'),
    playlistItems: count('items of playlists'),
  })
  .meta({ description: 'How much there is: exactly.' })
  .register(named, { id: 'Stats' })

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
