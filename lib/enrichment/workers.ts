import { randomUUID } from 'node:crypto'
import type { PoolClient } from 'pg'
import { pool } from '@/lib/db/pool'

/**
 * Detects dead workers: each worker holds an advisory lock on a PostgreSQL session, which ends with its process. Jobs of a
 * worker whose lock is free can be claimed by others immediately.
 */

/** "ENRI" in ASCII: separates these advisory locks from those of other applications in the database. */
const LOCK_SPACE = 0x454e5249

/**
 * Runs `work` under a worker id whose lock shows that it is alive.
 * @param work must end when its signal aborts: the session is lost, and others may claim its jobs.
 * @throws what the work throws; Error if the session was lost.
 */
export async function asWorker<Result>(work: (worker: string, lost: AbortSignal) => Promise<Result>): Promise<Result> {
  const worker = randomUUID()
  const lost = new AbortController()
  const session = await pool().connect()
  const onEnd = () => lost.abort(new Error('The connection that holds this worker’s lock was lost.'))
  session.once('end', onEnd)
  try {
    await session.query('SELECT pg_advisory_lock($1, hashtext($2))', [LOCK_SPACE, worker])
    const result = await work(worker, lost.signal)
    lost.signal.throwIfAborted()
    return result
  } finally {
    session.off('end', onEnd)
    await leave(session, worker)
  }
}

/** Unlocks, or closes the session if that fails. */
const leave = (session: PoolClient, worker: string): Promise<void> =>
  session.query('SELECT pg_advisory_unlock($1, hashtext($2))', [LOCK_SPACE, worker]).then(
    () => session.release(),
    () => session.release(true),
  )

/**
 * Frees the jobs of dead workers. They count as attempts, because a job may have killed its worker.
 */
export async function freeJobsOfTheDead(source: string): Promise<void> {
  // Dead workers are found first: a row that is claimed meanwhile belongs to a live one.
  await pool().query(
    `WITH dead AS MATERIALIZED (
       SELECT DISTINCT locked_by AS worker FROM enrichment
       WHERE source = $1 AND due_at IS NOT NULL AND locked_by IS NOT NULL AND NOT EXISTS (
         SELECT FROM pg_locks
         WHERE locktype = 'advisory' AND granted AND classid = $2 AND objid = hashtext(locked_by)::oid AND objsubid = 2
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
     ), freed AS (
       SELECT kind, entity_id, source FROM enrichment JOIN dead ON worker = locked_by
       WHERE source = $1 AND due_at IS NOT NULL ORDER BY 1, 2, 3 FOR UPDATE OF enrichment
     )
     UPDATE enrichment SET locked_until = NULL, locked_by = NULL
     FROM freed WHERE enrichment.kind = freed.kind AND enrichment.entity_id = freed.entity_id AND enrichment.source = freed.source`,
    [source, LOCK_SPACE],
  )
}
