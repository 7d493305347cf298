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

/** What comes from rows, and goes with them. */
const tables = ['in_artist', 'in_song', 'in_album', 'in_playlist', 'in_place', 'in_entry', 'in_redirect']

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
  for (const table of tables)
    await run(
      session,
      `DELETE FROM ${table} AS part USING in_fault AS fault
       WHERE fault.file = part.file AND fault.line = part.line
       ${table === 'in_redirect' || table === 'in_place' || table === 'in_entry' ? '' : 'AND NOT part.shared'}`,
    )
}

/** A row that was left out, and why. */
export type RejectedRow = { file: string; line: number; field: string; expected: string; row: unknown }

const BATCH = 1_000

/** The rows that were left out, each once with its first fault, in the order of the files. */
export async function readRejected(client: ClientBase, files: string[]) {
  const select = 'SELECT DISTINCT ON (file, line) file, line, field, expected FROM in_fault ORDER BY file, line'
  const { rows } = await client.query<{ count: number }>(`SELECT count(*)::int AS count FROM (${select}) AS fault`)
  return { count: rows[0]?.count ?? 0, rows: read() }

  async function* read(): AsyncGenerator<RejectedRow[]> {
    await client.query(`DECLARE rejected CURSOR FOR
      SELECT fault.*, text::json AS row FROM (${select}) AS fault LEFT JOIN in_row USING (file, line) ORDER BY file, line`)
    for (;;) {
      const { rows } = await client.query<{ file: number } & Omit<RejectedRow, 'file'>>(`FETCH ${BATCH} FROM rejected`)
      if (rows.length === 0) return
      yield rows.map(({ file, ...row }) => ({ file: files[file] ?? '', ...row }))
    }
  }
}
