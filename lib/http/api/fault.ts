import { AppError, type ErrorCode, isUnavailable } from '@/lib/errors'
import type { Problem } from '@/lib/http/problem'
import type { ProblemName } from '@/lib/http/problems'

/** Translates errors into problems. */

/** An error in a request that its parameters alone don't show. */
export class RequestFault extends Error {
  constructor(
    readonly kind: ProblemName,
    message: string,
    readonly errors?: Problem['errors'],
  ) {
    super(message)
    this.name = 'RequestFault'
  }
}

const kindOf: Record<ErrorCode, ProblemName> = {
  not_found: 'not-found',
  invalid: 'invalid-parameter',
  conflict: 'conflict',
  unavailable: 'unavailable',
}

/** Seconds after which a retry makes sense. */
const RETRY_AFTER = '5'

const DETAILS = {
  unavailable: 'The catalogue can’t be read just now.',
  'internal-error': 'This is an error on our side. It was logged with the request id.',
} as const

/** Whether the message of an error was written for clients. */
export const isExpected = (error: unknown): error is RequestFault | AppError =>
  error instanceof RequestFault || error instanceof AppError

/** The problem for an error. Messages that were not written for clients stay in the log. */
export function faultOf(error: unknown): Pick<Problem, 'kind' | 'detail' | 'errors' | 'headers'> {
  if (error instanceof RequestFault)
    return { kind: error.kind, detail: error.message, ...(error.errors && { errors: error.errors }) }
  if (error instanceof AppError) return withRetry(kindOf[error.code], error.message)
  const kind = isUnavailable(error) ? 'unavailable' : 'internal-error'
  return withRetry(kind, DETAILS[kind])
}

const withRetry = (kind: ProblemName, detail: string) => ({
  kind,
  detail,
  ...(kind === 'unavailable' && { headers: { 'retry-after': RETRY_AFTER } }),
})
