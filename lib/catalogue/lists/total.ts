import { createHash } from 'node:crypto'
import { dataCached } from '@/lib/cache/data'
import { readState } from '@/lib/cache/revision/read'
import { Prisma } from '@/lib/db/generated/client'
import type { Listing } from './list'
import { query, type Way, whereOf } from './statement'

const { sql, empty } = Prisma

/** Names a list, its filters and its order, in the state that the catalogue is in now. */
export async function nameOf(listing: Listing): Promise<string> {
  const { order, scope } = listing
  const { text, values } = sql`${order.table} ${order.key} ${scope ?? empty} ${whereOf(listing, 'find')}`
  return `list ${createHash('sha256')
    .update(JSON.stringify([await readState(), text, values, order.descending]))
    .digest('base64url')}`
}

/** How many rows a list has, and its table: exactly, counted once for as long as the data tier keeps it. */
function countBoth(listing: Listing, name: string): Promise<{ total: number; all: number; bytes: number }> {
  return dataCached(`${name} total`, async () => {
    const { order, all = sql`0` } = listing
    const total = listing.total ?? sql`(SELECT count(*)::int FROM ${order.table} ${whereOf(listing, 'find')})`
    const [row] = await query<{ total: number | null; all: number }>(
      listing,
      sql`SELECT ${total} AS total, ${all} AS all`,
    )
    return { total: row?.total ?? 0, all: row?.all ?? 0, bytes: 16 }
  })
}

/** How many rows a list has. */
export const countListing = async (listing: Listing): Promise<number> =>
  (await countBoth(listing, await nameOf(listing))).total

/**
 * How the rows of a page are best found. Of a short list all are found and sorted for each page: that takes as long as it
 * is. Of a longer one the order's index is walked until a page of them is met: soon, where they are spread over it, but
 * what is short, or all at one end, as the newest are by popularity, could mean walking all there is.
 */
export async function wayOf(listing: Listing): Promise<Way> {
  if (listing.where.length === 0 || listing.isRange) return 'ask'
  const { total, all } = await countBoth(listing, await nameOf(listing))
  return total <= Math.max(LEAST, mostFound(listing, all)) ? 'find' : 'ask'
}

function mostFound({ where, findUpTo }: Listing, all: number): number {
  // Of half of all there is, some is soon met.
  if (findUpTo !== undefined) return Math.min(findUpTo, all / 4)
  // What a thing leads to is found by an index of its own, and asking it of each row takes longer than a filter does.
  return where.some((condition) => 'ask' in condition) ? MOST : Math.min(all / SPARSE, MOST)
}

/** Of a list that has one row of its table in so many, a page of 25 is met within 1,600 rows, if they are spread. */
const SPARSE = 64
/** So many rows are found in 2 ms, and so many in 100. */
const LEAST = 2_000
const MOST = 20_000
