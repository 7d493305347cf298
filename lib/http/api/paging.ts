import { z } from 'zod'
import { RequestFault } from './fault'
import { whole } from './parameters'

/** Items on a page of a list where nothing is said, and at most. */
const LIMIT = 25
const MAX_LIMIT = 100
/** The last page of one item each of a list as long as ids reach. */
const MAX_PAGE = 2_147_483_647

/** The query parameters of every list. */
export const paging = {
  limit: whole(1, MAX_LIMIT).default(LIMIT).meta({ description: 'Items on a page.' }),
  page: whole(1, MAX_PAGE)
    .optional()
    .meta({ description: 'The number of a page, from 1; instead of a cursor. Any page costs the same.' }),
  cursor: z
    .string()
    .max(2_000, { error: 'is longer than any that was given out' })
    .optional()
    .meta({ description: 'Where a page begins, as `next` and `previous` have it.' }),
}

/** How a list may be asked for. */
export type Paging = { limit: number; page?: number | undefined; cursor?: string | undefined }

/** Adds to a list's query that it is asked for by page or by cursor, not both. */
export const oneWay = <Query extends z.ZodObject>(query: Query): Query =>
  query.refine(({ page, cursor }) => page === undefined || cursor === undefined, {
    error: 'is not taken together with a page',
    path: ['cursor'],
  })

/** A stream is all of a list: who asks for a part of it wants something else. @throws RequestFault for them. */
export function refusePaging({ page, cursor }: Partial<Paging>): void {
  const field = page !== undefined ? 'page' : cursor !== undefined ? 'cursor' : undefined
  if (field === undefined) return
  const message = 'is of pages, and application/x-ndjson is all of the list at once'
  throw new RequestFault('invalid-parameter', `${field} ${message}.`, [{ in: 'query', field, message }])
}
