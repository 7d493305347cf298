import pg from 'pg'
import { forget, forgetHere, type Tag } from '@/lib/cache/forget'
import { type EnrichedKind, enrichedKinds } from '@/lib/catalogue/kinds'
import { pool } from '@/lib/db/pool'
import { inTransaction } from '@/lib/db/transaction'
import { type Learned, takeFloor, wake } from '@/lib/enrichment/learned-ids'
import { type Candidate, type Entity, type Facts, storable, textOrNull } from '@/lib/enrichment/shapes'
import { type Age, HAS_ID } from './read'

/**
 * A row of `enrichment` is what a source knows of an entity, and its own job: queued while it has a `due_at`, somebody's
 * while its lock lasts. No queue library: the current ones of PostgreSQL need Node.js 22, and this is all there is to it.
 * Time is an argument everywhere. Processes that share a database must agree on it, as NTP has them do.
 */

/** Attempts at a job before it is given up, until somebody wants it again. */
export const MAX_ATTEMPTS = 5

/**
 * A lock lasts longer than a job and the batch that its result waits for (lib/enrichment/work), so that nothing is
 * fetched twice at once. What a worker held that was killed is free sooner (lib/enrichment/workers); this is for those that
 * PostgreSQL does not know to be dead, on a machine that is gone.
 */
export const LOCK_MS = 10 * 60_000

/** Queues what is not fresh, where it isn't queued already. @returns how many jobs there are more. */
export async function queue(entities: Entity[], sources: readonly string[], now: Date): Promise<number> {
  if (entities.length === 0 || sources.length === 0) return 0
  // What is fresh or queued is only read. Sorted, two processes that queue the same never wait for each other in a ring.
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
  /** What is that old is queued, and what was never fetched. */
  age: Age
  /** Jobs at the most. */
  limit: number
}

/**
 * Queues what is overdue: what was never fetched first, best known first; then the oldest.
 * @returns how many jobs there are more.
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

/** A job that is this worker's for as long as its lock lasts. */
export type Job = Entity & {
  source: string
  /** This attempt included. */
  attempts: number
  etag: string | null
  externalId: string | null
  confidence: number | null
  refused: string[]
  /** What came of the last attempt, where that was nothing. */
  error: string | null
}

/** Which of the jobs that are due. */
export type Which = {
  kinds: readonly EnrichedKind[]
  /** Those that were settled longer ago, or never, where it isn't null. */
  settledBefore: Date | null
  /** Those that were queued since, where it isn't null. */
  queuedSince: Date | null
}

const ANY: Which = { kinds: enrichedKinds, settledBefore: null, queuedSince: null }

/** Takes the job of a source that is due for longest, if there is one, for nobody else to take. */
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

/** `isOther` where what was found before is of something else, as is known now: it is not kept. */
type Otherness = { isOther?: boolean }

/** How an attempt ended. */
export type Outcome =
  | { outcome: 'found'; data: Facts; externalId: string; confidence: number; etag: string | null }
  /** What is there is still right. */
  | { outcome: 'unchanged' }
  /** The source doesn't know it; `externalId` where it was asked for one. */
  | ({
      outcome: 'unknown'
      error: string
      externalId: string | null
      candidates: readonly Candidate[]
      /** The source whose id of it was not known when it was asked for. */
      needs?: string
    } & Otherness)
  | ({ outcome: 'failed'; error: string } & Otherness)
  /** To be tried again; `isCounted` unless it is the source that fails, whatever it is asked for. */
  | { outcome: 'later'; error: string; dueAt: Date; isCounted: boolean }
  /** The entity is not there any more, and neither is its row. */
  | { outcome: 'gone' }

export type Result = Outcome & { kind: EnrichedKind; id: number; source: string; at: Date }

/** What caches know a kind as. */
export const tagOf: Record<EnrichedKind, Tag> = { artist: 'artists', album: 'albums' }

/**
 * Writes results together; those of jobs that are no longer this worker's are left out. One that the database can't take,
 * whatever it is, fails alone: no other is lost with it. Tells what is kept of pages and answers where anything is
 * different that they show: of what is known, also when it was fetched. Whoever lacked an id that is known now is asked
 * again.
 * @param ttl in seconds: how long nothing is asked again.
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

/** Whether it is what was to be written that is at fault: SQLSTATE's classes of data that is wrong, and of constraints. */
const isOfData = (error: unknown): error is pg.DatabaseError =>
  error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? '')

const unstorable = ({ kind, id, source, at }: Result, { message }: Error): Result => ({
  ...{ kind, id, source, at },
  outcome: 'failed',
  error: `What came can’t be stored: ${message}.`,
})

async function settleTogether(results: Result[], worker: string, ttl: number): Promise<void> {
  if (results.length === 0) return
  const changed = await inTransaction(async (client) => {
    await takeFloor(client)
    const { rows } = await client.query<Settled>(SETTLE, [given(results), worker, ttl])
    await wake(
      client,
      rows.filter(({ hasNewId }) => hasNewId),
      results[0]?.at,
    )
    const tags = [...new Set(rows.filter(({ isChanged }) => isChanged).map(({ kind }) => tagOf[kind]))]
    if (tags.length > 0) await forget(client, tags)
    return tags
  })
  if (changed.length > 0) forgetHere(changed)
}

/** As the database takes it: words of outside are in messages too, which may be of any length. */
const given = (results: Result[]): string =>
  JSON.stringify(
    results.map((result) => ('error' in result ? { ...result, error: textOrNull(result.error) } : result)),
    (_, value: unknown) => (typeof value === 'string' ? storable(value) : value),
  )

type Settled = Learned & { isChanged: boolean; hasNewId: boolean }

/**
 * What a source knew and doesn't any more is kept until it says so again a time to live later: it may have had a bad day.
 * Its id is kept too, so that it is asked for by that. What an operator said is something else goes at once, and what one
 * refused meanwhile is not offered.
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

/** Lets go of jobs that were begun and not ended, for others to take at once; they were not attempts. */
export async function letGo(worker: string): Promise<void> {
  await pool().query(
    'UPDATE enrichment SET locked_until = NULL, locked_by = NULL, attempts = greatest(attempts - 1, 0) WHERE locked_by = $1 AND due_at IS NOT NULL',
    [worker],
  )
}
