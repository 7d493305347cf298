/** Limits per picture: one that exceeds them is refused. */

/** About 7,000 × 7,000; the largest covers on sale have 3,000 × 3,000. */
export const MAX_PIXELS = 50_000_000
/** Memory of the decoding process. */
export const MAX_MEMORY = 256 * 1024 * 1024
/** CPU time of all variants. A large cover takes 2 s. */
export const MAX_CPU_MS = 10_000
/**
 * Wall-clock timeout. The process runs at low priority and gets about a seventieth of a busy processor, so this is much
 * longer than the CPU limit; it is shorter than the timeout of an enrichment job, which would retry.
 */
export const MAX_WAIT_MS = 180_000
