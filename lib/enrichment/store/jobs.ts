import pg from 'pg'
import { catchUp } from '@/lib/cache/changes/read'
import { type EnrichedKind, enrichedKinds } from '@/lib/catalogue/kinds'
import { pool } from '@/lib/db/pool'
import { inTransaction } from '@/lib/db/transaction'
import { type LearnedId, lockIds, requeueDependents } from '@/lib/enrichment/learned-ids'
import { type Candidate, type Entity, type Facts, storable, textOrNull } from '@/lib/enrichment/schemas'
import { type AgeFilter, HAS_ID } from './read'

/**
 * A row of `enrichment` holds a source's data of an entity and is also its job: queued while it has a `due_at`, claimed
 * while it is locked. There is no queue library because the current ones for PostgreSQL need Node.js 22.
 * Time is an argument everywhere; processes that share a database need synchronised clocks.
 */

/** Attempts before a job fails, until it is queued again. */
export const MAX_ATTEMPTS = 5

/**
 * A lock lasts longer than a job and the batch of its result (lib/enrichment/work), so that nothing is fetched twice at
 * once. Jobs of killed workers are freed sooner (lib/enrichment/workers); the timeout covers machines that are gone without
 * PostgreSQL noticing.
 */
export const LOCK_MS = 10 * 60_000

/** Queues entities that are not fresh or queued. @returns the number of new jobs. */
export async function queue(entities: Entity[], sources: readonly string[], now: Date): Promise<number> {
  if (entities.length === 0 || sources.length === 0) return 0
  // Fresh and queued rows are not written. Sorting prevents deadlocks of processes that queue the same.
  const { rowCount } = await pool().query(
    `INSERT INTO enrichment AS known (kind, entity_id, source, due_at)
     SELECT kind, id, source, $4
     FROM unnest($1::enriched_kind[], $2::int[]) AS entity (kind, id) CROSS JOIN unnest($3::text[]) AS source
     WHERE CASE kind WHEN 'artist' THEN EXISTS (SELECT FROM artist WHERE artist.id = entity.id)
         ELSE EXISTS (SELECT FROM album WHERE album.id = entity.id) END
       AND NOT EXISTS (
       SELECT FROM enrichment AS known
       WHERE known.kind = entity.kind AND known.entity_id = entity.id AND known.source = source.source
         AND (known.due_at IS NOT NULL OR known.fresh_until > $4))
     GROUP BY kind, id, source
     ORDER BY kind, id, source
     ON CONFLICT (kind, entity_id, source) DO UPDATE SET due_at = excluded.due_at, attempts = 0
     WHERE known.due_at IS NULL AND (known.fresh_until IS NULL OR known.fresh_until <= excluded.due_at)`,
    [entities.map(({ kind }) => kind), entities.map(({ id }) => id), sources, now],
  )
  return rowCount ?? 0
}

const tables: Record<EnrichedKind, string> = { artist: 'artist', album: 'album' }

export type Overdue = {
  kind: EnrichedKind
  source: string
  /** Rows of this age are queued, and entities without a row. */
  age: AgeFilter
  limit: number
}

/**
 * Queues overdue entities: first those never fetched, most popular first; then the oldest.
 * @returns the number of new jobs.
 */
export async function queueOverdue({ kind, source, age, limit }: Overdue, now: Date): Promise<number> {
  const table = tables[kind]
  const values = [kind, source, limit, now]
  const { rowCount: added } = await pool().query(
    `INSERT INTO enrichment (kind, entity_id, source, due_at)
     SELECT $1, id, $2, $4 FROM ${table}
     WHERE NOT EXISTS (
       SELECT FROM enrichment WHERE kind = $1::enriched_kind AND entity_id = ${table}.id AND source = $2)
     ORDER BY popularity DESC, id DESC LIMIT $3
     ON CONFLICT DO NOTHING`,
    values,
  )
  const { rowCount: renewed } = await pool().query(
    `UPDATE enrichment SET due_at = $4, attempts = 0
     WHERE (kind, entity_id, source) IN (
       SELECT kind, entity_id, source FROM enrichment
       WHERE kind = $1::enriched_kind AND source = $2 AND ${age.by} < $5 AND due_at IS NULL
       ORDER BY ${age.by} LIMIT $3 FOR UPDATE SKIP LOCKED)`,
    [kind, source, limit - (added ?? 0), now, age.before],
  )
  return (added ?? 0) + (renewed ?? 0)
}

