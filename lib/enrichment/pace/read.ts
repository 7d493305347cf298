import { pool } from '@/lib/db/pool'

/** How a source is doing. */
export type Standing = {
  name: string
  failures: number
  /** When it may be asked next. */
  nextAt: Date | null
  /** Until when nobody asks, after failures in a row; one request then says whether it is back. */
  openedUntil: Date | null
}

/** Of sources that were ever asked. */
export async function findStandings(): Promise<Standing[]> {
  const { rows } = await pool().query<Standing>(
    'SELECT name, failures, next_at AS "nextAt", opened_until AS "openedUntil" FROM enrichment_source ORDER BY name',
  )
  return rows
}
