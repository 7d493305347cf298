import pg, { type ClientBase } from 'pg'
import { catalogueTables } from '@/lib/catalogue/rebuild'

/**
 * Building an index on a full table takes a quarter of the time of inserting row by row. So the first import into an empty
 * catalogue drops the indexes before its transaction, table by table, and builds them in it, where no reader waits for
 * them. `suspended_index` lists the missing ones, so that a failed import can be repaired.
 */

/** Below this number of rows, inserting row by row is as fast. */
const MANY = 20_000

/** Lock timeout, in ms. While an import waits for a table's lock, new readers wait behind it. */
const LOCK_TIMEOUT_MS = 200
const LOCK_NOT_AVAILABLE = '55P03'

/** Drops the indexes, except for unique ones, if the catalogue is empty and many rows are staged. */
export async function suspendIndexes(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ worthwhile: boolean }>(
    `SELECT NOT EXISTS (
         SELECT FROM artist UNION ALL SELECT FROM album UNION ALL SELECT FROM song UNION ALL SELECT FROM playlist)
       AND (SELECT count(*) FROM in_song) > ${MANY} AS worthwhile`,
  )
  if (rows[0]?.worthwhile) for (const table of catalogueTables) await suspendIndexesOf(client, table)
}

/** One transaction per table, because holding locks on several could deadlock with a reader. */
async function suspendIndexesOf(client: ClientBase, table: string): Promise<void> {
  await client.query(`BEGIN; SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`)
  try {
    const { rows } = await client.query<{ name: string }>(
      `INSERT INTO suspended_index (name, definition)
       SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
       FROM pg_index
       WHERE indrelid = $1::regclass AND NOT indisunique
       RETURNING name`,
      [table],
    )
    if (rows.length > 0) await client.query(`DROP INDEX ${rows.map(({ name }) => name).join(', ')}`)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    if (!(error instanceof pg.DatabaseError && error.code === LOCK_NOT_AVAILABLE)) throw error
  }
}

/** Builds the missing indexes, within the caller's transaction. */
export async function resumeIndexes(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ definition: string }>('DELETE FROM suspended_index RETURNING definition')
  for (const { definition } of rows) await client.query(definition)
}

/** Builds the indexes that a failed import left missing. That is fast, because its tables are still empty. */
export async function restoreIndexes(client: ClientBase): Promise<void> {
  await client.query('BEGIN')
  await resumeIndexes(client)
  await client.query('COMMIT')
}
