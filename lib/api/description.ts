import { z } from 'zod'
import { contract } from '@/lib/http/api/contract'

/** The OpenAPI document, which describes every operation. lib/api/document.ts answers it. */
export const getOpenApi = contract({
  id: 'getOpenApi',
  section: 'Catalogue',
  path: '/openapi.json',
  summary: 'Get the OpenAPI document',
  params: z.strictObject({}),
  query: z.strictObject({}),
  answer: z.looseObject({ openapi: z.string() }).meta({ id: 'OpenApi', description: 'An OpenAPI 3.1 document.' }),
  madeOf: ['artists', 'albums', 'songs', 'genres', 'playlists'],
  example: {},
})
