import { codingFor } from '@/lib/cache/response/encoding'
import { NDJSON, typeFor } from '@/lib/http/api/negotiate'
import { isKnown, knownTag, notModified, streamNotModified, streamVersionOf, versionOf } from '@/lib/http/api/version'
import { originFor } from '@/lib/http/site-url'
import { understand } from './parsed-request'

/** What a stream is not: the route refuses it. */
const PAGED = /[?&]page=/

/**
 * Answers a conditional request whose client has what is current, before anything is read or charged.
 * @param requestId of the request.
 * @returns null where it must be answered in full, also where it is wrong, or where only reading tells whether there is
 * anything at the address.
 */
export async function unchanged(request: Request, requestId: string): Promise<Response | null> {
  const { headers, method } = request
  if (method !== 'GET' && method !== 'HEAD') return null
  if (!headers.has('if-none-match') && !headers.has('if-modified-since')) return null
  const { pathname, search } = new URL(request.url)
  const understood = understand(pathname + search)
  const type = understood && typeFor(understood.operation, headers)
  if (!understood || !type) return null

  const { operation, address, isCertain } = understood
  const { origin, isShared } = originFor(request)
  if (type === NDJSON) {
    const version = await streamVersionOf(operation, origin + address)
    const now = Date.now()
    const isThere = knownTag(version, headers, now) !== undefined || (isCertain && isKnown(version, headers, { now }))
    return isThere && !PAGED.test(address) ? streamNotModified(version, requestId, now) : null
  }
  const version = await versionOf(operation, origin + address)
  const now = Date.now()
  const tag = knownTag(version, headers, now)
  // Conditions that name no version are for what is there (RFC 9110, 13.2.1).
  if (tag === undefined && !(isCertain && isKnown(version, headers, { now }))) return null
  const coding = codingFor(headers.get('accept-encoding') ?? undefined)
  return notModified({ version, coding, isShared, now }, requestId, tag)
}
