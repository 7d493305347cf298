import { Limiter } from './limiter'
import type { Policy, Standing } from './policy'

/** Whoever counts: a limiter, or the one of another thread. */
type Counter = Pick<Limiter, 'charge' | 'peek' | 'refund'>

/**
 * Who counts in this thread. Middleware, route handlers and the server have copies of this module, so it is kept on
 * `globalThis`; lib/http/limits/open.ts puts a limiter there that shares a Redis with other processes.
 */
const shared = globalThis as typeof globalThis & { syroLimiter?: Counter }

function limiter(): Counter {
  shared.syroLimiter ??= new Limiter({ now: Date.now })
  return shared.syroLimiter
}

/** From now on this one counts. */
export function countWith(next: Counter): void {
  shared.syroLimiter = next
}

/**
 * Charges a request, or whatever else is limited, to `id`, who is whoever the policy is for: an address, a key, an
 * account.
 */
export const charge = (policy: Policy, id: string): Promise<Standing> => limiter().charge(policy, id)

/** Where `id` stands; charges nothing. */
export const peek = (policy: Policy, id: string): Promise<Standing> => limiter().peek(policy, id)

/**
 * Takes a charge back. Where only failures count, charge before the attempt and refund it when it succeeds: who asked
 * first and charged afterwards could have any number of attempts under way at once.
 */
export const refund = (policy: Policy, id: string): Promise<void> => limiter().refund(policy, id)
