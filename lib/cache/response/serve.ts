import type { IncomingMessage, ServerResponse } from 'node:http'
import type { CacheResult } from './cache'
import type { Representation, StoredResponse } from './stored-response'

/**
 * The Cache-Control for clients. Browsers revalidate each time (a 304 costs next to nothing, and after an import a
 * reload shows the new page). Shared caches keep a page as long as the origin does, and a day longer while they refresh
 * it or can't reach the site.
 */
const browsersRevalidate = (sharedSeconds: number): string =>
  `public, max-age=0, s-maxage=${sharedSeconds}, stale-while-revalidate=86400, stale-if-error=86400`

/** Files whose names change with their content. */
const isImmutable = (stored: StoredResponse) => stored.cacheControl.includes('immutable')

function cacheControlOf(stored: StoredResponse): string {
  if (isImmutable(stored)) return stored.cacheControl
  const { freshUntil, storedAt } = stored.freshness
  // The data of a page may expire while the page is made.
  const sharedSeconds = Math.max(0, Math.round((freshUntil - storedAt) / 1000))
  // A 404 must not last longer in other caches than here.
  return stored.status >= 400 ? `public, max-age=0, s-maxage=${sharedSeconds}` : browsersRevalidate(sharedSeconds)
}

/** RFC 9211: a stale hit has a negative ttl. */
const cacheStatus: Record<Exclude<CacheResult['kind'], 'pass'>, (ttl: number) => string> = {
  hit: (ttl) => `SyroMusic; hit; ttl=${ttl}`,
  stale: (ttl) => `SyroMusic; hit; ttl=${ttl}; detail=revalidating`,
  'stale-error': (ttl) => `SyroMusic; fwd=stale; ttl=${ttl}; detail=origin-failed`,
  miss: () => 'SyroMusic; fwd=uri-miss; stored',
}

/**
 * The Cache-Control for requests with `Authorization`. The response is the same for all, but a proxy in front may
 * require a password, and shared caches must not store what is behind it.
 */
const privately = (stored: StoredResponse): string =>
  isImmutable(stored) ? stored.cacheControl.replace('public', 'private') : 'private, max-age=0'

/**
 * The headers of a response, as a flat list, which node:http takes fastest. They are valid for one second, because Age
 * grows.
 */
export function headersOf(
  kind: Exclude<CacheResult['kind'], 'pass'>,
  stored: StoredResponse,
  { coding, body, etag }: Representation,
  now: number,
  isSigned = false,
): string[] {
  const { freshness } = stored
  return [
    ...stored.headers,
    'cache-control',
    isSigned ? privately(stored) : cacheControlOf(stored),
    'cache-status',
    cacheStatus[kind](Math.ceil((freshness.freshUntil - now) / 1000)),
    'age',
    stored.ageAt(now),
    'etag',
    etag,
    ...(stored.vary ? ['vary', stored.vary] : []),
    ...(coding === 'identity' ? [] : ['content-encoding', coding]),
    'content-length',
    String(body.length),
  ]
}

/** Headers that a 304 omits, because they describe the body (RFC 9110, 15.4.5). */
const OF_BODY = new Set(['content-type', 'content-encoding', 'content-length'])
const withoutBody = (headers: string[]): string[] =>
  headers.filter((_, index) => !OF_BODY.has(headers[index - (index % 2)] ?? ''))

/** The client's own tag, whatever the coding of its copy: with another one it could not tell which copy is current. */
const withTag = (headers: string[], etag: string): string[] =>
  headers.map((value, index) => (headers[index - 1] === 'etag' && index % 2 === 1 ? etag : value))

/** Sends a stored response, or a 304 if the client has it. */
export function send(
  request: IncomingMessage,
  response: ServerResponse,
  stored: StoredResponse,
  { body, coding }: Representation,
  headers: string[],
): void {
  const ifNoneMatch = request.headers['if-none-match']
  const known = stored.status === 200 && ifNoneMatch !== undefined && stored.knownTag(ifNoneMatch, [coding])
  if (known) {
    response.writeHead(304, withTag(withoutBody(headers), known))
    response.end()
    return
  }
  response.writeHead(stored.status, headers)
  if (request.method === 'HEAD') response.end()
  else response.end(body)
}
