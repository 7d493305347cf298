import { dataCached, type Weighed } from '@/lib/cache/data'
import { Prisma } from '@/lib/db/generated/client'
import type { Listing, Place } from './list'
import { orderBy, query, whereOf } from './statement'
import { nameOf } from './total'

const { sql } = Prisma

/** Anchors of long lists that filters narrow; those of whole lists are stored (lib/catalogue/lists/build-anchors.ts). */

/** Closer than those of whole lists: between two of them there may be many rows that are not of the list. */
const SPACING = 1_024

export type Anchor = Place & { before: number }

/** The nearest anchor before the row with so many before it; none near the beginning. */
export async function findAnchor(listing: Listing, offset: number): Promise<Anchor | undefined> {
  if (offset < SPACING) return undefined
  // As far as is asked for, and no further than twice that: far pages of a list are asked for one after the other.
  const reach = SPACING * 2 ** Math.ceil(Math.log2((offset + 1) / SPACING))
  const { anchors } = await dataCached(`${await nameOf(listing)} anchors ${reach}`, () => findAnchors(listing, reach))
  return anchors[Math.min(Math.floor(offset / SPACING), anchors.length - 1)]
}

/** The anchors of the first rows of a list, found by walking them once, for as long as the data tier keeps them. */
async function findAnchors(listing: Listing, reach: number): Promise<Weighed & { anchors: Anchor[] }> {
  const { order } = listing
  const { table, key, id } = order
  const anchors = await query<Anchor>(
    listing,
    sql`
    SELECT id, key, before FROM (
      SELECT ${id} AS id, ${key}::text AS key, (row_number() OVER (${orderBy(order)}) - 1)::int AS before
      FROM ${table} ${whereOf(listing, 'ask')} ${orderBy(order)} LIMIT ${reach}) AS listed
    WHERE before % ${SPACING}::int = 0 ORDER BY before`,
  )
  return { anchors, bytes: anchors.reduce((sum, anchor) => sum + 2 * anchor.key.length + 64, 0) }
}
