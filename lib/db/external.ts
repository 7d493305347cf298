import type pg from 'pg'
import { AppError } from '@/lib/errors'
import { openSession } from './session'

const OLDEST_VERSION = 15
const CONNECT_TIMEOUT_MS = 5_000

/** Messages for the connection errors of an external PostgreSQL, by error code. */
const refusals: Record<string, (where: string) => string> = {
  ECONNREFUSED: (where) => `No server answers at ${where}.`,
  ENOTFOUND: (where) => `The host was not found: ${where}.`,
  EAI_AGAIN: (where) => `The host name could not be resolved: ${where}.`,
  '28P01': (where) => `Wrong user or password for ${where}.`,
  '28000': (where) => `${where} does not allow this user to connect.`,
  '3D000': (where) => `The database does not exist: ${where}.`,
  '53300': (where) => `${where} has too many connections.`,
  '57P03': (where) => `${where} is starting up or shutting down.`,
}

/** The address without user and password. */
function whereIs(url: string): string {
  const { hostname, port, pathname } = new URL(url)
  return `${hostname}${port && `:${port}`}${pathname}`
}

/**
 * Checks that the PostgreSQL at DATABASE_URL can be used.
 * @throws AppError with the reason if it can't.
 */
export async function checkExternal(url: string): Promise<void> {
  const where = whereIs(url)
  let client: pg.Client | undefined
  try {
    client = await openSession({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS })
    const { rows } = await client.query("SELECT current_setting('server_version_num')::int / 10000 AS major")
    if (rows[0].major < OLDEST_VERSION)
      throw new AppError(
        'unavailable',
        `DATABASE_URL: ${where} is PostgreSQL ${rows[0].major}; SyroMusic needs ${OLDEST_VERSION} or later.`,
      )
  } catch (error) {
    if (error instanceof AppError) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const reason = error instanceof Error ? error.message : String(error)
    const sentence = refusals[code]?.(where) ?? `${where} can't be used: ${reason}`
    throw new AppError('unavailable', `DATABASE_URL: ${sentence}`, { cause: error })
  } finally {
    await client?.end().catch(() => {})
  }
}
