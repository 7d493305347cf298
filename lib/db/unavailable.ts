import { UNAVAILABLE_DIGEST } from '@/lib/errors'

/**
 * Thrown when the database can't be reached, or can't work right now. It has no `code`: Prisma would wrap it in an error of
 * its own, without the digest.
 */
class DatabaseUnavailable extends Error {
  readonly digest = UNAVAILABLE_DIGEST

  constructor(cause: Error) {
    super(`The database is unavailable: ${cause.message}`, { cause })
    this.name = 'DatabaseUnavailable'
  }
}

/**
 * SQLSTATE classes 08 (connection), 53 (insufficient resources), 57 (shutdown, crash, starting up, canceled) and 58
 * (system), and errors of sockets.
 */
const PASSING =
  /^(08[\dA-Z]{3}|5[378][\dA-Z]{3}|E(CONNREFUSED|CONNRESET|CONNABORTED|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|AI_AGAIN))$/
/** SQLSTATE query_canceled: by the timeout, or because somebody asked for it. */
const CANCELED = '57014'
/** pg gives no code to these. */
const WORDS = /Query read timeout|timeout exceeded when trying to connect|Connection terminated|not queryable/

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '')

function isPassing(error: Error): boolean {
  if (error instanceof DatabaseUnavailable) return false
  const code = codeOf(error)
  return PASSING.test(code) || (code === '' && WORDS.test(error.message))
}

/** What is thrown for an error of a statement: itself, unless the database is unavailable. */
export const ofStatement = (error: unknown): unknown =>
  error instanceof Error && isPassing(error) ? new DatabaseUnavailable(error) : error

/** What is thrown where no connection can be had: whatever the reason, there is no database then. */
export const ofConnection = (error: unknown): unknown =>
  error instanceof Error && !(error instanceof DatabaseUnavailable) ? new DatabaseUnavailable(error) : error

/** Whether a statement was stopped: it took too long, or somebody asked for it. */
export function isCanceled(error: unknown): boolean {
  const thrown = error instanceof DatabaseUnavailable ? error.cause : error
  return thrown instanceof Error && (codeOf(thrown) === CANCELED || thrown.message === 'Query read timeout')
}
