import type pg from 'pg'
import { isCatalogueLocked } from '@/lib/catalogue/rebuild'
import type { RowNotes } from './rows'
import type { ImportResult } from './write'

export type ImportRunView = {
  id: number
  format: string
  source: string
  files: string[]
  /** `interrupted`: its process ended without a word; nothing of it was kept. */
  status: 'running' | 'succeeded' | 'failed' | 'interrupted'
  rowsRead: number
  /** Null for runs of versions that did not count them. */
  rowsCreated: number | null
  rowsUpdated: number | null
  rowsUnchanged: number | null
  rowsMerged: number | null
  /** Rejected. */
  rowsSkipped: number
  /** The first rows that were merged or rejected, and why. */
  notes: RowNotes | null
  result: ImportResult | null
  error: string | null
  /** ISO 8601. */
  startedAt: string
  finishedAt: string | null
}

/** Runs shown at once. */
const NEWEST = 50

/** The newest runs, newest first. */
export async function findImportRuns(pool: pg.Pool): Promise<ImportRunView[]> {
  const { rows } = await pool.query<ImportRunView>(
    `SELECT id, format, source, files, status, rows_read AS "rowsRead", rows_created AS "rowsCreated",
       rows_updated AS "rowsUpdated", rows_unchanged AS "rowsUnchanged", rows_merged AS "rowsMerged",
       rows_skipped AS "rowsSkipped", notes, result, error,
       to_json(started_at) AS "startedAt", to_json(finished_at) AS "finishedAt"
     FROM import_run ORDER BY started_at DESC, id DESC LIMIT ${NEWEST}`,
  )
  // Asked after the runs were read: one that ended in between is told as it ended.
  const isAnyRunning = await isCatalogueLocked(pool)
  return rows.map((run) => (run.status === 'running' && !isAnyRunning ? { ...run, status: 'interrupted' } : run))
}
