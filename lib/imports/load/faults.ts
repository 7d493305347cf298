import type { ClientBase } from 'pg'
import type { Entity, Session } from './session'
import { run } from './session'

/** What was wrong with a row. It reads as a sentence: "albums.ndjson, line 3: title must not be blank." */
export type RowFault = { file: number; line: number; entity: Entity | null; field: string; expected: string }

/** A row that stops an import. */
export class RowError extends Error {
  constructor(readonly fault: RowFault) {
    super(`line ${fault.line}: ${fault.field} ${fault.expected}`)
    this.name = 'RowError'
  }
}

/** What a row is about goes with it; artists and albums that other rows name as well stay. */
const drops = [
  ...(['in_song', 'in_place', 'in_entry', 'in_redirect'] as const).map((table) => ({ table, when: 'true' })),
  ...(['in_artist', 'in_album', 'in_playlist'] as const).map((table) => ({ table, when: 'NOT part.shared' })),
].map(
  ({ table, when }) =>
    `DELETE FROM ${table} AS part USING in_fault AS fault
     WHERE fault.file = part.file AND fault.line = part.line AND ${when}`,
)
/** Unless they are what is wrong: then every row that names them is rejected for it. */
const dropsOfShared = (['artist', 'album'] as const).map(
  (entity) =>
    `DELETE FROM in_${entity} AS part USING in_fault AS fault
     WHERE fault.entity = '${entity}' AND fault.key = part.key AND part.shared`,
)

/**
 * Rejects the rows that `select` finds: a SELECT of file, line, entity, key, field, expected.
 * @throws the first as a RowError, unless invalid rows are skipped; then everything that came from them is dropped.
 */
export async function reject(session: Session, select: string): Promise<void> {
  const { rowCount } = await run(session, `INSERT INTO in_fault ${select}`)
  if (!rowCount) return
  if (!session.skipInvalid) {
    const { rows } = await run<RowFault>(session, 'SELECT * FROM in_fault ORDER BY file, line LIMIT 1')
    if (rows[0]) throw new RowError(rows[0])
  }
  for (const drop of [...drops, ...dropsOfShared]) await run(session, drop)
}

/** A row that was left out, and why. */
export type RejectedRow = { file: string; line: number; field: string; expected: string; row: unknown }

const BATCH = 1_000

/** The rows that were left out, each once with its first fault, in the order of the files. */
export async function* readRejected(client: ClientBase, files: string[]): AsyncGenerator<RejectedRow[]> {
  await client.query(
    `DECLARE rejected CURSOR FOR
     SELECT fault.*, text::json AS row
     FROM (SELECT DISTINCT ON (file, line) file, line, field, expected FROM in_fault ORDER BY file, line) AS fault
     LEFT JOIN in_row USING (file, line) ORDER BY file, line`,
  )
  for (;;) {
    const { rows } = await client.query<{ file: number } & Omit<RejectedRow, 'file'>>(`FETCH ${BATCH} FROM rejected`)
    if (rows.length === 0) return
    yield rows.map(({ file, ...row }) => ({ file: files[file] ?? '', ...row }))
  }
}
