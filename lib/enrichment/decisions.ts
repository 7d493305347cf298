import { catchUp } from '@/lib/cache/changes/read'
import { pool } from '@/lib/db/pool'
import { inTransaction } from '@/lib/db/transaction'
import { lockIds, requeueDependents } from './learned-ids'
import type { Entity } from './schemas'

/**
 * Sets an entity's id at a source, as an operator decided, and queues a fetch by it. Other sources' rows that used the old
 * id or lacked one are queued too. Data of the old id is deleted.
 * @returns whether the entity has a row.
 */
export async function choose(entity: Entity, source: string, externalId: string, now: Date): Promise<boolean> {
  const values = [entity.kind, entity.id, source]
  const isKnown = await inTransaction(async (client) => {
    await lockIds(client)
    const { rows } = await client.query<{ oldId: string | null }>(
      `SELECT external_id AS "oldId" FROM enrichment
       WHERE kind = $1 AND entity_id = $2 AND source = $3 FOR UPDATE`,
      values,
    )
    const [before] = rows
    if (!before) return false
    await client.query(
      `UPDATE enrichment SET external_id = $4, confidence = 1, etag = NULL, candidates = NULL, due_at = $5, attempts = 0,
         data = CASE WHEN external_id = $4 THEN data END, refused = array_remove(refused, $4),
         locked_until = NULL, locked_by = NULL
       WHERE kind = $1 AND entity_id = $2 AND source = $3`,
      [...values, externalId, now],
    )
    // Discards fetches in flight: they use the old id.
    await client.query(
      `UPDATE enrichment SET locked_until = NULL, locked_by = NULL
       WHERE kind = $1 AND entity_id = $2 AND source <> $3 AND locked_by IS NOT NULL`,
      values,
    )
    await requeueDependents(
      client,
      [{ ...entity, source, externalId, oldId: before.oldId === externalId ? null : before.oldId }],
      now,
    )
    return true
  })
  if (isKnown) await catchUp()
  return isKnown
}

/**
 * Rejects all candidates, as an operator decided: they are not offered again.
 * @returns whether there were any.
 */
export async function refuse(entity: Entity, source: string): Promise<boolean> {
  const { rowCount } = await pool().query(
    `UPDATE enrichment SET candidates = NULL,
       refused = refused || ARRAY(SELECT candidate->>'id' FROM jsonb_array_elements(candidates) AS candidate)
     WHERE kind = $1 AND entity_id = $2 AND source = $3 AND candidates IS NOT NULL`,
    [entity.kind, entity.id, source],
  )
  return rowCount === 1
}
