import type { Page } from '@/lib/catalogue/views'
import { Prisma } from '@/lib/db/generated/client'
import type { Position } from '@/lib/http/api/cursor'
import { findAnchoredRows } from './anchored-rows'
import { findFilteredAnchor } from './anchors'
import { idsOf, type ListPage, type ListQuery, type RowPosition } from './list'
import { keyTypeOf, orderBy } from './orders'
import { offsetOf, toPage } from './paging'
import { query, type ReadMethod, whereOf } from './statement'
import { chooseReadMethod, countList } from './total'

const { sql, raw, empty } = Prisma

/** The row at which a read starts, and on which side of it. */
type StartPosition = RowPosition & { side: Position['side'] | 'at' }

type RowRange = { from?: StartPosition | undefined; size: number; offset?: number; left?: AbortSignal }

/** Rows of a list from a position on; before a position, in reverse order. */
function findRows(
  list: ListQuery,
  method: ReadMethod,
  { from, size, offset = 0, left }: RowRange,
): Promise<RowPosition[]> {
  const { order } = list
  const isReverse = from?.side === 'before'
  const compare = raw(`${order.descending !== isReverse ? '<' : '>'}${from?.side === 'at' ? '=' : ''}`)
  const startCondition = (key: Prisma.Sql, id: Prisma.Sql) =>
    from ? [sql`(${key}, ${id}) ${compare} (${from.key}::${keyTypeOf(order)}, ${from.id})`] : []
  const limit = sql`LIMIT ${size}${offset > 0 ? sql` OFFSET ${offset}::bigint` : empty}`
  if (method === 'test') {
    const { table, key, id } = order
    return query<RowPosition>(
      list,
      sql`
      SELECT ${id} AS id, ${key}::text AS key FROM ${table} ${whereOf(list, 'test', startCondition(key, id))}
      ${orderBy(order, isReverse)} ${limit}`,
      left,
    )
  }
  // Qualified names: the selected text column is called `key` too.
  const found = { ...order, key: raw('found.key'), id: raw('found.id') }
  const [start] = startCondition(found.key, found.id)
  return query<RowPosition>(
    list,
    sql`
    WITH found AS MATERIALIZED (
      SELECT ${order.id} AS id, ${order.key} AS key FROM ${order.table} ${whereOf(list, 'collect')})
    SELECT found.id, found.key::text AS key FROM found ${start ? sql`WHERE ${start}` : empty}
    ${orderBy(found, isReverse)} ${limit}`,
    left,
  )
}

/** The page before or after a position; the first page without one. */
export async function findListPage(list: ListQuery, size: number, from?: Position): Promise<ListPage> {
  const [total, found] = await Promise.all([
    countList(list),
    chooseReadMethod(list).then((method) => findRows(list, method, { from, size: size + 1 })),
  ])
  const isMore = found.length > size
  const rows = found.slice(0, size)
  if (from?.side === 'before') return { rows: rows.reverse(), total, hasPrevious: isMore, hasNext: true }
  return { rows, total, hasPrevious: from !== undefined, hasNext: isMore }
}

/**
 * A numbered page, at the same cost at any depth.
 * @param page from 1. Behind the last page, pages are empty.
 * @param today a release key. A list by release starts with it; later releases follow at the end.
 */
export async function findNumberedPage(list: ListQuery, size: number, page: number, today?: number): Promise<ListPage> {
  const offset = offsetOf(page, size)
  const isAnchored = list.where.length === 0 && !list.positionAt
  const [counted, found] = await Promise.all([
    isAnchored && list.total ? undefined : countList(list),
    isAnchored ? findAnchoredRows(list, size, offset, today) : findFilteredRows(list, size, offset),
  ])
  const { rows, total = counted ?? (offset === 0 ? 0 : await countList(list)) } = found
  return { rows, total, hasPrevious: offset > 0 && total > 0, hasNext: offset + rows.length < total }
}

/** A numbered page with its rows, for the site; null if the list has no such page. Parameters as above. */
export async function readPage<Row>(
  list: ListQuery,
  readRows: (ids: number[]) => Promise<Row[]>,
  size: number,
  page: number,
  today?: number,
): Promise<Page<Row> | null> {
  const { rows, total } = await findNumberedPage(list, size, page, today)
  return toPage(await readRows(idsOf(rows)), total, page, size)
}

async function findFilteredRows(
  list: ListQuery,
  size: number,
  offset: number,
): Promise<{ rows: RowPosition[]; total?: undefined }> {
  if (list.positionAt)
    return { rows: await findRows(list, 'test', { from: { ...list.positionAt(offset), side: 'at' }, size }) }
  const method = await chooseReadMethod(list)
  const anchor = method === 'test' ? await findFilteredAnchor(list, offset) : undefined
  const from = anchor && ({ ...anchor, side: 'at' } as const)
  return { rows: await findRows(list, method, { from, size, offset: offset - (anchor?.before ?? 0) }) }
}

/** Rows collected at a time: collecting them means finding all of the list each time. */
const COLLECTED_AT_ONCE = 10_000

/** All rows of a list in its order, in batches of `size`. @param left aborts the current statement. */
export async function* walkList(list: ListQuery, size: number, left: AbortSignal): AsyncGenerator<RowPosition[], void> {
  const method = await chooseReadMethod(list)
  const ahead = method === 'collect' ? COLLECTED_AT_ONCE : size
  let from: Position | undefined
  for (;;) {
    const found = await findRows(list, method, { from, size: ahead, left })
    for (let at = 0; at < found.length; at += size) yield found.slice(at, at + size)
    const last = found.at(-1)
    if (!last || found.length < ahead) return
    from = { ...last, side: 'after' }
  }
}
