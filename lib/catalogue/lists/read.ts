import { Prisma } from '@/lib/db/generated/client'
import type { Position } from '@/lib/http/api/cursor'
import { findAnchor } from './filtered-anchors'
import type { Listing, Part, Place } from './list'
import { beginningOf, keyColumnOf } from './orders'
import { offsetOf } from './paging'
import { orderBy, query, typeOf, type Way, whereOf } from './statement'
import { countListing, wayOf } from './total'

const { sql, raw, empty } = Prisma

/** Where to begin: beside a row, or at it. */
type Beside = Place & { side: Position['side'] | 'at' }

/** What of a list to read. */
type Span = { from?: Beside | undefined; size: number; offset?: number; left?: AbortSignal }

/** Rows of a list from a place on, in its order or, before a place, against it. */
function findSpan(listing: Listing, way: Way, { from, size, offset = 0, left }: Span): Promise<Place[]> {
  const { order } = listing
  const reverse = from?.side === 'before'
  const compare = raw(`${order.descending !== reverse ? '<' : '>'}${from?.side === 'at' ? '=' : ''}`)
  const beside = (key: Prisma.Sql, id: Prisma.Sql) =>
    from ? [sql`(${key}, ${id}) ${compare} (${from.key}::${typeOf(order)}, ${from.id})`] : []
  const limit = sql`LIMIT ${size}${offset > 0 ? sql` OFFSET ${offset}::bigint` : empty}`
  if (way === 'ask') {
    const { table, key, id } = order
    return query<Place>(
      listing,
      sql`
      SELECT ${id} AS id, ${key}::text AS key FROM ${table} ${whereOf(listing, 'ask', beside(key, id))}
      ${orderBy(order, reverse)} ${limit}`,
      left,
    )
  }
  // Named in full: what is selected is called `key` too, and is text.
  const found = { ...order, key: raw('found.key'), id: raw('found.id') }
  const after = beside(found.key, found.id)
  return query<Place>(
    listing,
    sql`
    WITH found AS MATERIALIZED (
      SELECT ${order.id} AS id, ${order.key} AS key FROM ${order.table} ${whereOf(listing, 'find')})
    SELECT found.id, found.key::text AS key FROM found ${after[0] ? sql`WHERE ${after[0]}` : empty}
    ${orderBy(found, reverse)} ${limit}`,
    left,
  )
}

/** The part of the list on one side of a place, or at its beginning. */
export async function findPart(listing: Listing, size: number, from?: Position): Promise<Part> {
  const [total, found] = await Promise.all([
    countListing(listing),
    wayOf(listing).then((way) => findSpan(listing, way, { from, size: size + 1 })),
  ])
  const isMore = found.length > size
  const rows = found.slice(0, size)
  if (from?.side === 'before') return { rows: rows.reverse(), total, hasPrevious: isMore, hasNext: true }
  return { rows, total, hasPrevious: from !== undefined, hasNext: isMore }
}

/**
 * A numbered page of the list, from the nearest place before it that is known, so that it costs the same at any depth.
 * @param page from 1. Behind the last page there is an empty part.
 */
export async function findNumberedPart(listing: Listing, size: number, page: number): Promise<Part> {
  const offset = offsetOf(page, size)
  const [total, rows] = await Promise.all([countListing(listing), findNumbered(listing, size, offset)])
  return { rows, total, hasPrevious: offset > 0 && total > 0, hasNext: offset + rows.length < total }
}

async function findNumbered(listing: Listing, size: number, offset: number): Promise<Place[]> {
  const { placeOf, where } = listing
  if (placeOf) return findSpan(listing, 'ask', { from: { ...placeOf(offset), side: 'at' }, size })
  if (where.length === 0) return findFromAnchor(listing, size, offset)
  const way = await wayOf(listing)
  const anchor = way === 'ask' ? await findAnchor(listing, offset) : undefined
  const from = anchor && ({ ...anchor, side: 'at' } as const)
  return findSpan(listing, way, { from, size, offset: offset - (anchor?.before ?? 0) })
}

/** Rows from the nearest stored anchor on. In one statement, so that anchor and rows are of one moment. */
function findFromAnchor(listing: Listing, size: number, offset: number): Promise<Place[]> {
  const { order, scope, total } = listing
  if (order.isReversed && total) return findBeforeAnchor(listing, total, size, offset)
  const { table, key, id, descending } = order
  const from = sql`(${key}, ${id}) ${raw(descending ? '<=' : '>=')} (
    coalesce((SELECT key FROM anchor), ${beginningOf(order)}),
    coalesce((SELECT row_id FROM anchor), ${descending ? 2_147_483_647 : 0}))`
  return query<Place>(
    listing,
    sql`
    WITH anchor AS (
      SELECT before, ${keyColumnOf(order)} AS key, row_id FROM list_anchor
      WHERE list = ${order.list} AND scope = ${scope ?? raw('0')} AND before <= ${offset}::bigint
      ORDER BY before DESC LIMIT 1)
    SELECT ${id} AS id, ${key}::text AS key FROM ${table} ${whereOf(listing, 'ask', [from])} ${orderBy(order)}
    LIMIT ${size} OFFSET ${offset}::bigint - coalesce((SELECT before FROM anchor), 0)`,
  )
}

/**
 * Rows of a list that runs against its stored anchors: those that lie so many rows before the end of the order that has
 * them. They are read in that order.
 */
async function findBeforeAnchor(listing: Listing, total: Prisma.Sql, size: number, offset: number): Promise<Place[]> {
  const { scope } = listing
  const order = { ...listing.order, descending: !listing.order.descending }
  const { table, key, id, descending } = order
  const first = sql`greatest((SELECT total FROM counted) - ${offset}::bigint - ${size}::bigint, 0)`
  const from = sql`(${key}, ${id}) ${raw(descending ? '<=' : '>=')} (
    coalesce((SELECT key FROM anchor), ${beginningOf(order)}),
    coalesce((SELECT row_id FROM anchor), ${descending ? 2_147_483_647 : 0}))`
  const found = await query<Place & { total: string }>(
    listing,
    sql`
    WITH counted AS (SELECT ${total} AS total), anchor AS (
      SELECT before, ${keyColumnOf(order)} AS key, row_id FROM list_anchor
      WHERE list = ${order.list} AND scope = ${scope ?? raw('0')} AND before <= ${first}
      ORDER BY before DESC LIMIT 1)
    SELECT ${id} AS id, ${key}::text AS key, (SELECT total FROM counted)::text AS total
    FROM ${table} ${whereOf(listing, 'ask', [from])} ${orderBy(order)}
    LIMIT ${size} OFFSET ${first} - coalesce((SELECT before FROM anchor), 0)`,
  )
  // Near the end of the reversed list fewer rows than a page are before the first.
  const left = Math.max(0, Number(found[0]?.total ?? 0) - offset)
  return found
    .slice(0, left)
    .map(({ id, key }) => ({ id, key }))
    .toReversed()
}

/** Places that are found at a time where each time means finding all of a list. */
const AHEAD = 10_000

/** The places of all rows of the list in its order, as many at a time. @param left stops what is under way. */
export async function* walk(listing: Listing, size: number, left: AbortSignal): AsyncGenerator<Place[], void> {
  const way = await wayOf(listing)
  const ahead = way === 'find' ? AHEAD : size
  let from: Position | undefined
  for (;;) {
    const found = await findSpan(listing, way, { from, size: ahead, left })
    for (let at = 0; at < found.length; at += size) yield found.slice(at, at + size)
    const last = found.at(-1)
    if (!last || found.length < ahead) return
    from = { ...last, side: 'after' }
  }
}
