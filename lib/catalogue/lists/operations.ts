import type { z } from 'zod'
import { pathOf, queryOf } from '@/lib/http/api/address'
import type { Contract } from '@/lib/http/api/contract'
import { type Asked, endpoint, Moved } from '@/lib/http/api/endpoint'
import { type Paging, refusePaging } from '@/lib/http/api/paging'
import { refuseUnknown } from './known-values'
import type { Listing, Place } from './list'
import { answerList, streamList } from './response'

type ListOptions<AskedFor, Params, Item> = {
  /** Finds what the list is a part of: its record, the id that it was merged into, or null where there is none. */
  within?: (params: Params) => Promise<object | number | null>
  listing: (asked: AskedFor) => Listing
  /** Reads what is at places of the list, as it is to be shown. */
  read: (places: Place[], asked: AskedFor) => Promise<Item[]>
}

/** The route handler of a list: a page of it, or all of it as NDJSON. */
export function listEndpoint<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Answer extends z.ZodType,
  Item extends object,
>(
  contract: Contract<Params, Query, Answer>,
  { within, listing, read }: ListOptions<Asked<Params, Query>, z.output<Params>, Item>,
) {
  const outside = async (asked: Asked<Params, Query>): Promise<Moved | null | undefined> => {
    if (!within) return undefined
    const found = await within(asked.params)
    if (typeof found === 'number') return movedTo(found, contract, asked)
    return found === null ? null : undefined
  }
  return endpoint(contract, {
    read: async (asked) => {
      const other = await outside(asked)
      if (other !== undefined) return other
      await refuseUnknown(asked.query)
      const paged = asked as Asked<Params, Query> & { query: Paging }
      const answer = await answerList(contract, paged, listing(asked), (places) => read(places, asked))
      return answer as z.input<Answer>
    },
    stream: async (asked, left) => {
      refusePaging(asked.query)
      const other = await outside(asked)
      if (other !== undefined) return other
      await refuseUnknown(asked.query)
      return streamList(listing(asked), (places) => read(places, asked), left)
    },
  })
}

/** The same of what a thing was merged into. */
const movedTo = (
  id: number,
  { path, query: schema }: Pick<Contract, 'path' | 'query'>,
  { params, query, origin }: Asked,
): Moved => new Moved(Number(params.id), id, origin + pathOf(path, { id }) + queryOf(schema, query))

/** The route handler of one thing. */
export function thingEndpoint<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Answer extends z.ZodType,
  Record extends object,
>(
  contract: Contract<Params, Query, Answer>,
  {
    find,
    show,
  }: {
    find: (params: z.output<Params>) => Promise<Record | number | null>
    show: (record: Record, asked: Asked<Params, Query>) => Promise<z.input<Answer>>
  },
) {
  return endpoint(contract, {
    read: async (asked) => {
      const found = await find(asked.params)
      if (typeof found === 'number') return movedTo(found, contract, asked)
      return found && show(found, asked)
    },
  })
}
