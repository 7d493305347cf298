import { env } from '@/lib/env'

/**
 * Where the database is: DATABASE_URL, or the embedded server that this process started, which sets it in
 * `process.env` so that every module copy and child process sees the same one.
 * @throws an Error that says how to get a database, when there is none yet.
 */
export function databaseUrl(): string {
  const url = process.env.DATABASE_URL || env.DATABASE_URL
  if (!url) throw new Error('There is no database yet: DATABASE_URL is not set and no embedded PostgreSQL was started.')
  return url
}
