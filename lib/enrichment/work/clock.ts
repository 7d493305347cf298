import { setTimeout as delay } from 'node:timers/promises'

/** Time and chance, which tests turn by hand. */
export type Clock = {
  now: () => Date
  /** Resolves after so many ms, or, without an error, when the signal comes. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>
  /** From 0 to 1, 1 excluded. */
  random: () => number
}

export const realClock: Clock = {
  now: () => new Date(),
  wait: (ms, signal) => delay(ms, undefined, { signal }).catch(() => {}),
  random: Math.random,
}
