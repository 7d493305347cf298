/** The closed set of application errors. Each way out (HTTP, a page, the command line) translates them once. */
export type ErrorCode = 'not_found' | 'invalid' | 'conflict' | 'unavailable'

/** By what Next.js names, in a page that fails, an error that passes: it shows nothing else of it. No text has it. */
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
