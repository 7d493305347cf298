import { UNAVAILABLE_DIGEST } from '@/lib/errors'

/**
 * Thrown if the database can't be reached, or can't work right now. It has no `code`, because Prisma would then wrap it
 * in an error without the digest.
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
const TEMPORARY =
  /^(08[\dA-Z]{3}|5[378][\dA-Z]{3}|E(CONNREFUSED|CONNRESET|CONNABORTED|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|AI_AGAIN))$/
/** SQLSTATE query_canceled, by a timeout or a cancel request. */
const CANCELED = '57014'
/** Messages of pg's errors without a code. */
const TEMPORARY_MESSAGES =
  /Query read timeout|timeout exceeded when trying to connect|Connection terminated|not queryable/

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '')

function isTemporary(error: Error): boolean {
  if (error instanceof DatabaseUnavailable) return false
  const code = codeOf(error)
  return TEMPORARY.test(code) || (code === '' && TEMPORARY_MESSAGES.test(error.message))
}

/** The error to throw for a failed statement: the same, unless the database is unavailable. */
export const ofStatement = (error: unknown): unknown =>
  error instanceof Error && isTemporary(error) ? new DatabaseUnavailable(error) : error

/** The error to throw for a failed connection: whatever the reason, the database is unavailable. */
export const ofConnection = (error: unknown): unknown =>
  error instanceof Error && !(error instanceof DatabaseUnavailable) ? new DatabaseUnavailable(error) : error

/** Whether a statement was stopped by a timeout or a cancel request. */
export function isCanceled(error: unknown): boolean {
  const thrown = error instanceof DatabaseUnavailable ? error.cause : error
  return thrown instanceof Error && (codeOf(thrown) === CANCELED || thrown.message === 'Query read timeout')
}
