import type { ClientBase } from 'pg'
import { dataCached, type Sized } from '@/lib/cache/data'
import { Prisma } from '@/lib/db/generated/client'
import type { ListQuery, RowPosition } from './list'
import { anchoredOrders, beginningOf, keyColumnOf, type Order, orderBy } from './orders'
import { query, whereOf } from './statement'
import { cacheKeyOf } from './total'

const { sql, empty, raw } = Prisma

/** Anchors: at regular intervals in a list, the position of a row and the number of rows before it. */

/** Reading this many index entries takes a third of a millisecond. Ten million rows have 2,442 anchors. */
const SPACING = 4_096

/**
 * Stores the anchors of all unfiltered lists. Runs in the transaction that changes the lists, so that readers never see
 * lists and anchors of different states.
 */
export async function rebuildAnchors(client: Pick<ClientBase, 'query'>): Promise<void> {
  await client.query('DELETE FROM list_anchor')
  for (const order of anchoredOrders) {
    const { text, values } = insertAnchors(order)
    await client.query(text, values)
  }
}

function insertAnchors(order: Order): Prisma.Sql {
  const { table, key, id, scope } = order
  return sql`
    INSERT INTO list_anchor (list, scope, before, ${keyColumnOf(order)}, row_id)
    SELECT ${order.list}, scope, before, key, row_id
    FROM (
      SELECT ${scope ?? raw('0')} AS scope, ${key} AS key, ${id} AS row_id,
        (row_number() OVER (${scope ? sql`PARTITION BY ${scope}` : empty} ${orderBy(order)}) - 1)::int AS before
      FROM ${table}) AS listed
    WHERE before % ${SPACING}::int = 0`
}

/** Selects the nearest stored anchor before an offset. */
export const anchorBefore = ({ order, scope = raw('0') }: ListQuery, offset: Prisma.Sql): Prisma.Sql => sql`
  SELECT before, ${keyColumnOf(order)} AS key, row_id FROM list_anchor
  WHERE list = ${order.list} AND scope = ${scope} AND before <= ${offset} ORDER BY before DESC LIMIT 1`

/** The condition that a row is not before the anchor in a CTE. True for every row if the CTE is empty. */
export const fromAnchor = (order: Order, anchor: Prisma.Sql): Prisma.Sql => {
  const { key, id, descending } = order
  return sql`(${key}, ${id}) ${raw(descending ? '<=' : '>=')} (
    coalesce((SELECT key FROM ${anchor}), ${beginningOf(order)}),
    coalesce((SELECT row_id FROM ${anchor}), ${descending ? 2_147_483_647 : 0}))`
}

/** Less than for stored anchors: between two of them, many rows may not be in the list. */
const FILTERED_SPACING = 1_024

export type Anchor = RowPosition & { before: number }

/** The nearest anchor before an offset of a filtered list; undefined near the beginning. Kept in the data tier. */
export async function findFilteredAnchor(list: ListQuery, offset: number): Promise<Anchor | undefined> {
  if (offset < FILTERED_SPACING) return undefined
  // Up to twice as far as requested: far pages are often requested one after the other.
  const reach = FILTERED_SPACING * 2 ** Math.ceil(Math.log2((offset + 1) / FILTERED_SPACING))
  const { anchors } = await dataCached(`${cacheKeyOf(list)} anchors ${reach}`, () => findAnchors(list, reach))
  return anchors[Math.min(Math.floor(offset / FILTERED_SPACING), anchors.length - 1)]
}

/** The anchors among the first rows of a filtered list. */
async function findAnchors(list: ListQuery, reach: number): Promise<Sized & { anchors: Anchor[] }> {
  const { order } = list
  const { table, key, id } = order
  const anchors = await query<Anchor>(
    list,
    sql`
    SELECT id, key, before FROM (
      SELECT ${id} AS id, ${key}::text AS key, (row_number() OVER (${orderBy(order)}) - 1)::int AS before
      FROM ${table} ${whereOf(list, 'test')} ${orderBy(order)} LIMIT ${reach}) AS listed
    WHERE before % ${FILTERED_SPACING}::int = 0 ORDER BY before`,
  )
  return { anchors, bytes: anchors.reduce((sum, anchor) => sum + 2 * anchor.key.length + 64, 0) }
}
