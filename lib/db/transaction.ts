import type { PoolClient } from 'pg'
import { pool } from './pool'

/** Runs `work` in a transaction, which is rolled back if it throws. */
export async function inTransaction<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool().connect()
  let broken: unknown
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    // Closing a connection rolls back too.
    await client.query('ROLLBACK').catch((fault: unknown) => {
      broken = fault
    })
    throw error
  } finally {
    client.release(broken !== undefined)
  }
}
