import { env } from '@/lib/env'

/**
 * The address of the database. For an embedded server, `openDatabase` sets DATABASE_URL in `process.env`, which module
 * copies and child processes share.
 * @throws if there is no database yet.
 */
export function databaseUrl(): string {
  const url = process.env.DATABASE_URL || env.DATABASE_URL
  if (!url) throw new Error('There is no database yet: DATABASE_URL is not set and no embedded PostgreSQL was started.')
  return url
}
