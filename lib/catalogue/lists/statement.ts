import { statementName } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { pool } from '@/lib/db/pool'
import { queryWithin } from '@/lib/db/time-limit'
import { dependOnList } from './dependencies'
import type { ListQuery } from './list'

const { sql, join, empty } = Prisma

/** A filter that matches few rows may take long in an order that its index does not support. */
const TIMEOUT_MS = 10_000
const TOO_LONG = 'The list takes too long to find. Narrow it by another filter.'

/**
 * Runs a statement on a list. On a filtered list it has a timeout; others are known to be fast, and have few enough
 * shapes to be prepared.
 * @param left aborts the statement.
 * @throws AppError "unavailable" on timeout.
 */
export async function query<Row extends object>(
  list: Pick<ListQuery, 'order' | 'scopeId' | 'where'>,
  statement: Prisma.Sql,
  left?: AbortSignal,
): Promise<Row[]> {
  dependOnList(list)
  if (list.where.length > 0) return queryWithin(statement, { timeout: TIMEOUT_MS, tooLong: TOO_LONG, left })
  left?.throwIfAborted()
  const { text, values } = statement
  return (await pool().query<Row>({ name: statementName(text), text, values })).rows
}

/** How a filtered list is read: collect all its rows and sort them, or walk the order's index and test each row. */
export type ReadMethod = 'collect' | 'test'

export const conditionSql = (condition: ListQuery['where'][number], method: ReadMethod): Prisma.Sql =>
  'test' in condition ? condition[method] : condition

/** The WHERE clause of a list, with more conditions; empty without conditions. */
export function whereOf({ order, scope, where }: ListQuery, method: ReadMethod, more: Prisma.Sql[] = []): Prisma.Sql {
  const all = [
    ...(order.scope && scope ? [sql`${order.scope} = ${scope}`] : []),
    ...where.map((condition) => conditionSql(condition, method)),
    ...more,
  ]
  return all.length === 0 ? empty : sql`WHERE ${join(all, ' AND ')}`
}
