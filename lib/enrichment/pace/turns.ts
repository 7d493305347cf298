import { pool } from '@/lib/db/pool'

/**
 * How often a source is asked, by all processes on the database together: a row says when the next request may go out,
 * and whoever moves it on may send one. It holds the source's circuit breaker too: after failures in a row nobody asks
 * for a while, then one does, to see.
 */

/** Failures in a row after which a source is left alone. */
export const BREAKS_AFTER = 5
/** For how long; then one request is let through, and so on. */
export const LEFT_ALONE_MS = 60_000

export type Turn =
  /** `isProbe` where it is the one that sees whether the source is back. */
  | { isMine: true; isProbe: boolean }
  /** To be tried again at `at`. @see Standing.isOpen */
  | { isMine: false; at: Date; isOpen: boolean }

/**
 * Takes the turn to send one request to a source, if it is there.
 * @param interval between requests, in ms.
 * @param goesOn whether a redirect led to it: it is a part of a request that the source is being asked already, also where
 * the source is left alone.
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

/** A source that answers, whatever it says, is well. Writes nothing where that was known. */
export async function reportWell(source: string): Promise<void> {
  await pool().query(
    'UPDATE enrichment_source SET failures = 0, opened_until = NULL WHERE name = $1 AND failures > 0',
    [source],
  )
}

/** Counts a failure. @param notBefore when it asked to be asked again. */
export async function reportFailure(source: string, now: Date, notBefore: Date | null): Promise<void> {
  await pool().query(
    `INSERT INTO enrichment_source AS known (name, failures, next_at) VALUES ($1, 1, $3)
     ON CONFLICT (name) DO UPDATE SET failures = known.failures + 1, next_at = greatest(known.next_at, $3),
       opened_until = CASE WHEN known.failures + 1 >= $4 THEN $2::timestamptz + $5 * interval '1 ms'
         ELSE known.opened_until END`,
    [source, now, notBefore, BREAKS_AFTER, LEFT_ALONE_MS],
  )
}
