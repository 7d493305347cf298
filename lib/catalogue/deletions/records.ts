import type { z } from 'zod'
import type { EntityKind } from '@/lib/catalogue/kinds'
import { oneOf, updatedSince } from '@/lib/catalogue/lists/conditions'
import type { ListQuery } from '@/lib/catalogue/lists/list'
import { Prisma } from '@/lib/db/generated/client'
import { pool } from '@/lib/db/pool'
import { KEPT_DAYS, type listDeletions } from './contract'

const { sql, raw } = Prisma

type DeletionFilters = Pick<z.output<typeof listDeletions.query>, 'kind' | 'updatedSince'>

/** Deletions and merges in the order of events. */
export const deletionList = ({ kind, updatedSince: since }: DeletionFilters): ListQuery => ({
  order: {
    list: 'deletions',
    table: raw('deletion'),
    key: raw('id'),
    id: raw('id'),
    kind: 'number',
    descending: false,
  },
  where: [
    // Older rows are removed only with the next deletion.
    sql`deleted_at >= now() - ${KEPT_DAYS} * interval '1 day'`,
    ...oneOf(raw('kind'), raw('deleted_kind'), kind),
    ...updatedSince(raw('deleted_at'), since),
  ],
  all: sql`(SELECT count(*)::int FROM deletion)`,
})

export type DeletionRecord = {
  kind: EntityKind
  id: number
  deletedAt: Date
  mergedInto: number | null
}

/** Deletions by the ids of their rows, in order. */
export async function findDeletions(ids: number[]): Promise<DeletionRecord[]> {
  if (ids.length === 0) return []
  const { text, values } = sql`
    SELECT kind, entity_id AS id, deleted_at AS "deletedAt",
      CASE kind
        WHEN 'artist' THEN (SELECT artist_id FROM artist_redirect WHERE id = entity_id)
        WHEN 'album' THEN (SELECT album_id FROM album_redirect WHERE id = entity_id)
        WHEN 'song' THEN (SELECT song_id FROM song_redirect WHERE id = entity_id)
        ELSE (SELECT playlist_id FROM playlist_redirect WHERE id = entity_id)
      END AS "mergedInto"
    FROM deletion WHERE id = ANY(${ids}::int[]) ORDER BY deletion.id`
  return (await pool().query<DeletionRecord>(text, values)).rows
}
