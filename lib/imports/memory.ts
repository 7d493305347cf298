import type { ClientBase } from 'pg'

/**
 * Sizes the session's memory by `maintenance_work_mem`: imports run one at a time, as maintenance does. Staging tables
 * beyond `temp_buffers`, and sorts and hashes beyond `work_mem`, go to disk. A million songs load well with the minimum of
 * 128 MB and 192 MB.
 */
export async function takeMemory(client: ClientBase): Promise<void> {
  await client.query(
    `SELECT set_config('temp_buffers', greatest(128 * 1024, maintenance)::text || 'kB', false),
       set_config('work_mem', greatest(192 * 1024, maintenance / 2)::text || 'kB', false)
     FROM (SELECT setting::int AS maintenance FROM pg_settings WHERE name = 'maintenance_work_mem') AS server`,
  )
}
