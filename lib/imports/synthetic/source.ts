/** The source of a generated catalogue. */
export const syntheticSource = (songs: number, seed: number): string => `synthetic-${songs}-${seed}`
