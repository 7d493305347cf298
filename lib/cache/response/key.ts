import type { IncomingHttpHeaders } from 'node:http'
import { dataHeaders } from '@/lib/next/data-requests'
import type { OriginRequest } from './origin'

/**
 * What makes one response differ from another: the path, the query parameters that its route knows, and what
 * distinguishes Next.js's requests for data from a browser's for a page. The origin is asked with exactly these, so
 * nothing else of a request can get into what others are served.
 */
export type Key = {
  key: string
  request: OriginRequest
  tags: readonly string[]
  /** Whether the origin's entity tag names this version of it; else one is made of its bytes. */
  isTagged?: boolean
  /** Whether anybody can make up addresses like this one, without end. Their responses share a small part of the cache. */
  isUnbounded?: boolean
}

/** What is known of the responses of a route. */
export type CacheRoute = {
  /** The query parameters that it knows, in canonical order. */
  query: readonly string[]
  /** Those of them that take any value, such as the words of a search. */
  freeText?: readonly string[]
  /** Whether anybody can make up paths that lead here. */
  isUnbounded?: boolean
  /** What they are made of. */
  tags: readonly string[]
  /** Their Cache-Control, unless they fail or the origin gives them another. */
  cacheControl?: string
  /** Of files: they are the same however Next.js asks. */
  isFile?: boolean
}

/** The route of a path; null for one whose responses are not kept. */
export type FindRoute = (pathname: string) => CacheRoute | null

/** Paths in which no character needs to be escaped, or could be written otherwise. */
const PLAIN = /^[\w/.~-]*$/

/**
 * A path with each character escaped in one way, so that spellings of a path share a response.
 * @param pathname whose escapes are well-formed.
 */
export const canonicalPath = (pathname: string): string =>
  PLAIN.test(pathname)
    ? pathname
    : pathname
        .split('/')
        .map((segment) => encodeURIComponent(decodeURIComponent(segment)))
        .join('/')

/**
 * @param url whose escapes are well-formed.
 * @returns null for a request that is not answered from the cache.
 */
export function keyOf(url: string, headers: IncomingHttpHeaders, findRoute: FindRoute): Key | null {
  if (!url.startsWith('/')) return null
  const mark = url.indexOf('?')
  const pathname = canonicalPath(mark === -1 ? url : url.slice(0, mark))
  const route = findRoute(pathname)
  if (route === null) return null

  const query = mark === -1 ? new URLSearchParams() : knownPart(url.slice(mark + 1), route.query)
  const canonical = query.size === 0 ? pathname : `${pathname}?${query}`
  const asked = route.isFile ? {} : dataHeaders(headers)
  const key =
    canonical +
    Object.entries(asked)
      .map(([name, value]) => `\n${name}:${value}`)
      .join('')
  const { tags, cacheControl, freeText = [] } = route
  const isUnbounded = route.isUnbounded || freeText.some((name) => query.has(name))
  return { key, request: { url: canonical, headers: asked, cacheControl }, tags, isUnbounded }
}

/** The known parameters of a query, each once, in canonical order; empty values count, they are errors to be told of. */
function knownPart(query: string, known: readonly string[]): URLSearchParams {
  const given = new URLSearchParams(query)
  const kept = new URLSearchParams()
  for (const name of known) {
    const value = given.get(name)
    if (value !== null) kept.set(name, value)
  }
  return kept
}
