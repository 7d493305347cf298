import type { RatelimitConfig } from '@upstash/ratelimit'
import type { Breaker } from './breaker'
import type { Policy } from './policy'
import { count } from './script'
import { difference, larger, none, sum, taken, takenOf, type Window, type WindowCount, type Windows } from './windows'

/**
 * Fixed windows that begin with a client's first request. No client ever gets more than the quota in a window; `reset`
 * is a moment that does not move, at which the whole quota is available again; and clients don't all return at the full
 * hour, as with windows by the clock. A sliding window or a token bucket would smooth the load of adjacent windows, but
 * could state neither figure. One algorithm serves every store: it counts in the process first, then in Redis, if there
 * is one, whose count wins. Charges that Redis missed, because it was slow or down, go with the next request, and
 * counts that it lost are restored. A lost connection leaves open whether a charge arrived: it may count twice, but
 * never not at all.
 */
export type Algorithm = RatelimitConfig['limiter']
type Context = Parameters<ReturnType<Algorithm>['limit']>[0]

export type FixedWindowOptions = {
  policy: Policy
  windows: Windows
  /** The circuit breaker of Redis; undefined without Redis. */
  breaker: Breaker | undefined
  /** ms since the epoch. */
  now: () => number
}

/** Ends of a window that differ by less than this are the same. */
const ON_THE_WAY_MS = 1_000

export const fixedWindow = ({ policy, windows, breaker, now }: FixedWindowOptions): Algorithm => {
  const { quota, windowSeconds } = policy
  const at = (used: number, reset: number) => ({ limit: quota, remaining: Math.max(0, quota - used), reset })

  /** Adds `cost` to Redis's count of the window. @returns how much of the quota is used, and when the window ends. */
  const ask = async (
    context: Context,
    client: string,
    window: Window | undefined,
    cost: WindowCount,
  ): Promise<[number, number]> => {
    const askedAt = now()
    const known = window && { ...window.told, left: Math.max(0, window.endsAt - askedAt) }
    const { left, ...told } = await count(context.redis, client, cost, windowSeconds * 1000, known)
    // Redis answered at some time between the question and now.
    const endsAt = askedAt + left
    if (!window) return [taken(told), endsAt]
    const isSame = window.endsAt > endsAt - ON_THE_WAY_MS && window.endsAt < now() + left + ON_THE_WAY_MS
    // Answers may arrive out of order.
    window.told = isSame ? larger(window.told, told) : told
    if (!isSame) window.endsAt = endsAt
    return [taken(told), window.endsAt]
  }

  /** Sends Redis all charges that it has not heard of. If that fails, the next request sends them. */
  const tell = async (context: Context, client: string, window: Window): Promise<[number, number]> => {
    const cost = window.untold
    window.untold = none()
    window.sent = sum(window.sent, cost)
    try {
      return await ask(context, client, window, cost)
    } catch (error) {
      window.untold = sum(window.untold, cost)
      throw error
    } finally {
      window.sent = difference(window.sent, cost)
    }
  }

  const algorithm: ReturnType<Algorithm> = {
    limit: async (context, client, rate = 1) => {
      // A window that has ended has nothing to refund.
      const window = rate > 0 ? windows.open(client, now()) : windows.find(client, now())
      if (!window) return { ...at(0, windows.end(now())), success: true, pending: Promise.resolve() }
      // A client over its quota stays so until the window ends, so Redis need not count each further request.
      const before = breaker?.isClosed ? taken(window.told) : takenOf(window)
      if (rate > 0 && before > quota)
        return { ...at(before, window.endsAt), success: false, pending: Promise.resolve() }

      window.untold = sum(window.untold, rate > 0 ? { charged: rate, refunded: 0 } : { charged: 0, refunded: -rate })
      const here: [number, number] = [takenOf(window), window.endsAt]
      const [used, endsAt] = (await breaker?.ask(() => tell(context, client, window))) ?? here
      return { ...at(used, endsAt), success: used <= quota, pending: Promise.resolve() }
    },

    getRemaining: async (context, client) => {
      const window = windows.find(client, now())
      const there = await breaker?.ask(() => ask(context, client, window, none()))
      if (there) return at(there[0] + (window ? taken(window.untold) : 0), there[1])
      return window ? at(takenOf(window), window.endsAt) : at(0, windows.end(now()))
    },

    resetTokens: () => Promise.reject(new Error('A window ends by itself, and at no other time')),
  }
  return () => algorithm
}
