import { pool } from '@/lib/db/pool'

/** The state of a source's rate limit and circuit breaker. */
export type SourceHealth = {
  name: string
  failures: number
  /** The time of the next request. */
  nextAt: Date | null
  /** The end of the pause after failures in a row; then one request probes. */
  openedUntil: Date | null
}

/** The sources that were ever used. */
export async function findSourceHealth(): Promise<SourceHealth[]> {
  const { rows } = await pool().query<SourceHealth>(
    'SELECT name, failures, next_at AS "nextAt", opened_until AS "openedUntil" FROM enrichment_source ORDER BY name',
  )
  return rows
}
