import { pool } from '@/lib/db/pool'

/**
 * The rate limit of a source, shared by all processes on the database: a row holds the time of the next request, and a
 * process that advances it may send one. The row is also the source's circuit breaker: after several failures requests
 * pause for a while, then one probes.
 */

/** Failures in a row that open the circuit breaker. */
export const BREAKS_AFTER = 5
/** How long the circuit breaker stays open before each probe. */
export const LEFT_ALONE_MS = 60_000

export type Turn =
  /** `isProbe` for the request that tests whether the source has recovered. */
  | { isMine: true; isProbe: boolean }
  /** Retry at `at`. `isOpen` if the circuit breaker is open. */
  | { isMine: false; at: Date; isOpen: boolean }

/**
 * Claims the turn to send one request to a source.
 * @param interval between requests, in ms.
 * @param goesOn whether it follows a redirect: it is part of a request that was admitted already, so an open circuit
 * breaker does not stop it.
 */
export async function takeTurn(source: string, interval: number, now: Date, goesOn = false): Promise<Turn> {
  const { rows } = await pool().query<{ isProbe: boolean }>(
    `UPDATE enrichment_source SET next_at = $2::timestamptz + $3 * interval '1 ms',
       opened_until = CASE WHEN $6 THEN opened_until WHEN failures >= $4 THEN $2::timestamptz + $5 * interval '1 ms' END
     WHERE name = $1 AND (next_at IS NULL OR next_at <= $2) AND ($6 OR opened_until IS NULL OR opened_until <= $2)
     RETURNING failures >= $4 AS "isProbe"`,
    [source, now, interval, BREAKS_AFTER, LEFT_ALONE_MS, goesOn],
  )
  if (rows[0]) return { isMine: true, isProbe: rows[0].isProbe }
  await pool().query('INSERT INTO enrichment_source (name) VALUES ($1) ON CONFLICT DO NOTHING', [source])
  const waiting = await pool().query<{ at: Date | null; isOpen: boolean }>(
    `SELECT greatest(next_at, opened) AS at, coalesce(opened > $2, false) AS "isOpen"
     FROM enrichment_source, LATERAL (SELECT CASE WHEN NOT $3 THEN opened_until END AS opened) AS breaker WHERE name = $1`,
    [source, now, goesOn],
  )
  return { isMine: false, at: waiting.rows[0]?.at ?? now, isOpen: waiting.rows[0]?.isOpen ?? false }
}

/** Resets the failures after any response. Writes nothing if there were none. */
export async function reportWell(source: string): Promise<void> {
  await pool().query(
    'UPDATE enrichment_source SET failures = 0, opened_until = NULL WHERE name = $1 AND failures > 0',
    [source],
  )
}

/** Counts a failure. @param notBefore the time of its Retry-After header. */
export async function reportFailure(source: string, now: Date, notBefore: Date | null): Promise<void> {
  await pool().query(
    `INSERT INTO enrichment_source AS known (name, failures, next_at) VALUES ($1, 1, $3)
     ON CONFLICT (name) DO UPDATE SET failures = known.failures + 1, next_at = greatest(known.next_at, $3),
       opened_until = CASE WHEN known.failures + 1 >= $4 THEN $2::timestamptz + $5 * interval '1 ms'
         ELSE known.opened_until END`,
    [source, now, notBefore, BREAKS_AFTER, LEFT_ALONE_MS],
  )
}
