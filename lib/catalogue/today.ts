/**
 * A day as release keys have it, year × 10000 + month × 100 + day, in UTC. What is dated after it has not come out yet.
 * A part of a date that isn't known is 0 in a key, so something dated with this year alone has.
 */
export const releaseDay = (at: Date): number =>
  at.getUTCFullYear() * 10_000 + (at.getUTCMonth() + 1) * 100 + at.getUTCDate()

export const today = (): number => releaseDay(new Date())
