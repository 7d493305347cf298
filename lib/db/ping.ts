import { pool } from './pool'

/** @throws if the database does not answer. */
export async function ping(): Promise<void> {
  await pool().query('SELECT 1')
}
