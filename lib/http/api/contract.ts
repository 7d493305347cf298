import type { z } from 'zod'
import type { Tag } from '@/lib/cache/forget'
import type { Deprecation } from './deprecation'

/** Where the API is. */
export const API = '/api/v1'

/** Headings of the reference page, in its order, and what each is about. */
export const sections = {
  Artists: 'Persons and groups that are credited on albums and songs.',
  Albums: 'Release groups, as listeners know an album, with their discs and tracks.',
  Songs: 'Recordings; the same song may be on many albums.',
  Playlists: 'Songs that somebody put in an order.',
  Genres: 'What albums and songs are filed under.',
  Search: 'Everything by what people type, and what they may be about to type.',
  Catalogue: 'The catalogue as a whole, and this interface to it.',
} as const
export type Section = keyof typeof sections

/**
 * What an operation promises: a route's validation, its types and its part of the OpenAPI document all come from this.
 * Path and query parameters are named by the keys of `params` and `query`; their schemas are of the values that they
 * stand for (numbers, lists), which `parameters.ts` reads from their text.
 */
export type Contract<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Answer extends z.ZodType = z.ZodType,
> = {
  /** Names the operation: "listAlbums". */
  id: string
  section: Section
  /** Below the API's own path: "/albums/{id}". */
  path: string
  summary: string
  description?: string
  params: Params
  query: Query
  answer: Answer
  /** One line of the answer as NDJSON, for a list. */
  line?: z.ZodType
  /** What the answer is made of: it is good until one of these changes. */
  madeOf: readonly Tag[]
  /** Whether the answer is for the caller alone: then nobody keeps it. */
  isPersonal?: boolean
  /** Whether an id may have been merged into another, and leads there. */
  moves?: boolean
  /** What of it is deprecated. */
  deprecated?: readonly Deprecation[]
  /** An address that shows it, on any catalogue that has something. */
  example: { params?: Record<string, string>; query?: Record<string, string> }
}

/** Fixes the types of a contract. */
export const contract = <Params extends z.ZodObject, Query extends z.ZodObject, Answer extends z.ZodType>(
  of: Contract<Params, Query, Answer>,
): Contract<Params, Query, Answer> => of
