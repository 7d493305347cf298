/** What a picture may cost. Whatever would cost more is refused. */

/** 7,000 × 7,000, and a little; the largest covers that are sold have 3,000 × 3,000. */
export const MOST_PIXELS = 50_000_000
/** Of the process that makes variants, all told. */
export const MOST_MEMORY = 256 * 1024 * 1024
/** Of a processor, from the picture's arrival there to its last variant. A large cover takes 2 s. */
export const MOST_CPU_MS = 10_000
/**
 * The same by the clock: much longer, for that process lets everybody go first (one part in seventy is what it has beside a
 * processor that is all busy), and a busy machine is no fault of a picture. Shorter
 * than a job of lib/enrichment, which would else be stopped first and begun anew.
 */
export const MOST_WAIT_MS = 180_000
