/** A source that asks for longer is asked again after that: it may have meant milliseconds. */
const LONGEST_MS = 86_400_000

/**
 * When a `Retry-After` (RFC 9110, 10.2.3) says to come again: seconds from now, or a date.
 * @returns null where there is none, or none that can be read.
 */
export function retryAfterOf(header: string | undefined, now: Date): Date | null {
  const text = header?.trim() ?? ''
  const time = /^\d+$/.test(text) ? now.getTime() + Number(text) * 1_000 : Date.parse(text)
  if (Number.isNaN(time)) return null
  return new Date(Math.min(Math.max(time, now.getTime()), now.getTime() + LONGEST_MS))
}
