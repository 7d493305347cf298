import type { ClientBase } from 'pg'
import type { Entity } from './shapes'

/** What one source learns, others may have waited for. */

/** "ENRF" in ASCII. */
const FLOOR = 0x454e5246

/**
 * What is written of ids is written one after the other: who learns one must see who lacks it, and who lacks one must see
 * who has learned it.
 */
export const takeFloor = (client: ClientBase): Promise<unknown> =>
  client.query('SELECT pg_advisory_xact_lock($1)', [FLOOR])

/** A source that knows something by an id that it did not know it by. */
export type Learned = Entity & { source: string; externalId: string | null; oldId: string | null }

/**
 * Queues for other sources what they found nothing of by another id or by none, and what they asked for by the one that
 * it was held for before. Who is asking meanwhile sees the id when what came of it is written.
 */
export const wake = (client: ClientBase, learned: readonly Learned[], now: Date | undefined): Promise<unknown> =>
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
