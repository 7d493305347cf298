/** The closed set of application errors. HTTP, pages and the command line each translate them in one place. */
export type ErrorCode = 'not_found' | 'invalid' | 'conflict' | 'unavailable'

/**
 * Marks temporary errors, such as an unavailable database. Next.js writes only the digest of an error into the page that
 * fails, so this text must occur nowhere else.
 */
export const UNAVAILABLE_DIGEST = 'syro-unavailable-6f1d'

export class AppError extends Error {
  readonly digest?: string

  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = 'AppError'
    if (code === 'unavailable') this.digest = UNAVAILABLE_DIGEST
  }
}

/** Maximum depth of the chain of causes. */
const MAX_CAUSES = 5

/** Whether an error or one of its causes is temporary, so that a retry may succeed. */
export function isUnavailable(error: unknown): boolean {
  let cause = error
  for (let depth = 0; depth <= MAX_CAUSES && cause instanceof Error; depth++) {
    if ('digest' in cause && cause.digest === UNAVAILABLE_DIGEST) return true
    cause = cause.cause
  }
  return false
}
