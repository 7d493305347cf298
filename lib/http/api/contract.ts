import { z } from 'zod'
import type { Tag } from '@/lib/cache/changes/recent'
import type { Deprecation } from './deprecation'
import { oneWay } from './paging'
import { named } from './schema-names'
import { listOf } from './shapes'

/** The path of the API. */
export const API = '/api/v1'

/** The headings of the reference page, in its order, with their descriptions. */
export const sections = {
  Artists: 'Persons and groups that are credited on albums and songs.',
  Albums: 'Release groups, as listeners know an album, with their discs and tracks.',
  Songs: 'Recordings; the same song may be on many albums.',
  Playlists: 'Ordered lists of songs.',
  Genres: 'Names under which albums and songs are listed.',
  Search: 'Search in everything, and suggestions while people type.',
  Catalogue: 'The catalogue as a whole, and the API itself.',
} as const
export type Section = keyof typeof sections

/** Methods that only read. */
export const READ = ['GET', 'HEAD'] as const

/** The requirements of an operation, and the caching of its response. */
export type OperationPolicy = {
  /** GET includes HEAD. */
  method: 'GET' | 'PUT' | 'DELETE'
  access: 'anyone' | 'operator'
  /** The number of requests that a call counts as in the caller's rate limit. */
  cost: 0 | 1
  /** The largest request body in bytes; 0 for an operation that takes none. */
  maxBody: number
  /** The caches that may keep the response, and for how long. */
  cache: { for: 'everyone'; seconds: number } | { for: 'nobody' }
}

type Description<Params extends z.ZodObject, Query extends z.ZodObject> = {
  /** Names the operation: "listAlbums". */
  id: string
  section: Section
  /** Below the API's own path: "/albums/{id}". */
  path: string
  summary: string
  description?: string
  params: Params
  query: Query
  /** Whether an id may have been merged into another and redirects there. */
  moves?: boolean
  /** The deprecated parts of the operation. */
  deprecated?: readonly Deprecation[]
  /** An address that shows the operation, on any catalogue that has something. */
  example: { params?: Record<string, string>; query?: Record<string, string> }
}

type ReadDescription<Params extends z.ZodObject, Query extends z.ZodObject, Answer extends z.ZodType> = Description<
  Params,
  Query
> & {
  answer: Answer
  /** One line of the response as NDJSON, for a list. */
  line?: z.ZodType
  /** The kinds of data in the response, for its Last-Modified and for the version of a stream. */
  dependsOn: readonly Tag[]
}

/**
 * The contract of an operation that reads: its policy, validation, types and part of the OpenAPI document all come from
 * this. Path and query parameters are named by the keys of `params` and `query`; their schemas describe the values
 * (numbers, lists), which `parameters.ts` reads from text.
 */
export type Contract<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Answer extends z.ZodType = z.ZodType,
> = OperationPolicy & ReadDescription<Params, Query, Answer>

type WriteDescription<Params extends z.ZodObject, Answer extends z.ZodType | null> = Omit<
  Description<Params, typeof NO_QUERY>,
  'query'
> & {
  method: 'PUT' | 'DELETE'
  description: string
  /** The request body: its media types and its description. */
  body?: { types: readonly string[]; description: string }
  /** The body of the response; null for none (204). */
  answer: Answer
  /** The strong entity tag of the response: the version that `If-Match` names. */
  etagOf?(answer: z.input<NonNullable<Answer>>): string
  /** The description of the entity tag, for the reference. */
  etag: string
}

const NO_QUERY = z.strictObject({})

/** The contract of an operation that writes. */
export type WriteContract<
  Params extends z.ZodObject = z.ZodObject,
  Answer extends z.ZodType | null = z.ZodType | null,
> = OperationPolicy & WriteDescription<Params, Answer> & { query: typeof NO_QUERY }

export type Operation = Contract | WriteContract

/** The policy of an operation that reads, where its contract says nothing else. */
const READ_POLICY: OperationPolicy = {
  method: 'GET',
  access: 'anyone',
  cost: 1,
  maxBody: 0,
  // As long as the data tier keeps an entry (lib/cache/data.ts).
  cache: { for: 'everyone', seconds: 300 },
}

/** The policy of an operation that writes, where its contract says nothing else. */
const WRITE_POLICY = { access: 'operator', cost: 1, maxBody: 0, cache: { for: 'nobody' } } as const

/** Declares an operation that reads. */
export const contract = <Params extends z.ZodObject, Query extends z.ZodObject, Answer extends z.ZodType>(
  description: ReadDescription<Params, Query, Answer> & Partial<OperationPolicy>,
): Contract<Params, Query, Answer> => ({ ...READ_POLICY, ...description })

/** Declares an operation that reads a list. `query` has the paging parameters among its own. */
export const listContract = <Params extends z.ZodObject, Query extends z.ZodRawShape, Item extends z.ZodType>({
  query,
  item,
  ...description
}: Omit<Description<Params, z.ZodObject>, 'query'> & { query: Query; item: Item; dependsOn: readonly Tag[] }) =>
  contract({
    ...description,
    query: oneWay(z.strictObject(query)),
    answer: listOf(item).register(named, { id: `${named.get(item)?.id}List` }),
    line: item,
  })

/** Declares an operation that writes. */
export const writeContract = <Params extends z.ZodObject, Answer extends z.ZodType | null>(
  description: WriteDescription<Params, Answer> & Partial<OperationPolicy>,
): WriteContract<Params, Answer> => ({ ...WRITE_POLICY, ...description, query: NO_QUERY })
