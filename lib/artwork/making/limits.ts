/** What a picture may cost. Whatever would cost more is refused. */

/** 7,000 × 7,000, and a little; the largest covers that are sold have 3,000 × 3,000. */
export const MOST_PIXELS = 50_000_000
/** Of the process that makes variants, all told. */
export const MOST_MEMORY = 256 * 1024 * 1024
/** From the picture's arrival there to its last variant. */
export const MOST_MS = 10_000
