import type { IncomingHttpHeaders } from 'node:http'
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
}

/** What is known of the responses of a route. */
export type Route = {
  /** The query parameters that it knows, in canonical order. */
  query: readonly string[]
  /** What they are made of. */
  tags: readonly string[]
  /** Their Cache-Control, unless they fail or the origin gives them another. */
  cacheControl?: string
  /** Of files: they are the same however Next.js asks. */
  isFile?: boolean
}

/** The route of a path; null for one whose responses are not kept. */
export type FindRoute = (pathname: string) => Route | null

/** Next.js's own request headers, by which it answers with a page's data, the data of a prefetch, or of one segment. */
const DATA_HEADERS = ['rsc', 'next-router-prefetch', 'next-router-segment-prefetch'] as const

/** Whether a request is for a page, not for its data: then its address alone tells its key. */
export const isForPage = (headers: IncomingHttpHeaders): boolean =>
  headers[DATA_HEADERS[0]] === undefined &&
  headers[DATA_HEADERS[1]] === undefined &&
  headers[DATA_HEADERS[2]] === undefined

/** Longest value of a header that goes into a key: segments are paths. */
const MAX_HEADER = 500

/** @returns null for a request that is not answered from the cache. */
export function keyOf(url: string, headers: IncomingHttpHeaders, findRoute: FindRoute): Key | null {
  if (!url.startsWith('/')) return null
  const mark = url.indexOf('?')
  const pathname = mark === -1 ? url : url.slice(0, mark)
  const route = findRoute(pathname)
  if (route === null) return null

  const canonical = mark === -1 ? pathname : pathname + knownPart(url.slice(mark + 1), route.query)
  const asked: Record<string, string> = {}
  let key = canonical
  for (const name of route.isFile ? [] : DATA_HEADERS) {
    const value = headers[name]
    if (typeof value !== 'string') continue
    if (value.length > MAX_HEADER) return null
    asked[name] = value
    key += `\n${name}:${value}`
  }
  const { tags, cacheControl } = route
  return { key, request: { url: canonical, headers: asked, cacheControl }, tags }
}

/** The known parameters of a query, each once, in canonical order; empty values count, they are errors to be told of. */
function knownPart(query: string, known: readonly string[]): string {
  const given = new URLSearchParams(query)
  const kept = new URLSearchParams()
  for (const name of known) {
    const value = given.get(name)
    if (value !== null) kept.set(name, value)
  }
  return kept.size === 0 ? '' : `?${kept}`
}
