import { createHash } from 'node:crypto'
import type pg from 'pg'
import { dataCached, type Weighed } from '@/lib/cache/data'
import { readState } from '@/lib/cache/revision/queries'
import { beginningOf, keyColumnOf, type Order } from '@/lib/catalogue/anchors/orders'
import { offsetOf } from '@/lib/catalogue/paging'
import { cancelOnAbort } from '@/lib/db/cancel'
import { Prisma } from '@/lib/db/generated/client'
import { pool } from '@/lib/db/pool'
import { databaseUrl } from '@/lib/db/url'
import { AppError } from '@/lib/errors'
import type { Position } from '@/lib/http/api/cursor'
import type { Listing, Part, Place } from './listing'

const { sql, raw, join, empty } = Prisma

/** A filter that matches little, in an order that it says nothing of, may take long to look for. */
const TIMEOUT_MS = 10_000
/** What PostgreSQL says when it stops a statement for that (SQLSTATE query_canceled). */
const CANCELED = '57014'

/**
 * Runs a statement on a list. One that filters narrow runs no longer than anybody should wait; others are known to be quick.
 * @param left stops one that may take long.
 * @throws AppError "unavailable" for one that takes too long.
 */
async function query<Row extends object>(
  { where }: Pick<Listing, 'where'>,
  statement: Prisma.Sql,
  left?: AbortSignal,
): Promise<Row[]> {
  const { text, values } = statement
  left?.throwIfAborted()
  if (where.length === 0) return (await pool().query<Row>(text, values)).rows
  const client = await pool().connect()
  const stopCancelling = cancelOnAbort(client, databaseUrl(), left)
  let broken: Error | undefined
  try {
    await client.query(`BEGIN READ ONLY; SET LOCAL statement_timeout = ${TIMEOUT_MS}; SET LOCAL jit = off`)
    const { rows } = await client.query<Row>(text, values)
    await client.query('COMMIT')
    return rows
  } catch (error) {
    await client.query('ROLLBACK').catch((fault: Error) => {
      broken = fault
    })
    if (error instanceof Error && 'code' in error && error.code === CANCELED)
      throw new AppError('unavailable', 'The list takes too long to find. Narrow it by another filter.', {
        cause: error,
      })
    throw error
  } finally {
    stopCancelling()
    // Being asked to stop may reach the connection later than this: it must not be somebody else's by then.
    client.release(left?.aborted || broken)
  }
}

const directionOf = ({ descending }: Order, reverse = false) => raw(descending !== reverse ? 'DESC' : 'ASC')
const typeOf = ({ kind }: Order) => raw(kind === 'text' ? 'text' : 'bigint')

function whereOf({ order, scope, where }: Listing, more: Prisma.Sql[] = []): Prisma.Sql {
  const all = [...(order.scope && scope ? [sql`${order.scope} = ${scope}`] : []), ...where, ...more]
  return all.length === 0 ? empty : sql`WHERE ${join(all, ' AND ')}`
}

/** Where to begin: beside a row, or at it. */
type Beside = Place & { side: Position['side'] | 'at' }

/** The rows beside a place, in the order of the list, and one more in that direction. */
function findBeside(listing: Listing, size: number, from?: Beside, left?: AbortSignal): Promise<Place[]> {
  const { order } = listing
  const { table, key, id } = order
  const reverse = from?.side === 'before'
  const compare = raw(`${order.descending !== reverse ? '<' : '>'}${from?.side === 'at' ? '=' : ''}`)
  const beside = from && sql`(${key}, ${id}) ${compare} (${from.key}::${typeOf(order)}, ${from.id})`
  return query<Place>(
    listing,
    sql`
    SELECT ${id} AS id, ${key}::text AS key FROM ${table} ${whereOf(listing, beside ? [beside] : [])}
    ORDER BY ${key} ${directionOf(order, reverse)}, ${id} ${directionOf(order, reverse)}
    LIMIT ${size + 1}`,
    left,
  )
}

/** The part of the list on one side of a place, or at its beginning. */
export async function findPart(listing: Listing, size: number, from?: Position): Promise<Part> {
  const [total, found] = await Promise.all([countListing(listing), findBeside(listing, size, from)])
  const isMore = found.length > size
  const rows = found.slice(0, size)
  if (from?.side === 'before') return { rows: rows.reverse(), total, hasPrevious: isMore, hasNext: true }
  return { rows, total, hasPrevious: from !== undefined, hasNext: isMore }
}

/**
 * A numbered page of the list, from the nearest anchor before it, so that it costs the same at any depth.
 * @param page from 1. Behind the last page there is an empty part.
 */
export async function findNumberedPart(listing: Listing, size: number, page: number): Promise<Part> {
  const offset = offsetOf(page, size)
  if (listing.placeOf) return findPlacedPart(listing, size, listing.placeOf(offset), offset)
  const [total, anchor] = await Promise.all([countListing(listing), anchorOf(listing, offset)])
  const { order } = listing
  const { table, key, id } = order
  const compare = raw(order.descending ? '<=' : '>=')
  const from = sql`(${key}, ${id}) ${compare} (
    coalesce((SELECT key FROM anchor), ${beginningOf(order)}),
    coalesce((SELECT id FROM anchor), ${order.descending ? 2_147_483_647 : 0}))`
  // Anchor and rows in one statement: they are of one moment.
  const rows = await query<Place>(
    listing,
    sql`WITH anchor AS (${anchor})
    SELECT ${id} AS id, ${key}::text AS key FROM ${table} ${whereOf(listing, [from])}
    ORDER BY ${key} ${directionOf(order)}, ${id} ${directionOf(order)}
    LIMIT ${size} OFFSET ${offset}::bigint - coalesce((SELECT before FROM anchor), 0)`,
  )
  return { rows, total, hasPrevious: offset > 0 && total > 0, hasNext: offset + rows.length < total }
}

