/** In ms. */
const FIRST = 60_000
const LONGEST = 6 * 3_600_000

/**
 * How long to wait after the `attempt`-th failure (from 1), in ms: anything up to a bound that doubles each time, "full
 * jitter", which spreads those who failed together best (Marc Brooker, "Exponential Backoff And Jitter", AWS
 * Architecture Blog, 2015).
 * @param random from 0 to 1, 1 excluded.
 */
export const backoff = (attempt: number, random: number): number =>
  Math.floor(random * Math.min(LONGEST, FIRST * 2 ** (attempt - 1)))
