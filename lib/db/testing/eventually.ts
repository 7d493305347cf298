import { vi } from 'vitest'

/** Longer than anything takes on a machine that is busy with other things. */
const PATIENCE_MS = 60_000

/** Looks again and again until `look` throws no more, for what another process does in its own time. */
export const eventually = <Result>(look: () => Result | Promise<Result>): Promise<Result> =>
  vi.waitFor(look, { timeout: PATIENCE_MS, interval: 10 })
