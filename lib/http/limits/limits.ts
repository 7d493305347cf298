import { Limiter } from './limiter'
import type { Policy, QuotaState } from './policy'

/** A limiter of this thread, or of another. */
type Counter = Pick<Limiter, 'charge' | 'peek' | 'refund'>

/**
 * The limiter of this thread. Middleware, route handlers and the server have copies of this module, so it is on
 * `globalThis`. lib/http/limits/open.ts replaces it by one that shares a Redis with other processes.
 */
const shared = globalThis as typeof globalThis & { syroLimiter?: Counter }

function limiter(): Counter {
  shared.syroLimiter ??= new Limiter({ now: Date.now })
  return shared.syroLimiter
}

/** Replaces the limiter of this thread. */
export function countWith(next: Counter): void {
  shared.syroLimiter = next
}

/** Charges a request, or whatever else the policy limits, to `id`: an address, a key, an account. */
export const charge = (policy: Policy, id: string): Promise<QuotaState> => limiter().charge(policy, id)

/** The quota state of `id`; charges nothing. */
export const peek = (policy: Policy, id: string): Promise<QuotaState> => limiter().peek(policy, id)

/**
 * Refunds a charge. To limit failures only, charge before the attempt and refund when it succeeds: if the charge came
 * afterwards, any number of attempts could run at once.
 */
export const refund = (policy: Policy, id: string): Promise<void> => limiter().refund(policy, id)