/** A numbered page of a list whose places can be told. */
async function findPlacedPart(listing: Listing, size: number, place: Place, offset: number): Promise<Part> {
  const from = { ...place, side: 'at' } as const
  const [total, found] = await Promise.all([countListing(listing), findBeside(listing, size, from)])
  return { rows: found.slice(0, size), total, hasPrevious: offset > 0 && total > 0, hasNext: found.length > size }
}

/** Rows between anchors of a list that filters narrow; those of whole lists are stored (lib/catalogue/anchors). */
const SPACING = 4_096

type Anchor = Place & { before: number }

/** A statement that gives the nearest anchor before a row: its key, its id, and how many rows are before it. */
async function anchorOf(listing: Listing, offset: number): Promise<Prisma.Sql> {
  const { order, scope, where } = listing
  if (where.length === 0)
    return sql`
      SELECT before, ${keyColumnOf(order)} AS key, row_id AS id FROM list_anchor
      WHERE list = ${order.list} AND scope = ${scope ?? raw('0')} AND before <= ${offset}::bigint ORDER BY before DESC LIMIT 1`
  const none = sql`SELECT 0 AS before, NULL::${typeOf(order)} AS key, NULL::int AS id WHERE false`
  if (offset < SPACING) return none
  const { anchors } = await dataCached(`${await nameOf(listing)} anchors`, () => findAnchors(listing))
  const anchor = anchors[Math.min(Math.floor(offset / SPACING), anchors.length - 1)]
  return anchor
    ? sql`SELECT ${anchor.before}::int AS before, ${anchor.key}::${typeOf(order)} AS key, ${anchor.id}::int AS id`
    : none
}

/** The anchors of a filtered list, found by going through it once, for as long as the data tier keeps them. */
async function findAnchors(listing: Listing): Promise<Weighed & { anchors: Anchor[] }> {
  const { table, key, id } = listing.order
  const direction = directionOf(listing.order)
  const anchors = await query<Anchor>(
    listing,
    sql`
    SELECT id, key, before FROM (
      SELECT ${id} AS id, ${key}::text AS key, (row_number() OVER (ORDER BY ${key} ${direction}, ${id} ${direction}) - 1)::int AS before
      FROM ${table} ${whereOf(listing)}) AS listed
    WHERE before % ${SPACING}::int = 0 ORDER BY before`,
  )
  return { anchors, bytes: anchors.reduce((sum, anchor) => sum + 2 * anchor.key.length + 64, 0) }
}

/** How many rows the list has: exactly, counted once for as long as the data tier keeps it. */
async function countListing(listing: Listing): Promise<number> {
  const { total } = await dataCached(`${await nameOf(listing)} total`, async () => {
    const { order } = listing
    const count = listing.total ?? sql`(SELECT count(*)::int FROM ${order.table} ${whereOf(listing)})`
    const [row] = await query<{ total: number | null }>(listing, sql`SELECT ${count} AS total`)
    return { total: row?.total ?? 0, bytes: 8 }
  })
  return total
}

/** Names a list, its filters and its order, in the state that the catalogue is in now. */
async function nameOf(listing: Listing): Promise<string> {
  const { text, values } =
    sql`${listing.order.table} ${listing.order.key} ${listing.scope ?? empty} ${whereOf(listing)}`
  return `list ${createHash('sha256')
    .update(JSON.stringify([await readState(), text, values, listing.order.descending]))
    .digest('base64url')}`
}

/** All rows of the list in its order, as many at a time. */
export async function* walk(listing: Listing, size: number, left: AbortSignal): AsyncGenerator<Place[], void> {
  let from: Position | undefined
  for (;;) {
    const found = await findBeside(listing, size - 1, from, left)
    const last = found.at(-1)
    if (!last) return
    yield found
    if (found.length < size) return
    from = { ...last, side: 'after' }
  }
}

const shared = globalThis as typeof globalThis & { syroCursorSecret?: { pool: pg.Pool; secret: Promise<string> } }

/** What this catalogue's cursors are signed with, on every instance. Read once. */
export function cursorSecret(): Promise<string> {
  const open = pool()
  if (shared.syroCursorSecret?.pool === open) return shared.syroCursorSecret.secret
  const secret = open
    .query<{ secret: string }>('SELECT cursor_secret::text AS secret FROM catalogue')
    .then(({ rows: [row] }) => {
      if (!row) throw new AppError('unavailable', 'There is no catalogue yet.')
      return row.secret
    })
  const kept = { pool: open, secret }
  shared.syroCursorSecret = kept
  // What could not be read is read again.
  secret.catch(() => {
    if (shared.syroCursorSecret === kept) shared.syroCursorSecret = undefined
  })
  return secret
}
