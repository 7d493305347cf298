import type { z } from 'zod'
import { pathOf, queryOf } from '@/lib/http/api/address'
import type { Contract } from '@/lib/http/api/contract'
import { endpoint, Moved, type OperationInput } from '@/lib/http/api/endpoint'
import { type Paging, refusePaging } from '@/lib/http/api/paging'
import { refuseUnknown } from './known-values'
import type { ListQuery, RowPosition } from './list'
import { streamList, toListResponse } from './response'

type ListOptions<Request, Params, Item> = {
  /** Finds the resource that the list belongs to: its record, the id that it was merged into, or null. */
  within?: (params: Params) => Promise<object | number | null>
  list: (request: Request) => ListQuery
  /** Reads the items at positions of the list. */
  read: (rows: RowPosition[], request: Request) => Promise<Item[]>
}

/** The route handler of a list: one page as JSON, or all of it as NDJSON. */
export function listEndpoint<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Answer extends z.ZodType,
  Item extends object,
>(
  contract: Contract<Params, Query, Answer>,
  { within, list, read }: ListOptions<OperationInput<Params, Query>, z.output<Params>, Item>,
) {
  const movedOrMissing = async (request: OperationInput<Params, Query>): Promise<Moved | null | undefined> => {
    if (!within) return undefined
    const found = await within(request.params)
    if (typeof found === 'number') return movedTo(found, contract, request)
    return found === null ? null : undefined
  }
  return endpoint(contract, {
    read: async (request) => {
      const other = await movedOrMissing(request)
      if (other !== undefined) return other
      await refuseUnknown(request.query)
      const paged = request as OperationInput<Params, Query> & { query: Paging }
      const response = await toListResponse(contract, paged, list(request), (rows) => read(rows, request))
      return response as z.input<Answer>
    },
    stream: async (request, left) => {
      refusePaging(request.query)
      const other = await movedOrMissing(request)
      if (other !== undefined) return other
      await refuseUnknown(request.query)
      return streamList(list(request), (rows) => read(rows, request), left)
    },
  })
}

/** A redirect to the same operation on the entity that this one was merged into. */
const movedTo = (
  id: number,
  { path, query: schema }: Pick<Contract, 'path' | 'query'>,
  { params, query, origin }: OperationInput,
): Moved => new Moved(Number(params.id), id, origin + pathOf(path, { id }) + queryOf(schema, query))

/** The route handler of one resource. */
export function resourceEndpoint<
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
    show: (record: Record, request: OperationInput<Params, Query>) => Promise<z.input<Answer>>
  },
) {
  return endpoint(contract, {
    read: async (request) => {
      const found = await find(request.params)
      if (typeof found === 'number') return movedTo(found, contract, request)
      return found && show(found, request)
    },
  })
}
