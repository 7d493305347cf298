/**
 * Documents stand in segments, the most popular in the first: what many documents have is met in a small segment before
 * the large ones are looked at, so that a common word costs what a rare one does. Each is some four times as large as
 * those before it together, so that going on to the next costs no more than a few times what was done.
 */

/** Documents of the first segment, of the first two, and so on; all others are in the last. */
export const LARGEST = [20_000, 100_000, 400_000, 2_000_000] as const

export const segments = Array.from({ length: LARGEST.length + 1 }, (_, segment) => segment)
