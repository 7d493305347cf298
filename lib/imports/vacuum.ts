import type { ClientBase } from 'pg'
import { catalogueTables } from '@/lib/catalogue/rebuild'
import type { ImportResult } from '@/lib/imports/runs/write'

/** If an import wrote a smaller share of the catalogue, statistics stay good enough until autovacuum runs. */
const SHARE = 0.05

/** After a large import, updates the planner's statistics and the visibility map, which index-only scans need. */
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
