/** In ms. */
const MIN_DELAY_MS = 60_000
const MAX_DELAY_MS = 6 * 3_600_000

/**
 * The retry delay in ms after the `attempt`-th failure (from 1): exponential backoff with full jitter, which spreads retries
 * best (Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015).
 * @param random from 0 to 1, 1 excluded.
 */
export const backoff = (attempt: number, random: number): number =>
  Math.floor(random * Math.min(MAX_DELAY_MS, MIN_DELAY_MS * 2 ** (attempt - 1)))
