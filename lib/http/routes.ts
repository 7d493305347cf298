import { PAGE_SECONDS } from '@/lib/cache/page-seconds'
import type { CacheRoute } from '@/lib/cache/response/key'
import { MAX_FORM_BYTES } from './body-limit'
import { pages } from './pages.mjs'

/**
 * Pages are cached for 15 minutes. Next.js would call them private. The cache requests them without anything of the
 * client, so they are the same for everybody. They may be served stale for a year while they are refreshed.
 */
const LIFE = `s-maxage=${PAGE_SECONDS}, stale-while-revalidate=31536000`

const routes = pages.map(({ path, inside, defaultSort, query = [], freeText, secondary }) => {
  const pattern = `^${path.replace(/:\w+/g, '[^/]+')}$`
  const route: CacheRoute = {
    query: [...query, ...(defaultSort ? ['sort'] : []), ...(inside ? ['page'] : [])],
    ...(freeText && { freeText }),
    ...(secondary && { hasSecondary: true }),
    cacheControl: LIFE,
  }
  // Letters match in either case, as in the rewrites of Next.js.
  return { route, path: new RegExp(pattern, 'i'), exact: new RegExp(pattern) }
})

/** A file of the build: no parameter and no write changes it. */
const file: CacheRoute = { query: [] }

/** Any other path redirects or is a 404, until a write changes that. */
const other: CacheRoute = {
  query: [],
  cacheControl: LIFE,
  isUnbounded: true,
}

/**
 * Addresses whose responses bypass the response cache: they depend on the requested host, have a cache of their own
 * (suggestions, the API), or are streams that may be larger than memory.
 */
const uncached: readonly { path: RegExp; streams?: true }[] = [
  { path: /^\/(robots\.txt|opensearch\.xml)$/ },
  { path: /^\/search\/suggestions(\/|$)/ },
  { path: /^\/sitemap\//, streams: true },
  { path: /^\/sitemap\b/ },
  { path: /^\/api\/(?!docs(?:$|\/))/ },
]

const findUncached = (pathname: string) => uncached.find(({ path }) => path.test(pathname))

/** Whether the responses at a path are streams. In the API that depends on the client's Accept header. */
export const isStreamed = (pathname: string): boolean => findUncached(pathname)?.streams ?? false

/** Account pages: they read cookies, take forms, and are never cached. */
const PERSONAL = /^\/(account|sign-in|sign-up|reset-password|verify)(\/|$)/i

export const isPersonal = (pathname: string): boolean => PERSONAL.test(pathname)

/** The route of a path; null for a path whose requests bypass the cache. */
export function findRoute(pathname: string): CacheRoute | null {
  if (findUncached(pathname) || isPersonal(pathname)) return null
  if (pathname.startsWith('/_next/static/')) return file
  const found = routes.find(({ path }) => path.test(pathname))
  if (!found) return other
  // A word of ten letters has a thousand spellings in upper and lower case.
  return found.exact.test(pathname) ? found.route : { ...found.route, isUnbounded: true }
}

/** The largest form that a request may send to a page, in bytes: 0 where it takes none. */
export const maxFormBytes = (method: string, pathname: string): number =>
  method === 'POST' && isPersonal(pathname) ? MAX_FORM_BYTES : 0
