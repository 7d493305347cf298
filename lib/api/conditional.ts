import type { StoredResponse } from '@/lib/cache/response/stored-response'
import { NDJSON, typeFor } from '@/lib/http/api/negotiate'
import type { ApiRequest } from '@/lib/http/api/request'
import { isKnown, knownTag, PRIVATE, streamNotModified, streamVersionOf } from '@/lib/http/api/version'
import { originFor } from '@/lib/http/site-url'

/** Finds the response of a request in the response cache, or makes it where that is allowed. */
export type FindStored = (
  request: Request,
  matched: ApiRequest,
  mayFetch: boolean,
) => Promise<StoredResponse | undefined>

/** A stream has no pages: its route refuses the parameter. */
const PAGED = /[?&]page=/

/** An entity tag in If-None-Match, which may be "*" instead. */
const TAG = /"/

/** Parameters whose values only the catalogue can confirm. */
const UNCERTAIN = ['cursor', 'genre', 'artist', 'label']

/** Whether the address exists, whatever the catalogue contains. */
function isCertain({ parameters: { params, query } }: ApiRequest): boolean {
  if (!params.ok || !query.ok) return false
  const { value } = query
  return Object.keys(params.value).length === 0 && UNCERTAIN.every((name) => value[name] === undefined)
}

/**
 * Answers a conditional request whose client has the current version, before it is charged.
 * @param mayFetch whether a response may be made to find out.
 * @returns null where the route must answer: the client has another version, the request is wrong, or only the catalogue
 * tells whether there is anything at the address.
 */
export async function unchanged(
  request: Request,
  matched: ApiRequest,
  requestId: string,
  mayFetch: () => Promise<boolean>,
  findStored?: FindStored,
): Promise<Response | null> {
  const { headers, method } = request
  if (method !== 'GET' && method !== 'HEAD') return null
  if (!headers.has('if-none-match') && !headers.has('if-modified-since')) return null
  const { operation, parameters } = matched
  if (!operation || !('dependsOn' in operation) || operation.cache.for === 'nobody') return null
  const { address } = parameters
  const type = typeFor(operation, headers)
  if (address === undefined || !type) return null

  if (type === NDJSON) {
    const version = await streamVersionOf(operation, originFor(request).origin + address)
    const isThere = knownTag(version, headers) !== undefined || (isCertain(matched) && isKnown(version, headers))
    return isThere && !PAGED.test(address) ? streamNotModified(version, requestId, Date.now()) : null
  }
  // Only clients that were charged for a response have its tag. Anything else would be a way to read for free.
  const namesVersion = TAG.test(headers.get('if-none-match') ?? '')
  const stored = await findStored?.(request, matched, namesVersion && (await mayFetch()))
  const response = stored ? notModified(stored, request) : null
  response?.headers.set('x-request-id', requestId)
  return response
}

/** The 304 of a stored response, if the client has it; else null. */
export function notModified(stored: StoredResponse, request: Request): Response | null {
  const known = knownHeaders(stored, request.headers)
  if (!known) return null
  const cacheControl = originFor(request).isShared ? stored.cacheControl : PRIVATE
  const age = stored.ageAt(Date.now())
  return new Response(null, {
    status: 304,
    headers: { ...known, vary: stored.vary, 'cache-control': cacheControl, age },
  })
}

/** The validators of a stored response if the client has it (RFC 9110, 13.2.2). */
function knownHeaders(stored: StoredResponse, headers: Headers): Record<string, string> | undefined {
  if (stored.status !== 200) return undefined
  const modified = stored.header('last-modified')
  const validators = (etag: string) => ({ etag, ...(modified && { 'last-modified': modified }) })
  const tags = headers.get('if-none-match')
  if (tags !== null) {
    const etag = stored.knownTag(tags)
    return etag === undefined ? undefined : validators(etag)
  }
  const since = Date.parse(headers.get('if-modified-since') ?? '')
  return modified !== undefined && Date.parse(modified) <= since ? validators(stored.etagIn('identity')) : undefined
}
