import type { Weighed } from '@/lib/cache/data'

/**
 * An answer as it is kept. Its JSON is plain: Next.js takes the Content-Encoding off what routes answer, and the response
 * cache in front compresses.
 */
export type Representation = Weighed & {
  status: number
  /** When it was read, in milliseconds since the epoch. */
  madeAt: number
  body: Buffer
  /** Header fields that come from what was read, such as Link and Location. */
  headers: Record<string, string>
}

export function representationOf(value: object, headers: Record<string, string>, status = 200): Representation {
  const body = Buffer.from(JSON.stringify(value))
  return { status, madeAt: Date.now(), body, bytes: body.length, headers }
}
