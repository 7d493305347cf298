import pg from 'pg'
import { AppError } from '@/lib/errors'

const OLDEST_VERSION = 15
const CONNECT_TIMEOUT_MS = 5_000

/** What a PostgreSQL that is not ours refuses us for, by the code of the error. */
const refusals: Record<string, (where: string) => string> = {
  ECONNREFUSED: (where) => `Nothing answers at ${where}.`,
  ENOTFOUND: (where) => `There is no machine of that name: ${where}.`,
  EAI_AGAIN: (where) => `The name could not be looked up: ${where}.`,
  '28P01': (where) => `${where} refuses the user or the password.`,
  '28000': (where) => `${where} does not let this user in.`,
  '3D000': (where) => `There is no such database: ${where}.`,
  '53300': (where) => `${where} has no connection to spare.`,
  '57P03': (where) => `${where} is starting up or shutting down.`,
}

/** Which database an address means, without the password in it. */
function whereIs(url: string): string {
  const { hostname, port, pathname } = new URL(url)
  return `${hostname}${port && `:${port}`}${pathname}`
}

/**
 * Makes sure that the PostgreSQL at DATABASE_URL can be used.
 * @throws AppError that says what is wrong with it.
 */
export async function checkExternal(url: string): Promise<void> {
  const where = whereIs(url)
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS })
  client.on('error', () => {})
  try {
    await client.connect()
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
    await client.end().catch(() => {})
  }
}
