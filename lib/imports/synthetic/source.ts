/** The source of a made-up catalogue: the same numbers are the same catalogue. */
export const syntheticSource = (songs: number, seed: number): string => `synthetic-${songs}-${seed}`
