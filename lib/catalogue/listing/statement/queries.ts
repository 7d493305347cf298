import type { Condition, Listing } from '@/lib/catalogue/listing/listing'
import { cancelOnAbort } from '@/lib/db/cancel'
import { Prisma } from '@/lib/db/generated/client'
import { pool } from '@/lib/db/pool'
import { databaseUrl } from '@/lib/db/url'
import { AppError } from '@/lib/errors'

const { sql, raw, join, empty } = Prisma

/** A filter that matches little, in an order that it says nothing of, may take long to look for. */
const TIMEOUT_MS = 10_000
/** One request is one of many: it has one processor, and no time to compile its plan. */
const SETTINGS = `SET LOCAL statement_timeout = ${TIMEOUT_MS}; SET LOCAL jit = off; SET LOCAL max_parallel_workers_per_gather = 0`
/** What PostgreSQL says when it stops a statement for that (SQLSTATE query_canceled). */
const CANCELED = '57014'

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
  const { text, values } = statement
  left?.throwIfAborted()
  if (where.length === 0) return (await pool().query<Row>(text, values)).rows
  const client = await pool().connect()
  const stopCancelling = cancelOnAbort(client, databaseUrl(), left)
  let broken: Error | undefined
  try {
    await client.query(`BEGIN READ ONLY; ${SETTINGS}`)
    const { rows } = await client.query<Row>(text, values)
    await client.query('COMMIT')
    return rows
  } catch (error) {
    await client.query('ROLLBACK').catch((fault: Error) => {
      broken = fault
    })
    if (error instanceof Error && 'code' in error && error.code === CANCELED)
      throw new AppError('unavailable', 'The list takes too long to find. Narrow it by another filter.', {
        cause: error,
      })
    throw error
  } finally {
    stopCancelling()
    // Being asked to stop may reach the connection later than this: it must not be somebody else's by then.
    client.release(left?.aborted || broken)
  }
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