/** A claimed job. */
export type Job = Entity & {
  source: string
  /** This attempt included. */
  attempts: number
  etag: string | null
  externalId: string | null
  confidence: number | null
  refused: string[]
  /** The error of the last attempt. */
  error: string | null
}

/** Filters due jobs. */
export type JobFilter = {
  kinds: readonly EnrichedKind[]
  /** Settled before this time, or never; null for any. */
  settledBefore: Date | null
  /** Queued since this time; null for any. */
  queuedSince: Date | null
}

const ANY: JobFilter = { kinds: enrichedKinds, settledBefore: null, queuedSince: null }

/** Claims the job of a source that has been due for longest. */
export async function claim(source: string, worker: string, now: Date, which = ANY): Promise<Job | null> {
  const { rows } = await pool().query<Job>(
    `UPDATE enrichment SET locked_until = $3::timestamptz + $4 * interval '1 ms', locked_by = $2, attempts = attempts + 1
     WHERE (kind, entity_id, source) = (
       SELECT kind, entity_id, source FROM enrichment
       WHERE source = $1 AND due_at <= $3 AND (locked_until IS NULL OR locked_until <= $3) AND kind = ANY($5::enriched_kind[])
         AND ($6::timestamptz IS NULL OR settled_at IS NULL OR settled_at < $6)
         AND ($7::timestamptz IS NULL OR due_at >= $7)
       ORDER BY due_at, kind, entity_id LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING kind, entity_id AS id, source, attempts, etag, external_id AS "externalId", confidence, refused, error`,
    [source, worker, now, LOCK_MS, which.kinds, which.settledBefore, which.queuedSince],
  )
  return rows[0] ?? null
}

/** `isOther` if the stored data belongs to another entity: then it is deleted. */
type WrongMatch = { isOther?: boolean }

/** How an attempt ended. */
export type JobOutcome =
  | { outcome: 'found'; data: Facts; externalId: string; confidence: number; etag: string | null }
  /** The stored data is still valid. */
  | { outcome: 'unchanged' }
  /** The source doesn't have it; `externalId` if it was looked up by one. */
  | ({
      outcome: 'unknown'
      error: string
      externalId: string | null
      candidates: readonly Candidate[]
      /** The source whose id was missing for the lookup. */
      needs?: string
    } & WrongMatch)
  | ({ outcome: 'failed'; error: string } & WrongMatch)
  /** To be retried; `isCounted` unless the source itself fails. */
  | { outcome: 'later'; error: string; dueAt: Date; isCounted: boolean }
  /** The entity was deleted, and its row with it. */
  | { outcome: 'gone' }

export type Result = JobOutcome & { kind: EnrichedKind; id: number; source: string; at: Date }

/**
 * Writes results in one transaction; results of jobs that this worker no longer holds are left out. A result that the
 * database refuses fails alone. Caches are invalidated if visible data has changed, and other sources' jobs that lacked a
 * new id are queued.
 * @param ttl in seconds: how long a result is fresh.
 */
export async function settle(results: Result[], worker: string, ttl: number): Promise<void> {
  try {
    await settleTogether(results, worker, ttl)
  } catch (error) {
    if (!isOfData(error)) throw error
    if (results.length > 1) for (const result of results) await settle([result], worker, ttl)
    else
      await settleTogether(
        results.map((result) => unstorable(result, error)),
        worker,
        ttl,
      )
  }
}

/** Whether the data caused the error: SQLSTATE classes 22 (data exception) and 23 (constraint violation). */
const isOfData = (error: unknown): error is pg.DatabaseError =>
  error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? '')

const unstorable = ({ kind, id, source, at }: Result, { message }: Error): Result => ({
  ...{ kind, id, source, at },
  outcome: 'failed',
  error: `The response can’t be stored: ${message}.`,
})

async function settleTogether(results: Result[], worker: string, ttl: number): Promise<void> {
  if (results.length === 0) return
  const isChanged = await inTransaction(async (client) => {
    await lockIds(client)
    const { rows } = await client.query<SettledRow>(SETTLE, [resultsJson(results), worker, ttl])
    await requeueDependents(
      client,
      rows.filter(({ hasNewId }) => hasNewId),
      results[0]?.at,
    )
    return rows.some((row) => row.isChanged)
  })
  if (isChanged) await catchUp()
}

/** Makes texts storable. Error messages are shortened too, because they quote responses. */
const resultsJson = (results: Result[]): string =>
  JSON.stringify(
    results.map((result) => ('error' in result ? { ...result, error: textOrNull(result.error) } : result)),
    (_, value: unknown) => (typeof value === 'string' ? storable(value) : value),
  )

