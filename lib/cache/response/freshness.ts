import CachePolicy from 'http-cache-semantics'
import type { OriginResponse } from './origin'

/**
 * How long a response may be served (RFC 9111 and RFC 5861), computed once when it is stored, so that a hit only
 * compares numbers. Times are in milliseconds since the epoch.
 */
export type Freshness = {
  storedAt: number
  /** Its age on arrival. */
  initialAge: number
  freshUntil: number
  /** May be served stale until then, while it is refreshed. */
  staleWhileRevalidate: number
  /** May be served stale until then, while the origin fails. */
  staleIfError: number
}

const seconds = (directive: unknown): number => {
  const value = Number(directive)
  return Number.isFinite(value) && value > 0 ? value * 1000 : 0
}

/** Errors are stored for at most this long, in ms: a missing page may exist in a moment. */
const ERROR_MS = 10_000

/** Directives of a Cache-Control header: "s-maxage=900, public" is { 's-maxage': '900', public: '' }. */
const directivesOf = (cacheControl: unknown): Record<string, string> =>
  Object.fromEntries(
    String(cacheControl ?? '')
      .split(',')
      .map((directive) => {
        const [name = '', value = ''] = directive.split('=', 2)
        return [name.trim().toLowerCase(), value.trim().replace(/^"|"$/g, '')]
      })
      .filter(([name]) => name !== ''),
  )

/**
 * @returns null for a response that a shared cache must not store, or that does not declare itself public.
 */
export function freshnessOf(
  response: Pick<OriginResponse, 'status' | 'headers' | 'expiresAt' | 'isAging'>,
  now: number,
): Freshness | null {
  const headers = Object.fromEntries(
    Object.entries(response.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  )
  if (headers['set-cookie'] !== undefined || headers.vary?.includes('*')) return null
  const directives = directivesOf(headers['cache-control'])
  const forEverybody = 'public' in directives || 's-maxage' in directives
  if (!forEverybody || 'private' in directives || 'no-store' in directives) return null

  const policy = new CachePolicy(
    { method: 'GET', url: '/', headers: {} },
    { status: response.status, headers },
    { shared: true },
  )
  if (!policy.storable()) return null
  const initialAge = seconds(headers.age)
  const life = policy.maxAge() * 1000 - initialAge
  if (response.status >= 400) {
    const until = now + Math.min(life, ERROR_MS)
    return { storedAt: now, initialAge, freshUntil: until, staleWhileRevalidate: until, staleIfError: until }
  }
  const freshUntil = Math.min(now + life, response.expiresAt ?? Number.POSITIVE_INFINITY)
  return {
    storedAt: now,
    initialAge,
    freshUntil,
    staleWhileRevalidate: response.isAging ? freshUntil : freshUntil + seconds(directives['stale-while-revalidate']),
    staleIfError: freshUntil + seconds(directives['stale-if-error']),
  }
}
