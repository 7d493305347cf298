import { offsetOf } from '@/lib/catalogue/paging'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { beginningOf, keyColumnOf, type Order } from './orders'

const { sql, raw } = Prisma

/**
 * The ids of a page of a list, at the same cost at any depth: the nearest anchor before the page is looked up, and the
 * index is read from there.
 * @param total an SQL expression that gives the list's stored count.
 * @param scope which of the table's lists, where it holds many.
 */
export async function findPageIds(
  order: Order,
  { page, size, total, scope }: { page: number; size: number; total: Prisma.Sql; scope?: Prisma.Sql },
): Promise<{ ids: number[]; total: number }> {
  const offset = offsetOf(page, size)
  const { key, id, descending } = order
  const direction = raw(descending ? 'DESC' : 'ASC')
  const within = order.scope && scope ? sql`${order.scope} = ${scope} AND` : Prisma.empty
  const found = await db().$queryRaw<{ id: number; total: number }[]>`
    WITH anchor AS (
      SELECT before, ${keyColumnOf(order)} AS key, row_id FROM list_anchor
      WHERE list = ${order.list} AND scope = ${scope ?? raw('0')} AND before <= ${offset} ORDER BY before DESC LIMIT 1)
    SELECT ${id} AS id, ${total} AS total
    FROM ${order.table}
    WHERE ${within} (${key}, ${id}) ${raw(descending ? '<=' : '>=')} (
      coalesce((SELECT key FROM anchor), ${beginningOf(order)}),
      coalesce((SELECT row_id FROM anchor), ${descending ? 2_147_483_647 : 0}))
    ORDER BY ${key} ${direction}, ${id} ${direction}
    LIMIT ${size} OFFSET ${offset} - coalesce((SELECT before FROM anchor), 0)`
  return { ids: found.map((row) => row.id), total: found[0]?.total ?? 0 }
}
