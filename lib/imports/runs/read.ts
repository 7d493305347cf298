import { isCatalogueLocked } from '@/lib/catalogue/rebuild'
import { pool } from '@/lib/db/pool'
import type { RowNotes } from './rows'
import type { ImportResult } from './write'

export type ImportRunView = {
  id: number
  format: string
  source: string
  files: string[]
  /** `interrupted`: the process was killed, and nothing was changed. */
  status: 'running' | 'succeeded' | 'failed' | 'interrupted'
  rowsRead: number
  /** Null for runs of older versions. */
  rowsCreated: number | null
  rowsUpdated: number | null
  rowsUnchanged: number | null
  rowsMerged: number | null
  /** Rejected. */
  rowsSkipped: number
  /** The first merged and rejected rows, with reasons. */
  notes: RowNotes | null
  result: ImportResult | null
  error: string | null
  /** ISO 8601. */
  startedAt: string
  finishedAt: string | null
}

const NEWEST = 50

/** The newest runs, newest first. */
export async function findImportRuns(): Promise<ImportRunView[]> {
  const { rows } = await pool().query<ImportRunView>(
    `SELECT id, format, source, files, status, rows_read AS "rowsRead", rows_created AS "rowsCreated",
       rows_updated AS "rowsUpdated", rows_unchanged AS "rowsUnchanged", rows_merged AS "rowsMerged",
       rows_skipped AS "rowsSkipped", notes, result, error,
       to_json(started_at) AS "startedAt", to_json(finished_at) AS "finishedAt"
     FROM import_run ORDER BY started_at DESC, id DESC LIMIT ${NEWEST}`,
  )
  // Checked after reading, so that a run that ends in between is not shown as interrupted.
  const isAnyRunning = await isCatalogueLocked(pool())
  return rows.map((run) => (run.status === 'running' && !isAnyRunning ? { ...run, status: 'interrupted' } : run))
}
