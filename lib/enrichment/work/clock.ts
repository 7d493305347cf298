import { setTimeout as delay } from 'node:timers/promises'

/** Time and randomness, which tests control. */
export type Clock = {
  now: () => Date
  /** Resolves after `ms`, or when the signal aborts, without an error. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>
  /** From 0 to 1, 1 excluded. */
  random: () => number
}

export const realClock: Clock = {
  now: () => new Date(),
  wait: (ms, signal) => delay(ms, undefined, { signal }).catch(() => {}),
  random: Math.random,
}
