import { pathOf, queryOf } from '@/lib/http/api/address'
import type { Contract } from '@/lib/http/api/contract'
import { readCursor, writeCursor } from '@/lib/http/api/cursor'
import type { OperationInput } from '@/lib/http/api/endpoint'
import { RequestFault } from '@/lib/http/api/fault'
import type { Paging } from '@/lib/http/api/paging'
import { cursorSecret } from './cursor-secret'
import type { EmbedReader } from './embedded'
import type { ListPage, ListQuery, RowPosition } from './list'
import { pageCount } from './paging'
import { findListPage, findNumberedPage, walkList } from './read'

/** The response of a list. */
export type ListResponse<Item> = {
  href: string
  items: Item[]
  total: number
  limit: number
  next: string | null
  previous: string | null
}

type ListRequest = OperationInput & { query: Paging }
type ListContract = Pick<Contract, 'path' | 'query'>

/** The requested page of a list. At most three statements, and those of `read`. */
export async function toListResponse<Item>(
  { path, query: schema }: ListContract,
  { params, query, origin, href }: ListRequest,
  list: ListQuery,
  read: (rows: RowPosition[]) => Promise<Item[]>,
): Promise<ListResponse<Item>> {
  const { limit, page, cursor } = query
  const self = (paging: Paging) => origin + pathOf(path, params) + queryOf(schema, { ...query, ...paging })
  // A cursor is valid for this list with its filters and order, with any page size.
  const name = pathOf(path, params) + queryOf(schema, { ...query, ...NO_PAGING, include: undefined, fields: undefined })
  const secret = await cursorSecret()
  const found = await findRequestedPage(list, { limit, page, cursor }, name, secret)
  const cursorUrl = (row: RowPosition | undefined, side: 'after' | 'before') =>
    row ? self({ limit, page: undefined, cursor: writeCursor({ ...row, side }, name, secret) }) : null
  return {
    href,
    items: await read(found.rows),
    total: found.total,
    limit,
    // An empty page has no row for a cursor: it links to the first or the last page.
    next: !found.hasNext ? null : (cursorUrl(found.rows.at(-1), 'after') ?? self({ limit, ...FIRST_PAGE })),
    previous: !found.hasPrevious
      ? null
      : (cursorUrl(found.rows[0], 'before') ?? self({ limit, page: pageCount(found.total, limit), cursor: undefined })),
  }
}

const FIRST_PAGE = { page: undefined, cursor: undefined }
const NO_PAGING = { limit: undefined, ...FIRST_PAGE }

async function findRequestedPage(
  list: ListQuery,
  { limit, page, cursor }: Paging,
  name: string,
  secret: string,
): Promise<ListPage> {
  if (cursor === undefined) return page === undefined ? findListPage(list, limit) : findNumberedPage(list, limit, page)
  const from = readCursor(cursor, name, secret)
  if (from) return findListPage(list, limit, from)
  const message = 'was not issued by this catalogue for this list, its filters and its order'
  throw new RequestFault('invalid-cursor', `cursor ${message}.`, [{ in: 'query', field: 'cursor', message }])
}

/** Rows read at a time for a stream: few enough that other requests do not wait. */
const BATCH = 250

/** All items of a list, in batches. @param left aborts the current statement. */
export async function* streamList<Item extends object>(
  list: ListQuery,
  read: (rows: RowPosition[]) => Promise<Item[]>,
  left: AbortSignal,
): AsyncGenerator<Item[], void> {
  for await (const rows of walkList(list, BATCH, left)) yield await read(rows)
}

/** The parts of a resource that a request selects: lists to embed, and fields to keep. */
export type Selection<Include extends string> = { include?: Include[] | undefined; fields?: string[] | undefined }

export type SelectionRequest<Include extends string> = { query: Selection<Include>; origin: string }

/** The lists that can be embedded in a resource. */
export type Embeds<Include extends string> = Record<Include, EmbedReader>

/** Resources with the embedded lists and only the fields that the request selects. */
export async function withSelection<Item extends { id: number; href: string }, Include extends string>(
  items: Item[],
  { include = [], fields }: Selection<Include>,
  embeds: Embeds<Include>,
  origin: string,
): Promise<Item[]> {
  const ids = items.map((item) => item.id)
  const embedded = await Promise.all(
    include
      .filter((name) => !fields || fields.includes(name))
      .map(async (name) => ({ name, found: ids.length > 0 ? await embeds[name](ids, origin) : new Map() })),
  )
  return items.map((item) => {
    const whole = { ...item, ...Object.fromEntries(embedded.map(({ name, found }) => [name, found.get(item.id)])) }
    if (!fields) return whole
    const selected = Object.entries(whole).filter(([name]) => ALWAYS_SELECTED.has(name) || fields.includes(name))
    return Object.fromEntries(selected) as Item
  })
}

/** A client can follow a resource only by its address. */
const ALWAYS_SELECTED = new Set(['id', 'href'])

/** The same for one resource. */
export async function oneWithSelection<Item extends { id: number; href: string }, Include extends string>(
  item: Item,
  selection: Selection<Include>,
  embeds: Embeds<Include>,
  origin: string,
): Promise<Item> {
  const [one = item] = await withSelection([item], selection, embeds, origin)
  return one
}