type SettledRow = LearnedId & { isChanged: boolean; hasNewId: boolean }

/**
 * Data and id that a source no longer has are kept until it says so again after the TTL, because its first answer may be a
 * mistake. Data of an id that an operator refused is deleted immediately, and refused candidates are dropped.
 */
const SETTLE = `
  WITH given AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS given (
      kind enriched_kind, id int, source text, at timestamptz, outcome text, data jsonb, "externalId" text,
      confidence real, etag text, error text, candidates jsonb, "dueAt" timestamptz, "isCounted" boolean,
      needs text, "isOther" boolean)
  ), held AS (
    SELECT given.*, enrichment.data AS old_data, enrichment.external_id AS old_id, enrichment.state AS old_state,
      enrichment.fetched_at AS old_fetched_at, enrichment.fresh_until AS old_fresh_until,
      outcome = 'unknown' AND enrichment.data IS NOT NULL AND NOT coalesce(enrichment.external_id = ANY (refused), false)
        AND NOT (enrichment.state = 'missing' AND fresh_until <= at) AND "isOther" IS NOT TRUE AS is_kept
    FROM given JOIN enrichment ON enrichment.kind = given.kind AND entity_id = given.id
      AND enrichment.source = given.source AND locked_by = $2
    ORDER BY 1, 2, 3 FOR UPDATE OF enrichment
  )
  UPDATE enrichment SET
    state = CASE outcome WHEN 'found' THEN 'fresh' WHEN 'unchanged' THEN 'fresh' WHEN 'unknown' THEN 'missing'
      WHEN 'failed' THEN 'failed' ELSE state::text END::enrichment_state,
    fetched_at = CASE WHEN outcome IN ('found', 'unchanged', 'unknown') AND NOT is_kept THEN at ELSE fetched_at END,
    settled_at = CASE WHEN outcome = 'later' THEN settled_at ELSE at END,
    fresh_until = CASE WHEN outcome = 'later' THEN fresh_until ELSE at + $3 * interval '1 s' END,
    etag = CASE WHEN outcome IN ('found', 'unknown') AND NOT is_kept THEN held.etag ELSE enrichment.etag END,
    external_id = CASE WHEN outcome IN ('found', 'unknown') AND NOT is_kept THEN held."externalId" ELSE external_id END,
    confidence = CASE WHEN outcome IN ('found', 'unknown') AND NOT is_kept THEN held.confidence
      ELSE enrichment.confidence END,
    candidates = CASE WHEN outcome IN ('found', 'unknown')
      THEN (SELECT jsonb_agg(candidate ORDER BY place)
        FROM jsonb_array_elements(held.candidates) WITH ORDINALITY AS offered (candidate, place)
        WHERE candidate->>'id' <> ALL (refused))
      ELSE enrichment.candidates END,
    data = CASE WHEN outcome IN ('found', 'unknown') AND NOT is_kept THEN held.data ELSE enrichment.data END,
    error = held.error,
    attempts = CASE WHEN outcome <> 'later' THEN 0 WHEN "isCounted" THEN attempts ELSE greatest(attempts - 1, 0) END,
    due_at = CASE
      WHEN outcome = 'later' THEN held."dueAt"
      WHEN EXISTS (SELECT FROM enrichment AS needed WHERE needed.kind = held.kind AND needed.entity_id = held.id
        AND needed.source = needs AND ${HAS_ID}) THEN at
    END,
    locked_until = NULL, locked_by = NULL
  FROM held
  WHERE enrichment.kind = held.kind AND entity_id = held.id AND enrichment.source = held.source
  RETURNING enrichment.kind, entity_id AS id, enrichment.source, external_id AS "externalId",
    CASE WHEN external_id IS DISTINCT FROM old_id THEN old_id END AS "oldId",
    enrichment.data IS DISTINCT FROM old_data OR enrichment.data IS NOT NULL
      AND (state, fetched_at, fresh_until) IS DISTINCT FROM (old_state, old_fetched_at, old_fresh_until) AS "isChanged",
    enrichment.data IS NOT NULL AND (external_id IS DISTINCT FROM old_id OR old_data IS NULL) AS "hasNewId"`

/** Releases unfinished jobs for other workers; they don't count as attempts. */
export async function releaseJobs(worker: string): Promise<void> {
  await pool().query(
    'UPDATE enrichment SET locked_until = NULL, locked_by = NULL, attempts = greatest(attempts - 1, 0) WHERE locked_by = $1 AND due_at IS NOT NULL',
    [worker],
  )
}
