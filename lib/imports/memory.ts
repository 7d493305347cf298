import type { ClientBase } from 'pg'

/**
 * Lets the session's PostgreSQL use as much memory as it may for maintenance, as the operator has set it: an import is
 * that, and runs one at a time. Staging tables stay in memory up to `temp_buffers` and are files beyond; sorts and hashes
 * of millions of rows likewise with `work_mem`. Never below 128 MB and 192 MB, with which a million songs still load well.
 */
export async function takeMemory(client: ClientBase): Promise<void> {
  await client.query(
    `SELECT set_config('temp_buffers', greatest(128 * 1024, maintenance)::text || 'kB', false),
       set_config('work_mem', greatest(192 * 1024, maintenance / 2)::text || 'kB', false)
     FROM (SELECT setting::int AS maintenance FROM pg_settings WHERE name = 'maintenance_work_mem') AS server`,
  )
}
