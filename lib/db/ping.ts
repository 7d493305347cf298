import { pool } from './pool'

/** Asks the database for nothing. @throws where it doesn't answer. */
export async function ping(): Promise<void> {
  await pool().query('SELECT 1')
}
