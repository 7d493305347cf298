import type { ClientBase } from 'pg'

/** The journal of imports: a run is written when it starts, and again in the transaction that it ends with. */

/** What a run made and changed. */
export type ImportResult = {
  artists: Changes
  genres: Pick<Changes, 'created'>
  songs: Changes
  albums: Changes
  playlists: Changes
}
type Changes = { created: number; updated: number }

export type StartedRun = { format: string; files: string[] }

/** Marks runs whose process ended without a word. Only the holder of the catalogue's lock knows that they did. */
export const closeInterruptedRuns = (client: ClientBase) =>
  client.query(
    `UPDATE import_run SET status = 'failed', finished_at = now(), error = 'Its process ended in the middle.'
     WHERE status = 'running'`,
  )

/** What the run's source is shows when its files are read. @returns the run's id. */
export async function startRun(client: ClientBase, { format, files }: StartedRun): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO import_run (format, source, files) VALUES ($1, '', $2) RETURNING id`,
    [format, files],
  )
  return rows[0]?.id ?? 0
}

export type RowCounts = { read: number; skipped: number }

export const finishRun = (client: ClientBase, id: number, source: string, rows: RowCounts, result: ImportResult) =>
  client.query(
    `UPDATE import_run
     SET status = 'succeeded', finished_at = clock_timestamp(), source = $2, rows_read = $3, rows_skipped = $4, result = $5
     WHERE id = $1`,
    [id, source, rows.read, rows.skipped, JSON.stringify(result)],
  )

export const failRun = (client: ClientBase, id: number, rowsRead: number, error: string) =>
  client.query(
    `UPDATE import_run SET status = 'failed', finished_at = clock_timestamp(), rows_read = $2, error = $3 WHERE id = $1`,
    [id, rowsRead, error],
  )
