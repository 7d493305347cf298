import { z } from 'zod'
import { RequestFault } from './fault'
import { whole } from './parameters'

/** Items on a page: the default and the maximum. */
const LIMIT = 25
const MAX_LIMIT = 100
/** The last page of the longest possible list, at one item a page. */
const MAX_PAGE = 2_147_483_647

/** The query parameters of every list. */
export const paging = {
  limit: whole(1, MAX_LIMIT).default(LIMIT).meta({ description: 'Items on a page.' }),
  page: whole(1, MAX_PAGE)
    .optional()
    .meta({ description: 'The number of a page, from 1; instead of a cursor. Any page costs the same.' }),
  cursor: z
    .string()
    .max(2_000, { error: 'is too long for a cursor' })
    .optional()
    .meta({ description: 'The start of a page, as in `next` and `previous`.' }),
}

/** The paging parameters of a list. */
export type Paging = { limit: number; page?: number | undefined; cursor?: string | undefined }

/** Adds the rule that `page` and `cursor` exclude each other. */
export const oneWay = <Query extends z.ZodObject>(query: Query): Query =>
  query.refine(({ page, cursor }) => page === undefined || cursor === undefined, {
    error: 'can’t be combined with a page',
    path: ['cursor'],
  })

/** Refuses paging parameters, because a stream is all of a list. @throws RequestFault for a page or a cursor. */
export function refusePaging({ page, cursor }: Partial<Paging>): void {
  const field = page !== undefined ? 'page' : cursor !== undefined ? 'cursor' : undefined
  if (field === undefined) return
  const message = 'selects a page, but application/x-ndjson is the whole list'
  throw new RequestFault('invalid-parameter', `${field} ${message}.`, [{ in: 'query', field, message }])
}
