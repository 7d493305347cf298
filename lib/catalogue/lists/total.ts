import { createHash } from 'node:crypto'
import { dataCached } from '@/lib/cache/data'
import { Prisma } from '@/lib/db/generated/client'
import type { ListQuery } from './list'
import { query, type ReadMethod, whereOf } from './statement'

const { sql, empty } = Prisma

/** A cache key for a list with its filters and order. */
export function cacheKeyOf(list: ListQuery): string {
  const { order, scope } = list
  const { text, values } = sql`${order.table} ${order.key} ${scope ?? empty} ${whereOf(list, 'collect')}`
  return `list ${createHash('sha256')
    .update(JSON.stringify([text, values, order.descending]))
    .digest('base64url')}`
}

/** The number of rows of a list, as SQL: stored, or else counted. */
export const totalSql = (list: ListQuery): Prisma.Sql =>
  list.total ?? sql`(SELECT count(*)::int FROM ${list.order.table} ${whereOf(list, 'collect')})`

/** The exact numbers of rows of a list and of its table, kept in the data tier. */
function countRows(list: ListQuery, key: string): Promise<{ total: number; all: number; bytes: number }> {
  return dataCached(`${key} total`, async () => {
    const [row] = await query<{ total: number | null; all: number }>(
      list,
      sql`SELECT ${totalSql(list)} AS total, ${list.all ?? sql`0`} AS all`,
    )
    return { total: row?.total ?? 0, all: row?.all ?? 0, bytes: 16 }
  })
}

/** The number of rows of a list. */
export const countList = async (list: ListQuery): Promise<number> => (await countRows(list, cacheKeyOf(list))).total

/**
 * The fastest way to read a page. Collecting and sorting all rows takes as long as the list is. Walking the index is fast
 * if the rows are spread over it; if they are few or all at one end, it could mean walking all of it.
 */
export async function chooseReadMethod(list: ListQuery): Promise<ReadMethod> {
  if (list.where.length === 0 || list.isRange) return 'test'
  const { total, all } = await countRows(list, cacheKeyOf(list))
  return total <= Math.max(ALWAYS_COLLECTED, collectedAtMost(list, all)) ? 'collect' : 'test'
}

function collectedAtMost({ where, collectUpTo }: ListQuery, all: number): number {
  // A list with more than a quarter of the table's rows soon fills a page.
  if (collectUpTo !== undefined) return Math.min(collectUpTo, all / 4)
  // Linked rows have an index of their own, and testing the link for each row is slower than testing a filter.
  return where.some((condition) => 'test' in condition) ? MAX_COLLECTED : Math.min(all / SPARSE, MAX_COLLECTED)
}

/** If a list has one row in this many of its table's, evenly spread, a page of 25 is found within 1,600 rows. */
const SPARSE = 64
/** Collecting takes 2 ms for these, */
const ALWAYS_COLLECTED = 2_000
/** and 100 ms for these. */
const MAX_COLLECTED = 20_000
