/** The maximum delay: a longer Retry-After may have been meant in milliseconds. */
const MAX_DELAY_MS = 86_400_000

/**
 * Parses `Retry-After` (RFC 9110, 10.2.3): seconds from now, or a date.
 * @returns null if it is missing or invalid.
 */
export function retryAfterOf(header: string | undefined, now: Date): Date | null {
  const text = header?.trim() ?? ''
  const time = /^\d+$/.test(text) ? now.getTime() + Number(text) * 1_000 : Date.parse(text)
  if (Number.isNaN(time)) return null
  return new Date(Math.min(Math.max(time, now.getTime()), now.getTime() + MAX_DELAY_MS))
}
