import type { ClientBase } from 'pg'
import type { Entity, Session } from './session'
import { run } from './session'

/** An error in a row, printed as "albums.ndjson, line 3: title must not be blank." */
export type RowFault = { file: number; line: number; entity: Entity | null; field: string; expected: string }

/** Thrown for the first invalid row, unless invalid rows are skipped. */
export class RowError extends Error {
  constructor(readonly fault: RowFault) {
    super(`line ${fault.line}: ${fault.field} ${fault.expected}`)
    this.name = 'RowError'
  }
}

/** Everything from a rejected row is dropped, except for artists and albums that other rows share. */
const drops = [
  ...(['in_song', 'in_place', 'in_entry', 'in_redirect'] as const).map((table) => ({ table, when: 'true' })),
  ...(['in_artist', 'in_album', 'in_playlist'] as const).map((table) => ({ table, when: 'NOT part.shared' })),
].map(
  ({ table, when }) =>
    `DELETE FROM ${table} AS part USING in_fault AS fault
     WHERE fault.file = part.file AND fault.line = part.line AND ${when}`,
)
/** If a shared thing itself is invalid, it is dropped, and rows that refer to it are rejected. */
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

export type RejectedRow = { file: string; line: number; field: string; expected: string; row: unknown }

const BATCH = 1_000

/** The rejected rows in file order, each with its first error. */
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
