/** The closed set of application errors. Each way out (HTTP, a page, the command line) translates them once. */
export type ErrorCode = 'not_found' | 'invalid' | 'conflict' | 'unavailable'

export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = 'AppError'
  }
}
