import { pathOf, queryOf } from '@/lib/http/api/address'
import type { Contract } from '@/lib/http/api/contract'
import { readCursor, writeCursor } from '@/lib/http/api/cursor'
import type { Asked } from '@/lib/http/api/endpoint'
import { RequestFault } from '@/lib/http/api/fault'
import type { Paging } from '@/lib/http/api/paging'
import { cursorSecret } from './cursor-secret'
import type { Embed } from './embedded'
import type { Listing, Part, Place } from './list'
import { findNumberedPart, findPart, walk } from './read'

/** A list as the API answers it. */
export type ListAnswer<Item> = {
  href: string
  items: Item[]
  total: number
  limit: number
  next: string | null
  previous: string | null
}

type AskedList = Asked & { query: Paging }
type ListContract = Pick<Contract, 'path' | 'query'>

/** The page of a list that is asked for: three statements and those that `read` takes. */
export async function answerList<Item>(
  { path, query: schema }: ListContract,
  { params, query, origin, href }: AskedList,
  listing: Listing,
  read: (places: Place[]) => Promise<Item[]>,
): Promise<ListAnswer<Item>> {
  const { limit, page, cursor } = query
  const self = (paging: Paging) => origin + pathOf(path, params) + queryOf(schema, { ...query, ...paging })
  // What a cursor is good for: this list with its filters and order, at any number of items a page.
  const list = pathOf(path, params) + queryOf(schema, { ...query, ...NO_PAGING, include: undefined, fields: undefined })
  const secret = await cursorSecret()
  const part = await findAsked(listing, { limit, page, cursor }, list, secret)
  const beside = (place: Place | undefined, side: 'after' | 'before') =>
    place ? self({ limit, page: undefined, cursor: writeCursor({ ...place, side }, list, secret) }) : null
  return {
    href,
    items: await read(part.rows),
    total: part.total,
    limit,
    // What a page stood beside may be gone meanwhile: from an empty one the way leads to the list's beginning or its end.
    next: !part.hasNext ? null : (beside(part.rows.at(-1), 'after') ?? self({ limit, ...BEGINNING })),
    previous: !part.hasPrevious
      ? null
      : (beside(part.rows[0], 'before') ?? self({ limit, page: lastPage(part, limit), cursor: undefined })),
  }
}

const BEGINNING = { page: undefined, cursor: undefined }
const NO_PAGING = { limit: undefined, ...BEGINNING }
const lastPage = ({ total }: Part, limit: number) => Math.max(1, Math.ceil(total / limit))

async function findAsked(
  listing: Listing,
  { limit, page, cursor }: Paging,
  list: string,
  secret: string,
): Promise<Part> {
  if (cursor === undefined)
    return page === undefined ? findPart(listing, limit) : findNumberedPart(listing, limit, page)
  const from = readCursor(cursor, list, secret)
  if (from) return findPart(listing, limit, from)
  const message = 'was not given out by this catalogue for this list, its filters and its order'
  throw new RequestFault('invalid-cursor', `cursor ${message}.`, [{ in: 'query', field: 'cursor', message }])
}

/** Rows that are read at a time for a stream: few enough not to keep others waiting. */
const BATCH = 250

/** All of a list, in parts. @param left stops the statement that is under way. */
export async function* streamList<Item extends object>(
  listing: Listing,
  read: (places: Place[]) => Promise<Item[]>,
  left: AbortSignal,
): AsyncGenerator<Item[], void> {
  for await (const places of walk(listing, BATCH, left)) yield await read(places)
}

/** What of a thing is asked for: the parts that are embedded in it, and the fields that are left of it. */
export type Shown<Include extends string> = { include?: Include[] | undefined; fields?: string[] | undefined }

/** What can be embedded in a thing. */
export type Embeds<Include extends string> = Record<Include, Embed>

/** Things with what is embedded in them, and without the fields that are not asked for. */
export async function show<Item extends { id: number; href: string }, Include extends string>(
  items: Item[],
  { include = [], fields }: Shown<Include>,
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
    const kept = Object.entries(whole).filter(([name]) => KEPT.has(name) || fields.includes(name))
    return Object.fromEntries(kept) as Item
  })
}

/** A thing without its address is nothing to go on from. */
const KEPT = new Set(['id', 'href'])

/** One thing with what is embedded in it. */
export async function showOne<Item extends { id: number; href: string }, Include extends string>(
  item: Item,
  shown: Shown<Include>,
  embeds: Embeds<Include>,
  origin: string,
): Promise<Item> {
  const [one = item] = await show([item], shown, embeds, origin)
  return one
}
