import { Prisma } from '@/lib/db/generated/client'
import { pool } from '@/lib/db/pool'
import { queryWithin } from '@/lib/db/time-limit'
import type { Condition, Listing } from './list'

const { sql, raw, join, empty } = Prisma

/** A filter that matches little, in an order that it says nothing of, may take long to look for. */
const TIMEOUT_MS = 10_000
const TOO_LONG = 'The list takes too long to find. Narrow it by another filter.'

/**
 * Runs a statement on a list. One that filters narrow runs no longer than anybody should wait; others are known to be quick.
 * @param left stops one that may take long.
 * @throws AppError "unavailable" for one that takes too long.
 */
export async function query<Row extends object>(
  { where }: Pick<Listing, 'where'>,
  statement: Prisma.Sql,
  left?: AbortSignal,
): Promise<Row[]> {
  if (where.length > 0) return queryWithin(statement, { timeout: TIMEOUT_MS, tooLong: TOO_LONG, left })
  left?.throwIfAborted()
  return (await pool().query<Row>(statement.text, statement.values)).rows
}

/** How the conditions of a list are put. */
export type Way = keyof Condition

export const put = (condition: Listing['where'][number], way: Way): Prisma.Sql =>
  'ask' in condition ? condition[way] : condition

/** The WHERE of a list, with more conditions; nothing where there are none. */
export function whereOf({ order, scope, where }: Listing, way: Way, more: Prisma.Sql[] = []): Prisma.Sql {
  const all = [
    ...(order.scope && scope ? [sql`${order.scope} = ${scope}`] : []),
    ...where.map((condition) => put(condition, way)),
    ...more,
  ]
  return all.length === 0 ? empty : sql`WHERE ${join(all, ' AND ')}`
}

/** The ORDER BY of a list. */
export function orderBy({ key, id, descending }: Listing['order'], reverse = false): Prisma.Sql {
  const direction = raw(descending !== reverse ? 'DESC' : 'ASC')
  return sql`ORDER BY ${key} ${direction}, ${id} ${direction}`
}

/** The type of a list's keys, as text is cast to it. */
export const typeOf = ({ kind }: Listing['order']): Prisma.Sql => raw(kind === 'text' ? 'text' : 'bigint')
