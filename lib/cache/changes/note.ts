import type { ClientBase } from 'pg'
import { EVERYTHING, type SingleKind } from '@/lib/cache/dependencies/names'

/**
 * Writes of the change log. Triggers note the changes of the catalogue's tables; only what they can't know is noted by code.
 */

/** Notes that the transaction of `client` changes something that no trigger notices. */
export async function noteChange(client: Pick<ClientBase, 'query'>, name: SingleKind): Promise<void> {
  await client.query('SELECT note_changes($1)', [[name]])
}

/** The triggers that note changes, by table. Only a table's owner may suspend its triggers; others note each row. */
const TRIGGERS = `
  SELECT tgrelid::regclass::text AS "table", tgname AS name FROM pg_trigger
  JOIN pg_class ON pg_class.oid = tgrelid
  WHERE relnamespace = current_schema()::regnamespace AND tgname LIKE 'note\\_%' AND relname <> 'enrichment'
    AND pg_has_role(relowner, 'USAGE')`

/**
 * Notes a change of everything, and suspends the triggers that would note each row until `resumeNotes`. For writes of
 * thousands of rows, in the transaction of `beginLargeWrite`. A rollback resumes the triggers too.
 */
export async function noteEverything(client: Pick<ClientBase, 'query'>): Promise<void> {
  await client.query('SELECT note_changes($1)', [[EVERYTHING]])
  await switchTriggers(client, 'DISABLE')
}

export const resumeNotes = (client: Pick<ClientBase, 'query'>): Promise<void> => switchTriggers(client, 'ENABLE')

async function switchTriggers(client: Pick<ClientBase, 'query'>, action: 'ENABLE' | 'DISABLE'): Promise<void> {
  const { rows } = await client.query<{ table: string; name: string }>(TRIGGERS)
  for (const { table, name } of rows) await client.query(`ALTER TABLE ${table} ${action} TRIGGER ${name}`)
}
