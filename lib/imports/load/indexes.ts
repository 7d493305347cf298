import pg, { type ClientBase } from 'pg'
import { catalogueTables } from '@/lib/catalogue/rebuild'

/**
 * An index that is built over a full table takes a quarter of the time of one that every row is put into. Readers must
 * not wait, so only an empty catalogue, which nobody looks things up in, goes without its indexes while its first import
 * runs. They go before the import's transaction, table by table, and are built in it, where nobody waits for them; the
 * table `suspended_index` holds what is missing, whatever ends the import.
 */

/** Fewer rows than this go into the indexes as fast. */
const MANY = 20_000

/** How long readers of a table may have to wait for us to wait for other readers of it. */
const PATIENCE_MS = 200
const LOCK_NOT_AVAILABLE = '55P03'

/** Takes the indexes away where the catalogue is empty and much is staged; what must be unique is so throughout. */
export async function suspendIndexes(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ worthwhile: boolean }>(
    `SELECT NOT EXISTS (
         SELECT FROM artist UNION ALL SELECT FROM album UNION ALL SELECT FROM song UNION ALL SELECT FROM playlist)
       AND (SELECT count(*) FROM in_song) > ${MANY} AS worthwhile`,
  )
  if (rows[0]?.worthwhile) for (const table of catalogueTables) await suspendIndexesOf(client, table)
}

/** One table a transaction: who holds a lock on one and waits for another may meet a reader who does the reverse. */
async function suspendIndexesOf(client: ClientBase, table: string): Promise<void> {
  await client.query(`BEGIN; SET LOCAL lock_timeout = ${PATIENCE_MS}`)
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

/** Builds the indexes that are missing, if any are. Belongs into a transaction. */
export async function resumeIndexes(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ definition: string }>('DELETE FROM suspended_index RETURNING definition')
  for (const { definition } of rows) await client.query(definition)
}

/** Builds what an import that did not get to its end has left missing: at once, for its tables are as empty as before. */
export async function restoreIndexes(client: ClientBase): Promise<void> {
  await client.query('BEGIN')
  await resumeIndexes(client)
  await client.query('COMMIT')
}
