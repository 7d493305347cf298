import type { ClientBase } from 'pg'
import type { Entity } from './schemas'

/** "ENRF" in ASCII. */
const IDS_LOCK = 0x454e5246

/** Serialises writes of ids, so that a source that learns an id and a source waiting for it cannot miss each other. */
export const lockIds = (client: ClientBase): Promise<unknown> =>
  client.query('SELECT pg_advisory_xact_lock($1)', [IDS_LOCK])

/** An id that a source has learned, and the one that it replaces. */
export type LearnedId = Entity & { source: string; externalId: string | null; oldId: string | null }

/**
 * Requeues other sources' rows that failed without this id or used the old one. A fetch in flight sees the id when its
 * result is written.
 */
export const requeueDependents = (
  client: ClientBase,
  learned: readonly LearnedId[],
  now: Date | undefined,
): Promise<unknown> =>
  client.query(
    `UPDATE enrichment SET due_at = $5, attempts = 0
     FROM unnest($1::enriched_kind[], $2::int[], $3::text[], $4::text[], $6::text[])
       AS learned (kind, id, source, old_id, new_id)
     WHERE enrichment.kind = learned.kind AND entity_id = learned.id AND enrichment.source <> learned.source
       AND due_at IS NULL
       AND (state IN ('missing', 'failed') AND data IS NULL AND candidates IS NULL AND external_id IS DISTINCT FROM new_id
         OR external_id = old_id)`,
    [
      learned.map(({ kind }) => kind),
      learned.map(({ id }) => id),
      learned.map(({ source }) => source),
      learned.map(({ oldId }) => oldId),
      now,
      learned.map(({ externalId }) => externalId),
    ],
  )
