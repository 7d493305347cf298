import { createHash } from 'node:crypto'
import type { Sized } from '@/lib/cache/data'

/**
 * A response as the data tier stores it. Its JSON is not compressed: Next.js removes the Content-Encoding of route
 * handlers, and the response cache in front compresses.
 */
export type Representation = Sized & {
  status: number
  /** The digest of its content, for its entity tag. */
  name: string
  /** When the data was read, in milliseconds since the epoch. */
  generatedAt: number
  body: Buffer
  /** Headers that depend on the data, such as Link and Location. */
  headers: Record<string, string>
}

/** The expiry times in a response's parts. Quotes inside JSON strings are escaped, so text can't match. */
const FRESH_UNTIL = /"freshUntil":"([^"]+)"/g

/**
 * @param generatedAt not later than the data was read. The response changes when a part of it expires, so it is valid until
 * the first of these times.
 */
export function representationOf(
  value: object,
  headers: Record<string, string>,
  { status = 200, generatedAt = Date.now() }: { status?: number; generatedAt?: number } = {},
): Representation {
  const json = JSON.stringify(value)
  const times = [...json.matchAll(FRESH_UNTIL)]
    .map(([, time = '']) => Date.parse(time))
    .filter((time) => time > generatedAt)
  const expiresAt = times.length > 0 ? Math.min(...times) : undefined
  const body = Buffer.from(json)
  const name = createHash('sha256').update(body).digest('base64url').slice(0, 22)
  return { status, name, generatedAt, body, bytes: body.length, headers, expiresAt }
}
