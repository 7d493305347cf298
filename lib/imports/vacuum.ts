import type { ClientBase } from 'pg'
import { catalogueTables } from '@/lib/catalogue/rebuild'
import type { ImportResult } from '@/lib/imports/runs/write'

/** A smaller share of the catalogue leaves the planner's figures good enough; autovacuum sees to it in its time. */
const SHARE = 0.05

/**
 * After a large import, tells the planner what is there and marks pages as visible to all, without which every index-only
 * scan would visit the table.
 */
export async function vacuumAfter(
  client: ClientBase,
  { artists, albums, songs, playlists }: ImportResult,
): Promise<void> {
  const written = [artists, albums, songs, playlists].reduce((sum, { created, updated }) => sum + created + updated, 0)
  const { rows } = await client.query<{ held: number }>(
    'SELECT artist_count + album_count + song_count + playlist_count AS held FROM catalogue',
  )
  if (written > 0 && written >= SHARE * (rows[0]?.held ?? 0))
    await client.query(`VACUUM (ANALYZE) ${catalogueTables.join(', ')}`)
}
