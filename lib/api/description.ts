import { z } from 'zod'
import { contract } from '@/lib/http/api/contract'
import { named } from '@/lib/http/api/schema-names'

/** The OpenAPI document, which describes every operation. lib/api/document.ts answers it. */
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
  madeOf: ['artists', 'albums', 'songs', 'genres', 'playlists'],
  example: {},
})
