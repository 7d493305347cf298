import { Prisma } from '@/lib/db/generated/client'
import { anchorBefore, fromAnchor } from './anchors'
import type { ListQuery, RowPosition } from './list'
import { orderBy } from './orders'
import { query, whereOf } from './statement'

const { sql, raw } = Prisma

type AnchoredRows = { rows: RowPosition[]; total: number | undefined }

/**
 * Rows of an unfiltered list from an offset on, read from the nearest stored anchor, so that every page costs the same.
 * One statement, so that anchor, rows and total are of one moment.
 * @param today a release key. A list by release starts with it; later releases follow at the end.
 * @returns the rows, and the stored total if the list has one and a row was found.
 */
export async function findAnchoredRows(
  list: ListQuery,
  size: number,
  offset: number,
  today?: number,
): Promise<AnchoredRows> {
  if (list.order.isReversed && list.total) return findReversed(list, list.total, size, offset)
  const isFromToday = list.order.isByRelease && today !== undefined
  const statement = isFromToday ? fromToday(list, size, offset, today) : fromStart(list, size, offset)
  return toRows(await query<FoundRow>(list, statement))
}

type FoundRow = RowPosition & { total: number | null }

const toRows = (found: FoundRow[]): AnchoredRows => ({
  rows: found.map(({ id, key }) => ({ id, key })),
  total: found[0]?.total ?? undefined,
})

function fromStart(list: ListQuery, size: number, offset: number): Prisma.Sql {
  const { order, total = sql`NULL::int` } = list
  const { table, key, id } = order
  return sql`
    WITH anchor AS (${anchorBefore(list, sql`${offset}::bigint`)})
    SELECT ${id} AS id, ${key}::text AS key, ${total} AS total
    FROM ${table} ${whereOf(list, 'test', [fromAnchor(order, raw('anchor'))])} ${orderBy(order)}
    LIMIT ${size} OFFSET ${offset}::bigint - coalesce((SELECT before FROM anchor), 0)`
}

/**
 * The order of the index, rotated: it starts with the first row that is not dated after today, and the later ones follow
 * at the end. The nearest anchor tells how many later ones there are, so no day needs an index of its own.
 */
function fromToday(list: ListQuery, size: number, offset: number, today: number): Prisma.Sql {
  const { order, scope = raw('0'), total = sql`NULL` } = list
  const { table, key, id } = order
  const rowsFrom = (anchor: Prisma.Sql) =>
    sql`SELECT ${id} AS id, ${key}::text AS key FROM ${table} ${whereOf(list, 'test', [fromAnchor(order, anchor)])} ${orderBy(order)}`
  return sql`
    WITH edge AS (
      SELECT before, number_key AS key, row_id FROM list_anchor
      WHERE list = ${order.list} AND scope = ${scope} AND number_key > ${today} ORDER BY before DESC LIMIT 1),
    place AS (
      SELECT coalesce((SELECT before FROM edge), 0) + (
          SELECT count(*) FROM ${table} ${whereOf(list, 'test', [fromAnchor(order, raw('edge')), sql`${key} > ${today}`])}
        ) AS later, ${total}::bigint AS total),
    span AS (
      SELECT later, total, ${offset}::bigint + later AS at, greatest(${offset}::bigint + later - total, 0) AS turned FROM place),
    anchor AS (${anchorBefore(list, sql`(SELECT at FROM span)`)}),
    turn AS (${anchorBefore(list, sql`(SELECT turned FROM span)`)})
    SELECT id, key, (SELECT total FROM span)::int AS total FROM (
      (${rowsFrom(raw('anchor'))}
        LIMIT (SELECT least(greatest(total - at, 0), ${size}) FROM span)
        OFFSET (SELECT at FROM span) - coalesce((SELECT before FROM anchor), 0))
      UNION ALL
      (${rowsFrom(raw('turn'))}
        LIMIT (SELECT greatest(least(at + ${size}, total + later) - greatest(at, total), 0) FROM span)
        OFFSET (SELECT turned FROM span) - coalesce((SELECT before FROM turn), 0))) AS listed`
}

/** Rows of a list that runs against its stored anchors. They are read in the direction of the anchors, from the end. */
async function findReversed(
  reversed: ListQuery,
  total: Prisma.Sql,
  size: number,
  offset: number,
): Promise<AnchoredRows> {
  const order = { ...reversed.order, descending: !reversed.order.descending }
  const list = { ...reversed, order }
  const { table, key, id } = order
  const first = sql`greatest((SELECT total FROM counted) - ${offset}::bigint - ${size}::bigint, 0)`
  const found = toRows(
    await query<FoundRow>(
      list,
      sql`
      WITH counted AS (SELECT ${total} AS total), anchor AS (${anchorBefore(list, first)})
      SELECT ${id} AS id, ${key}::text AS key, (SELECT total FROM counted) AS total
      FROM ${table} ${whereOf(list, 'test', [fromAnchor(order, raw('anchor'))])} ${orderBy(order)}
      LIMIT ${size} OFFSET ${first} - coalesce((SELECT before FROM anchor), 0)`,
    ),
  )
  // The last page of the reversed list may have fewer rows than a whole page.
  const left = Math.max(0, (found.total ?? 0) - offset)
  return { ...found, rows: found.rows.slice(0, left).toReversed() }
}
