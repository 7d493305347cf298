import { randomUUID } from 'node:crypto'
import type { PoolClient } from 'pg'
import { pool } from '@/lib/db/pool'

/**
 * Who works is told by a session of PostgreSQL, which ends with its process, however that ends: each worker holds an
 * advisory lock of its own on one. What a worker held whose lock is free is anybody's at once.
 */

/** "ENRI" in ASCII: names the advisory locks of workers among those of other applications in the database. */
const LOCK_SPACE = 0x454e5249

/**
 * Works under a name that others know to be alive until it is done, or its process has ended.
 * @param work ends when its signal comes: the session is lost, and others may take what it does.
 * @throws what the work throws; Error where the session was lost.
 */
export async function asWorker<Result>(work: (worker: string, lost: AbortSignal) => Promise<Result>): Promise<Result> {
  const worker = randomUUID()
  const lost = new AbortController()
  const session = await pool().connect()
  const onEnd = () => lost.abort(new Error('The connection that says that this worker is alive was lost.'))
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

/** A session that can't let go of the lock is closed, which does. */
const leave = (session: PoolClient, worker: string): Promise<void> =>
  session.query('SELECT pg_advisory_unlock($1, hashtext($2))', [LOCK_SPACE, worker]).then(
    () => session.release(),
    () => session.release(true),
  )

/**
 * Frees the jobs of a source that workers held who are no more. They were attempts: one of them may be what killed its
 * worker.
 */
export async function freeJobsOfTheDead(source: string): Promise<void> {
  // Who is dead is settled first: a row that changes hands meanwhile is somebody's who is alive.
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
