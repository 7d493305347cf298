import { codingFor } from '@/lib/cache/response/encoding'
import { NDJSON, typeFor } from '@/lib/http/api/negotiate'
import type { ApiRequest } from '@/lib/http/api/request'
import { isKnown, knownTag, notModified, streamNotModified, streamVersionOf, versionOf } from '@/lib/http/api/version'
import { originFor } from '@/lib/http/site-url'

/** A stream has no pages: its route refuses the parameter. */
const PAGED = /[?&]page=/

/** Parameters whose values only the catalogue can confirm. */
const UNCERTAIN = ['cursor', 'genre', 'artist', 'label']

/** Whether the address exists, whatever the catalogue contains. */
function isCertain({ parameters: { params, query } }: ApiRequest): boolean {
  if (!params.ok || !query.ok) return false
  const { value } = query
  return Object.keys(params.value).length === 0 && UNCERTAIN.every((name) => value[name] === undefined)
}

/**
 * Answers a conditional request whose client has the current version, before anything is read or charged.
 * @returns null where the route must answer: the client has another version, the request is wrong, or only the catalogue
 * tells whether there is anything at the address.
 */
export async function unchanged(request: Request, matched: ApiRequest, requestId: string): Promise<Response | null> {
  const { headers, method } = request
  if (method !== 'GET' && method !== 'HEAD') return null
  if (!headers.has('if-none-match') && !headers.has('if-modified-since')) return null
  const { operation, parameters } = matched
  if (!operation || !('dependsOn' in operation) || operation.cache.for === 'nobody') return null
  const { address } = parameters
  const type = typeFor(operation, headers)
  if (address === undefined || !type) return null

  const { origin, isShared } = originFor(request)
  if (type === NDJSON) {
    const version = await streamVersionOf(operation, origin + address)
    const now = Date.now()
    const isThere =
      knownTag(version, headers, now) !== undefined || (isCertain(matched) && isKnown(version, headers, { now }))
    return isThere && !PAGED.test(address) ? streamNotModified(version, requestId, now) : null
  }
  const version = await versionOf(operation, origin + address)
  const now = Date.now()
  const tag = knownTag(version, headers, now)
  // Conditions that name no version apply only to what exists (RFC 9110, 13.2.1).
  if (tag === undefined && !(isCertain(matched) && isKnown(version, headers, { now }))) return null
  const coding = codingFor(headers.get('accept-encoding') ?? undefined)
  const { seconds } = operation.cache
  return notModified({ version, seconds, coding, isShared, now }, requestId, tag)
}
