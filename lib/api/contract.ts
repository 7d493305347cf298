import { z } from 'zod'
import { contract } from '@/lib/http/api/contract'
import { named } from '@/lib/http/api/schema-names'
import { Moment } from '@/lib/http/api/shapes'

/** The OpenAPI document, which describes every operation. */
export const getOpenApi = contract({
  id: 'getOpenApi',
  section: 'Catalogue',
  path: '/openapi.json',
  summary: 'Get the OpenAPI document',
  params: z.strictObject({}),
  query: z.strictObject({}),
  answer: z
    .looseObject({ openapi: z.string() })
    .meta({ description: 'An OpenAPI 3.1 document.' })
    .register(named, { id: 'OpenApi' }),
  dependsOn: ['artists', 'albums', 'songs', 'genres', 'playlists'],
  cost: 0,
  example: {},
})

const RateLimit = z
  .object({
    policy: z.string().meta({
      description: 'The limit that counts: that of keys, or that of addresses without one.',
      examples: ['anonymous'],
    }),
    limit: z.int().min(0).meta({ description: 'Requests in a window.' }),
    remaining: z.int().min(0).meta({ description: 'Requests left in this window.' }),
    resetAt: Moment.meta({ description: 'The end of the window, RFC 3339.' }),
    windowSeconds: z.int().min(1).meta({ description: 'The length of a window.' }),
  })
  .meta({ description: 'The caller’s rate limit and what is left of it.' })
  .register(named, { id: 'RateLimit' })

export const getRateLimit = contract({
  id: 'getRateLimit',
  section: 'Catalogue',
  path: '/rate-limit',
  summary: 'Get what is left of your rate limit',
  description: 'The call itself is free.',
  params: z.strictObject({}),
  query: z.strictObject({}),
  answer: RateLimit,
  dependsOn: [],
  cost: 0,
  cache: { for: 'nobody' },
  example: {},
})
