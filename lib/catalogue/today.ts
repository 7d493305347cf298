/**
 * A day in UTC as a release key: year × 10000 + month × 100 + day. Albums with a later key are not released yet. Unknown
 * parts of a date are 0, so an album dated with only this year counts as released.
 */
export const releaseDay = (at: Date): number =>
  at.getUTCFullYear() * 10_000 + (at.getUTCMonth() + 1) * 100 + at.getUTCDate()

export const today = (): number => releaseDay(new Date())
