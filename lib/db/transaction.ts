import type { PoolClient } from 'pg'
import { pool } from './pool'

/** Does `work` in one transaction: all of it, or nothing where it throws. */
export async function inTransaction<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool().connect()
  let broken: unknown
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    // A connection that can't even roll back is closed, which does.
    await client.query('ROLLBACK').catch((fault: unknown) => {
      broken = fault
    })
    throw error
  } finally {
    client.release(broken !== undefined)
  }
}
