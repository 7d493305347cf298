import { z } from 'zod'
import { AppError, type ErrorCode } from '@/lib/errors'
import type { Problem } from '@/lib/http/problem'
import type { ProblemName } from '@/lib/http/problems'

/** How what goes wrong while a request is answered is told to its client. */

/** A request that is wrong in a way that its parameters alone don't show. */
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

/** Seconds after which it is worth trying again. */
const RETRY_AFTER = '5'

/**
 * Faults of the way to PostgreSQL, those in which it says that it can't work now (SQLSTATE classes 08, 53, 57, 58), and
 * what Prisma calls them.
 */
const UNAVAILABLE = /^(E(CONN|PIPE|HOST|NET|AI_AGAIN|TIMEDOUT)|(08|53|57|58)[\dA-Z]{3}$|P(1001|1008|1017|2037)$)/
const LOST = /(timeout exceeded when trying to connect|Connection terminated|server closed the connection)/i

const text = z.string().optional().catch(undefined)
/** What an error says of itself, and what it was made of; Prisma puts that in a place of its own. */
const Layer = z.object({
  code: text,
  originalCode: text,
  message: text,
  cause: z.unknown().optional(),
  meta: z.object({ driverAdapterError: z.unknown().optional() }).optional().catch(undefined),
})

function isUnavailable(error: unknown, depth = 0): boolean {
  const layer = Layer.safeParse(error)
  if (!layer.success || depth > 5) return false
  const { code = '', originalCode = '', message = '', cause, meta } = layer.data
  if (UNAVAILABLE.test(code) || UNAVAILABLE.test(originalCode) || LOST.test(message)) return true
  return isUnavailable(cause, depth + 1) || isUnavailable(meta?.driverAdapterError, depth + 1)
}

const DETAILS = {
  unavailable: 'The catalogue can’t be read just now.',
  'internal-error': 'This is a fault of ours. It was written down under the request id.',
} as const

/** Whether an error is one that we make ourselves, whose message is for clients. */
export const isExpected = (error: unknown): error is RequestFault | AppError =>
  error instanceof RequestFault || error instanceof AppError

/** What is said of an error: nothing of what it is made of, unless we made it. */
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
