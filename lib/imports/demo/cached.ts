import { pageCached } from '@/lib/cache/page'
import { pool } from '@/lib/db/pool'
import { demoSource } from './source'

/** Whether the catalogue has demo albums, for pages. */
export const hasDemo = pageCached('demo', ['albums'], async () => {
  const { rows } = await pool().query<{ exists: boolean }>(
    'SELECT EXISTS (SELECT FROM album_external_id WHERE source = $1) AS exists',
    [demoSource],
  )
  return rows[0]?.exists ?? false
})
