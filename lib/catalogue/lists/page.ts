import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { beginningOf, keyColumnOf, type Order } from './orders'
import { offsetOf } from './paging'

const { sql, raw, empty } = Prisma

type PageOf = {
  page: number
  size: number
  /** An SQL expression that gives the list's stored count. */
  total: Prisma.Sql
  /** Which of the table's lists, where it holds many. */
  scope?: Prisma.Sql
  /** The day, as a release key, that a list by release begins with. */
  today?: number
}

/**
 * The ids of a page of a list, at the same cost at any depth: the nearest anchor before the page is looked up, and the
 * index is read from there. A list by release begins with today; what is dated later follows the oldest and the undated.
 */
export async function findPageIds(order: Order, asked: PageOf): Promise<{ ids: number[]; total: number }> {
  const statement =
    order.isByRelease && asked.today !== undefined ? fromToday(order, asked, asked.today) : fromBeginning(order, asked)
  const found = await db().$queryRaw<{ id: number; total: number }[]>(statement)
  return { ids: found.map((row) => row.id), total: found[0]?.total ?? 0 }
}

const withinScope = ({ scope }: Order, of: PageOf['scope']): Prisma.Sql =>
  scope && of ? sql`${scope} = ${of} AND` : empty

const fromBeginning = (order: Order, { page, size, total, scope }: PageOf): Prisma.Sql => {
  const offset = offsetOf(page, size)
  return sql`
    WITH anchor AS (${anchorBefore(order, scope, sql`${offset}`)})
    SELECT ${order.id} AS id, ${total} AS total
    FROM ${order.table}
    WHERE ${withinScope(order, scope)} ${fromAnchor(order, raw('anchor'))}
    ${ordered(order)}
    LIMIT ${size} OFFSET ${offset} - coalesce((SELECT before FROM anchor), 0)`
}

/**
 * The order of the index, turned: its rows are counted from the first that is not dated after today, and the later ones
 * follow at the end. How many those are is known from the nearest anchor, so no day needs an index of its own.
 */
const fromToday = (order: Order, { page, size, total, scope }: PageOf, today: number): Prisma.Sql => {
  const { table, key, id } = order
  const within = withinScope(order, scope)
  const offset = offsetOf(page, size)
  return sql`
    WITH edge AS (
      SELECT before, number_key AS key, row_id FROM list_anchor
      WHERE list = ${order.list} AND scope = ${scope ?? raw('0')} AND number_key > ${today}
      ORDER BY before DESC LIMIT 1),
    place AS (
      SELECT coalesce((SELECT before FROM edge), 0) + (
          SELECT count(*) FROM ${table} WHERE ${within} ${fromAnchor(order, raw('edge'))} AND ${key} > ${today}
        ) AS later, ${total}::bigint AS total),
    span AS (SELECT later, total, ${offset} + later AS at, greatest(${offset} + later - total, 0) AS turned FROM place),
    anchor AS (${anchorBefore(order, scope, sql`(SELECT at FROM span)`)}),
    turn AS (${anchorBefore(order, scope, sql`(SELECT turned FROM span)`)})
    SELECT id, (SELECT total FROM span)::int AS total FROM (
      (SELECT ${id} AS id FROM ${table} WHERE ${within} ${fromAnchor(order, raw('anchor'))} ${ordered(order)}
        LIMIT (SELECT least(greatest(total - at, 0), ${size}) FROM span)
        OFFSET (SELECT at FROM span) - coalesce((SELECT before FROM anchor), 0))
      UNION ALL
      (SELECT ${id} FROM ${table} WHERE ${within} ${fromAnchor(order, raw('turn'))} ${ordered(order)}
        LIMIT (SELECT greatest(least(at + ${size}, total + later) - greatest(at, total), 0) FROM span)
        OFFSET (SELECT turned FROM span) - coalesce((SELECT before FROM turn), 0))) AS listed`
}

const anchorBefore = (order: Order, scope: PageOf['scope'], offset: Prisma.Sql): Prisma.Sql => sql`
  SELECT before, ${keyColumnOf(order)} AS key, row_id FROM list_anchor
  WHERE list = ${order.list} AND scope = ${scope ?? raw('0')} AND before <= ${offset} ORDER BY before DESC LIMIT 1`

/** From the row of an anchor on, which a CTE holds; from the beginning where it is empty. */
const fromAnchor = (order: Order, anchor: Prisma.Sql): Prisma.Sql => {
  const { key, id, descending } = order
  return sql`(${key}, ${id}) ${raw(descending ? '<=' : '>=')} (
    coalesce((SELECT key FROM ${anchor}), ${beginningOf(order)}),
    coalesce((SELECT row_id FROM ${anchor}), ${descending ? 2_147_483_647 : 0}))`
}

const ordered = ({ key, id, descending }: Order): Prisma.Sql => {
  const direction = raw(descending ? 'DESC' : 'ASC')
  return sql`ORDER BY ${key} ${direction}, ${id} ${direction}`
}
