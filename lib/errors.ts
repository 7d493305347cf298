/** The closed set of application errors. Each way out (HTTP, a page, the command line) translates them once. */
export type ErrorCode = 'not_found' | 'invalid' | 'conflict' | 'unavailable'

/**
 * Marks errors that pass, such as those of a database that is away. Next.js writes the digest of an error into the page
 * that fails, and nothing else of it. The text occurs nowhere else.
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

/** Causes of causes that are looked at. */
const MOST_CAUSES = 5

/** Whether an error, or what caused it, is expected to pass: the same request may succeed in a moment. */
export function isUnavailable(error: unknown): boolean {
  let cause = error
  for (let depth = 0; depth <= MOST_CAUSES && cause instanceof Error; depth++) {
    if ('digest' in cause && cause.digest === UNAVAILABLE_DIGEST) return true
    cause = cause.cause
  }
  return false
}
