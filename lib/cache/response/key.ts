import type { IncomingHttpHeaders } from 'node:http'
import { dataHeaders } from '@/lib/next/data-requests'
import type { OriginRequest } from './origin'

/**
 * The key of a response: the path, the query parameters that its route knows, and the headers by which Next.js's router
 * asks for data. The origin gets exactly these, so nothing else of a request can get into a shared response.
 */
export type Key = {
  key: string
  request: OriginRequest
  /** Whether the origin's entity tag names the version; else the tag is a hash of the bytes. */
  isTagged?: boolean
  /** Whether secondary content may be old. */
  hasSecondary?: boolean | undefined
  /** Whether anyone can invent such addresses without end. Their responses share a small part of the cache. */
  isUnbounded?: boolean
}

/** The caching of a route's responses. */
export type CacheRoute = {
  /** The query parameters that it knows, in canonical order. */
  query: readonly string[]
  /** The parameters that take any value, such as the words of a search. */
  freeText?: readonly string[]
  /** Whether anyone can invent paths of this route. */
  isUnbounded?: boolean
  /** Whether they have secondary content, which may be old. */
  hasSecondary?: boolean
  /** Their Cache-Control, unless they fail or the origin sends another. */
  cacheControl?: string
  /** For files: Next.js's router gets the same response. */
  isFile?: boolean
}

/** Gives the route of a path; null for a path that bypasses the cache. */
export type FindRoute = (pathname: string) => CacheRoute | null

/** Paths without characters that could be escaped. */
const PLAIN = /^[\w/.~-]*$/

/**
 * A path in its canonical escaping, so that all spellings share a response.
 * @param pathname whose escapes are well-formed.
 */
export const canonicalPath = (pathname: string): string =>
  PLAIN.test(pathname)
    ? pathname
    : pathname
        .split('/')
        .map((segment) => encodeURIComponent(decodeURIComponent(segment)))
        .join('/')

/** @param url whose escapes are well-formed. @returns null for a request that bypasses the cache. */
export function keyOf(url: string, headers: IncomingHttpHeaders, findRoute: FindRoute): Key | null {
  if (!url.startsWith('/')) return null
  const mark = url.indexOf('?')
  const pathname = canonicalPath(mark === -1 ? url : url.slice(0, mark))
  const route = findRoute(pathname)
  if (route === null) return null

  const query = mark === -1 ? new URLSearchParams() : knownPart(url.slice(mark + 1), route.query)
  const canonical = query.size === 0 ? pathname : `${pathname}?${query}`
  const forwarded = route.isFile ? {} : dataHeaders(headers)
  const key =
    canonical +
    Object.entries(forwarded)
      .map(([name, value]) => `\n${name}:${value}`)
      .join('')
  const { cacheControl, hasSecondary, freeText = [] } = route
  const isUnbounded = route.isUnbounded || freeText.some((name) => query.has(name))
  return { key, request: { url: canonical, headers: forwarded, cacheControl }, hasSecondary, isUnbounded }
}

/** The known parameters of a query, each once, in canonical order. Empty values count: they may be errors. */
function knownPart(query: string, names: readonly string[]): URLSearchParams {
  const parameters = new URLSearchParams(query)
  const known = new URLSearchParams()
  for (const name of names) {
    const value = parameters.get(name)
    if (value !== null) known.set(name, value)
  }
  return known
}
