import type { ClientBase } from 'pg'
import type { RowCounts, RowNotes } from './rows'

/** A run is written when it starts, and updated in the transaction of its import. */

export type ImportResult = {
  artists: Changes
  genres: Pick<Changes, 'created'>
  songs: Changes
  albums: Changes
  playlists: Changes
}
type Changes = { created: number; updated: number }

export type StartedRun = { format: string; files: string[] }

/** Marks runs whose process was killed. The caller holds the catalogue's lock, so no run is active. */
export const closeInterruptedRuns = (client: ClientBase) =>
  client.query(
    `UPDATE import_run SET status = 'failed', finished_at = now(), error = 'Its process ended in the middle.'
     WHERE status = 'running'`,
  )

/** The source is not known yet: it may be in the file's header. @returns the run's id. */
export async function startRun(client: ClientBase, { format, files }: StartedRun): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO import_run (format, source, files) VALUES ($1, '', $2) RETURNING id`,
    [format, files],
  )
  return rows[0]?.id ?? 0
}

type Finished = { rows: RowCounts; notes: RowNotes; result: ImportResult }

export const finishRun = (client: ClientBase, id: number, source: string, { rows, notes, result }: Finished) =>
  client.query(
    `UPDATE import_run
     SET status = 'succeeded', finished_at = clock_timestamp(), source = $2, rows_read = $3, rows_created = $4,
       rows_updated = $5, rows_unchanged = $6, rows_merged = $7, rows_skipped = $8, notes = $9, result = $10
     WHERE id = $1`,
    [
      id,
      source,
      rows.read,
      rows.created,
      rows.updated,
      rows.unchanged,
      rows.merged,
      rows.rejected,
      JSON.stringify(notes),
      JSON.stringify(result),
    ],
  )

export const failRun = (client: ClientBase, id: number, rowsRead: number, error: string) =>
  client.query(
    `UPDATE import_run SET status = 'failed', finished_at = clock_timestamp(), rows_read = $2, error = $3 WHERE id = $1`,
    [id, rowsRead, error],
  )
