import type { Prisma } from '@/lib/db/generated/client'
import { AppError } from '@/lib/errors'
import { cancelOnAbort } from './cancel'
import { pool } from './pool'
import { isCanceled } from './unavailable'
import { databaseUrl } from './url'

/** One request is one of many: it has one processor, and no time to compile its plan. */
const MODEST = 'SET LOCAL jit = off; SET LOCAL max_parallel_workers_per_gather = 0'
/** Where PostgreSQL doesn't stop a statement in time, this side gives up so much later, in milliseconds. */
const GRACE = 1_000

type Bounds = {
  /** In milliseconds. */
  timeout: number
  /** Says so, where it takes longer, and what to do. */
  tooLong: string
  /** More settings of its transaction, as SQL. */
  settings?: string
  /** Stops it. */
  left?: AbortSignal | undefined
}

/** Runs a statement; of one that has a name, PostgreSQL remembers under it how it is done. */
export type Ask = <Row extends object>(statement: Prisma.Sql, name?: string) => Promise<Row[]>

/**
 * Runs a statement that reads, for no longer than anybody should wait.
 * @throws AppError "unavailable" for one that takes too long.
 */
export const queryWithin = <Row extends object>(statement: Prisma.Sql, bounds: Bounds, name?: string): Promise<Row[]> =>
  readWithin(bounds, (ask) => ask<Row>(statement, name))

/**
 * Runs statements that read, one after the other, each for no longer than anybody should wait. `read` asks for no other
 * connection: who waits for one while holding one may wait for ever.
 * @throws AppError "unavailable" for one that takes too long.
 */
export async function readWithin<Result>(
  { timeout, tooLong, settings = '', left }: Bounds,
  read: (ask: Ask) => Promise<Result>,
): Promise<Result> {
  left?.throwIfAborted()
  const client = await pool().connect()
  const stopCancelling = cancelOnAbort(client, databaseUrl(), left)
  // Sent together with the first statement, which fails where this does.
  const begun = client.query(`BEGIN READ ONLY; SET LOCAL statement_timeout = ${timeout}; ${MODEST}; ${settings}`)
  begun.catch(() => {})
  let end = 'COMMIT'
  try {
    const result = await read(async <Row extends object>({ text, values }: Prisma.Sql, name?: string) => {
      const config = { text, values, query_timeout: timeout + GRACE, ...(name && { name }) }
      return (await client.query<Row>(config)).rows
    })
    await begun
    return result
  } catch (error) {
    end = 'ROLLBACK'
    if (isCanceled(error)) throw new AppError('unavailable', tooLong, { cause: error })
    throw error
  } finally {
    stopCancelling()
    // Nobody waits for it. Being asked to stop may reach the connection later than this: it must not be somebody else's then.
    void client.query(end).then(
      () => client.release(left?.aborted),
      (fault: Error) => client.release(fault),
    )
  }
}
