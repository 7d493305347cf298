import type { Prisma } from '@/lib/db/generated/client'
import { pool } from '@/lib/db/pool'
import { cancelOnAbort } from '@/lib/db/session'
import { isCanceled } from '@/lib/db/unavailable'
import { AppError } from '@/lib/errors'

/** The statements of requests run side by side, so each gets one processor; compiling their plans would take too long. */
const SETTINGS = 'SET LOCAL jit = off; SET LOCAL max_parallel_workers_per_gather = 0'
/** How long this process waits after a timeout for PostgreSQL to stop the statement, in ms. */
const GRACE_MS = 1_000

type Bounds = {
  /** In milliseconds. */
  timeout: number
  /** The message of the timeout's error. */
  tooLong: string
  /** More settings for the transaction, as SQL. */
  settings?: string
  /** Stops the statement. */
  left?: AbortSignal | undefined
}

/** Runs a statement. A statement with a name is prepared once per connection. */
export type RunQuery = <Row extends object>(statement: Prisma.Sql, name?: string) => Promise<Row[]>

/**
 * Runs a statement that reads, with a time limit.
 * @throws AppError "unavailable" after the timeout.
 */
export const queryWithin = <Row extends object>(statement: Prisma.Sql, bounds: Bounds, name?: string): Promise<Row[]> =>
  readWithin(bounds, (run) => run<Row>(statement, name))

/**
 * Runs statements that read, one after the other, each with the time limit. `read` must not use another connection: if
 * everybody waited for a second one, nobody would get it.
 * @throws AppError "unavailable" after the timeout.
 */
export async function readWithin<Result>(
  { timeout, tooLong, settings = '', left }: Bounds,
  read: (run: RunQuery) => Promise<Result>,
): Promise<Result> {
  left?.throwIfAborted()
  const client = await pool().connect()
  const stopCancelling = cancelOnAbort(client, left)
  // Sent together with the first statement, which fails if this fails.
  const begun = client.query(`BEGIN READ ONLY; SET LOCAL statement_timeout = ${timeout}; ${SETTINGS}; ${settings}`)
  begun.catch(() => {})
  let end = 'COMMIT'
  try {
    const result = await read(async <Row extends object>({ text, values }: Prisma.Sql, name?: string) => {
      const config = { text, values, query_timeout: timeout + GRACE_MS, ...(name && { name }) }
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
    // The caller does not wait for this. A late cancel request must not hit the next user of the connection.
    void client.query(end).then(
      () => client.release(left?.aborted),
      (fault: Error) => client.release(fault),
    )
  }
}

/** Whether an error is a timeout of `readWithin`, or the database is unavailable. */
export const isTimeout = (error: unknown): boolean => error instanceof AppError && error.code === 'unavailable'
