import type { RatelimitConfig } from '@upstash/ratelimit'
import type { Breaker } from './breaker'
import type { Policy } from './policy'
import { count } from './script'
import { difference, larger, none, sum, used, usedOf, type Window, type WindowCount, type Windows } from './windows'

/**
 * Fixed windows that begin with a client's first request. No client ever gets more than the quota in a window; `reset`
 * is a moment that does not move, at which the whole quota is available again; and clients don't all return at the full
 * hour, as with windows by the clock. A sliding window or a token bucket would smooth the load of adjacent windows, but
 * could state neither figure. One algorithm serves every store: it counts in the process first, then in Redis, if there
 * is one, whose count wins. Charges that Redis missed, because it was slow or down, are sent with the next request, and
 * counts that it lost are restored. A lost connection leaves open whether a charge arrived: it may count twice, but is
 * never lost.
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
const LATENCY_MS = 1_000

export const fixedWindow = ({ policy, windows, breaker, now }: FixedWindowOptions): Algorithm => {
  const { quota, windowSeconds } = policy
  const result = (total: number, reset: number) => ({ limit: quota, remaining: Math.max(0, quota - total), reset })

  /** Adds `cost` to Redis's count of the window. @returns how much of the quota is used, and when the window ends. */
  const addCost = async (
    context: Context,
    client: string,
    window: Window | undefined,
    cost: WindowCount,
  ): Promise<[number, number]> => {
    const startedAt = now()
    const known = window && { ...window.confirmed, left: Math.max(0, window.endsAt - startedAt) }
    const { left, ...counted } = await count(context.redis, client, cost, windowSeconds * 1000, known)
    // Redis answered at some time between the request and now.
    const endsAt = startedAt + left
    if (!window) return [used(counted), endsAt]
    const isSame = window.endsAt > endsAt - LATENCY_MS && window.endsAt < now() + left + LATENCY_MS
    // Answers may arrive out of order.
    window.confirmed = isSame ? larger(window.confirmed, counted) : counted
    if (!isSame) window.endsAt = endsAt
    return [used(counted), window.endsAt]
  }

  /** Sends Redis all charges that it has not heard of. If that fails, the next request sends them. */
  const sendCharges = async (context: Context, client: string, window: Window): Promise<[number, number]> => {
    const cost = window.unsent
    window.unsent = none()
    window.pending = sum(window.pending, cost)
    try {
      return await addCost(context, client, window, cost)
    } catch (error) {
      window.unsent = sum(window.unsent, cost)
      throw error
    } finally {
      window.pending = difference(window.pending, cost)
    }
  }

  const algorithm: ReturnType<Algorithm> = {
    limit: async (context, client, rate = 1) => {
      // A window that has ended has nothing to refund.
      const window = rate > 0 ? windows.open(client, now()) : windows.find(client, now())
      if (!window) return { ...result(0, windows.end(now())), success: true, pending: Promise.resolve() }
      // A client over its quota stays so until the window ends, so Redis need not count each further request.
      const before = breaker?.isClosed ? used(window.confirmed) : usedOf(window)
      if (rate > 0 && before > quota)
        return { ...result(before, window.endsAt), success: false, pending: Promise.resolve() }

      window.unsent = sum(window.unsent, rate > 0 ? { charged: rate, refunded: 0 } : { charged: 0, refunded: -rate })
      const here: [number, number] = [usedOf(window), window.endsAt]
      const [total, endsAt] = (await breaker?.run(() => sendCharges(context, client, window))) ?? here
      return { ...result(total, endsAt), success: total <= quota, pending: Promise.resolve() }
    },

    getRemaining: async (context, client) => {
      const window = windows.find(client, now())
      const there = await breaker?.run(() => addCost(context, client, window, none()))
      if (there) return result(there[0] + (window ? used(window.unsent) : 0), there[1])
      return window ? result(usedOf(window), window.endsAt) : result(0, windows.end(now()))
    },

    resetTokens: () => Promise.reject(new Error('A window ends by itself, and at no other time')),
  }
  return () => algorithm
}
