import type { IncomingHttpHeaders } from 'node:http'

/** Requests of Next.js's router, which fetch a page's data instead of the page. Their headers tell what they want. */

/** The values of `next-router-prefetch` that Next.js reads (`parse-request-headers.js`); any other counts as absent. */
const PREFETCHES = ['1', '2', '3']
/** The one segment that exists: other segments belong to partially prerendered pages, and there are none. */
const TREE = '/_tree'

/** Whether a request is for a page and not for its data. */
export const isPageRequest = (headers: IncomingHttpHeaders): boolean => headers.rsc !== '1'

/** The headers that tell one form of a page's data from another. A page has five forms in all. */
export function dataHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  if (isPageRequest(headers)) return {}
  const prefetch = PREFETCHES.find((value) => value === headers['next-router-prefetch'])
  if (!prefetch) return { rsc: '1' }
  const isTree = prefetch === '1' && headers['next-router-segment-prefetch'] === TREE
  return { rsc: '1', 'next-router-prefetch': prefetch, ...(isTree && { 'next-router-segment-prefetch': TREE }) }
}
