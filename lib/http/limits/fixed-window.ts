import type { RatelimitConfig } from '@upstash/ratelimit'
import type { Breaker } from './breaker'
import type { Policy } from './policy'
import { count } from './script'
import { type WindowCount, difference, larger, none, sum, taken, takenOf, type Window, type Windows } from './windows'

/**
 * How requests are counted: in windows that begin with a client's first request and last for a fixed time. So nobody ever
 * gets more than the quota in a window, `reset` is a moment at which all of it is there again and which does not move, and
 * not everybody comes back at the full hour, as with windows by the clock. A sliding window or a bucket would smooth the
 * requests of two windows that meet, but could say of neither figure what it will be.
 *
 * One algorithm for every store: it counts here first, then has Redis count too where there is one, and believes Redis.
 * What Redis did not hear of, because it is slow or gone, is told with the next request; what it forgot, it is told anew.
 * A connection that breaks does not say whether what was on its way got there: that may count twice, but never not at all.
 */
export type Algorithm = RatelimitConfig['limiter']
type Context = Parameters<ReturnType<Algorithm>['limit']>[0]

export type FixedWindowOptions = {
  policy: Policy
  windows: Windows
  /** Whether Redis may be asked; undefined where there is none. */
  breaker: Breaker | undefined
  /** ms since the epoch. */
  now: () => number
}

/** Two accounts of when a window ends may differ by so many ms and mean the same moment. */
const ON_THE_WAY_MS = 1_000

export const fixedWindow = ({ policy, windows, breaker, now }: FixedWindowOptions): Algorithm => {
  const { quota, windowSeconds } = policy
  const at = (used: number, reset: number) => ({ limit: quota, remaining: Math.max(0, quota - used), reset })

  /** Has Redis count `cost` beside what it knows of the window. @returns how much of the quota is taken. */
  const ask = async (
    context: Context,
    client: string,
    window: Window | undefined,
    cost: WindowCount,
  ): Promise<[number, number]> => {
    const askedAt = now()
    const known = window && { ...window.told, left: Math.max(0, window.endsAt - askedAt) }
    const { left, ...told } = await count(context.redis, client, cost, windowSeconds * 1000, known)
    // Redis said it somewhere between the question and the answer.
    const endsAt = askedAt + left
    if (!window) return [taken(told), endsAt]
    const isSame = window.endsAt > endsAt - ON_THE_WAY_MS && window.endsAt < now() + left + ON_THE_WAY_MS
    // Answers may overtake each other.
    window.told = isSame ? larger(window.told, told) : told
    if (!isSame) window.endsAt = endsAt
    return [taken(told), window.endsAt]
  }

  /** Tells Redis all that it has not heard of. What does not get there is told next time. */
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
      // There is nothing to take back of a window that has ended.
      const window = rate > 0 ? windows.open(client, now()) : windows.find(client, now())
      if (!window) return { ...at(0, windows.end(now())), success: true, pending: Promise.resolve() }
      // Who is over the quota stays so until the window ends: Redis need not hear of every knock.
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
