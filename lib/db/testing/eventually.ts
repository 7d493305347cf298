import { vi } from 'vitest'

/** Long enough for a busy machine. */
const TIMEOUT_MS = 60_000

/** Polls until `look` no longer throws, for results of other processes. */
export const eventually = <Result>(look: () => Result | Promise<Result>): Promise<Result> =>
  vi.waitFor(look, { timeout: TIMEOUT_MS, interval: 10 })
