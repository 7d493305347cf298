import { dependOn } from '@/lib/cache/dependencies/recorder'
import { pool } from '@/lib/db/pool'
import { demoSource } from './source'

/** Whether the catalogue has demo albums. */
export async function findDemo(): Promise<boolean> {
  dependOn('albums.id')
  const { rows } = await pool().query<{ exists: boolean }>(
    'SELECT EXISTS (SELECT FROM album_external_id WHERE source = $1) AS exists',
    [demoSource],
  )
  return rows[0]?.exists ?? false
}
