/**
 * The index is divided into segments by popularity. A search stops after the segment that fills its page, so a common word
 * costs no more than a rare one. Each segment is about four times as large as all before it, so that searching one more
 * costs only a few times as much.
 */

/** Documents in the first segment, in the first two, and so on. All others are in the last. */
export const SEGMENT_ENDS = [20_000, 100_000, 400_000, 2_000_000] as const

export const segments = Array.from({ length: SEGMENT_ENDS.length + 1 }, (_, segment) => segment)
