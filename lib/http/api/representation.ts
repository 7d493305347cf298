import type { Sized } from '@/lib/cache/data'

/**
 * An answer as it is kept. Its JSON is plain: Next.js takes the Content-Encoding off what routes answer, and the response
 * cache in front compresses.
 */
export type Representation = Sized & {
  status: number
  /** When it was read, in milliseconds since the epoch. */
  madeAt: number
  body: Buffer
  /** Header fields that come from what was read, such as Link and Location. */
  headers: Record<string, string>
}

/** What answers say of how long parts of them are fresh. A quote in a text is escaped, so this is no text. */
const FRESH_UNTIL = /"freshUntil":"([^"]+)"/g

/**
 * @param madeAt not later than it was read. What says of itself until when it is fresh says something else from then on,
 * and so the whole is good until the first of these times is over.
 */
export function representationOf(
  value: object,
  headers: Record<string, string>,
  { status = 200, madeAt = Date.now() }: { status?: number; madeAt?: number } = {},
): Representation {
  const json = JSON.stringify(value)
  const times = [...json.matchAll(FRESH_UNTIL)].map(([, time = '']) => Date.parse(time)).filter((time) => time > madeAt)
  const goodUntil = times.length > 0 ? Math.min(...times) : undefined
  const body = Buffer.from(json)
  return { status, madeAt, body, bytes: body.length, headers, goodUntil }
}
