import type { Tag } from '@/lib/cache/forget'
import { PAGE_SECONDS } from '@/lib/cache/page-seconds'
import type { Route } from '@/lib/cache/response/key'
import { MAX_FORM_BYTES } from './body-limit'

/**
 * The routes of pages, which are the same for everybody: which query parameters each knows, and what it is made of, so
 * that a write forgets it. Letters match in either case, as Next.js matches its own routes. Pages are kept as LIFE says;
 * of anything else its own Cache-Control says whether it is.
 */
const all: readonly Tag[] = ['artists', 'albums', 'songs', 'genres', 'playlists']

const SEARCH = ['q', 'kind', 'genre', 'decade', 'artist', 'length', 'color', 'sort', 'page']

const pages: (Route & { path: RegExp; tags: readonly Tag[] })[] = [
  { path: /^\/$/i, query: [], tags: all },
  { path: /^\/artists$/i, query: ['sort', 'page'], tags: ['artists'] },
  { path: /^\/artists\/[^/]+$/i, query: [], tags: ['artists', 'albums', 'songs'] },
  { path: /^\/artists\/[^/]+\/albums\/[^/]+$/i, query: ['page'], tags: ['artists', 'albums'] },
  { path: /^\/artists\/[^/]+\/songs$/i, query: ['page'], tags: ['artists', 'albums', 'songs'] },
  {
    path: /^\/artists\/[^/]+\/credits\/[^/]+\/(albums|songs)$/i,
    query: ['page'],
    tags: ['artists', 'albums', 'songs'],
  },
  { path: /^\/albums\/[^/]+\/credits$/i, query: ['page'], tags: ['artists', 'albums'] },
  { path: /^\/songs\/[^/]+\/credits$/i, query: ['page'], tags: ['artists', 'songs'] },
  { path: /^\/albums$/i, query: ['color', 'sort', 'page'], freeText: ['color'], tags: ['artists', 'albums'] },
  { path: /^\/albums\/[^/]+$/i, query: ['page'], tags: ['artists', 'albums', 'songs', 'genres'] },
  { path: /^\/songs$/i, query: ['sort', 'page'], tags: ['artists', 'albums', 'songs'] },
  { path: /^\/songs\/[^/]+$/i, query: [], tags: all },
  { path: /^\/songs\/[^/]+\/albums$/i, query: ['page'], tags: ['artists', 'albums', 'songs'] },
  { path: /^\/songs\/[^/]+\/playlists$/i, query: ['page'], tags: ['songs', 'playlists'] },
  { path: /^\/playlists$/i, query: ['sort', 'page'], tags: ['albums', 'songs', 'playlists'] },
  { path: /^\/playlists\/[^/]+$/i, query: ['page'], tags: ['artists', 'albums', 'songs', 'playlists'] },
  { path: /^\/genres$/i, query: ['page'], tags: ['genres'] },
  { path: /^\/genres\/[^/]+$/i, query: ['sort', 'page'], tags: ['artists', 'albums', 'songs', 'genres'] },
  { path: /^\/genres\/[^/]+\/songs$/i, query: ['sort', 'page'], tags: ['artists', 'albums', 'songs', 'genres'] },
  {
    path: /^\/search$/i,
    query: SEARCH,
    freeText: SEARCH,
    tags: [...all, 'search'],
  },
  { path: /^\/api\/docs$/i, query: [], tags: all },
  { path: /^\/api\/docs\/problems$/i, query: [], tags: [] },
]

/**
 * Pages live for 15 minutes. Next.js renders them whenever it is asked and would call them private; asked by the cache,
 * which names nobody, they are for everybody. They may be served stale for a year, while they are made anew.
 */
const LIFE = `s-maxage=${PAGE_SECONDS}, stale-while-revalidate=31536000`

const routes = pages.map((page) => ({ ...page, cacheControl: LIFE, exact: new RegExp(page.path.source) }))

/** A file of the build: no parameter and no write changes it. */
const file: Route = { query: [], tags: [] }

/** Any other path leads elsewhere or names nothing, until a write says otherwise. */
const other: Route = { query: [], tags: all, cacheControl: LIFE, isUnbounded: true }

/**
 * Addresses whose responses are not cached: they depend on the host that was asked, are asked for with each letter that
 * somebody types and cached where they are found, or stream because they may be larger than memory.
 */
const uncached: readonly { path: RegExp; streams?: true }[] = [
  { path: /^\/(robots\.txt|opensearch\.xml)$/ },
  { path: /^\/search\/suggestions(\/|$)/ },
  { path: /^\/sitemap\//, streams: true },
  { path: /^\/sitemap\b/ },
  { path: /^\/api\/(?!docs(?:$|\/))/ },
]

const findUncached = (pathname: string) => uncached.find(({ path }) => path.test(pathname))

/** Whether the responses at a path are streams. Those of the API depend on what its client accepts. */
export const isStreamed = (pathname: string): boolean => findUncached(pathname)?.streams ?? false

/**
 * Pages of one person alone, and those that lead to them: they read cookies and take forms. What is sent of them is kept
 * nowhere.
 */
const PERSONAL = /^\/(account|sign-in|sign-up|reset-password|verify)(\/|$)/i

export const isPersonal = (pathname: string): boolean => PERSONAL.test(pathname)

/** The route of a path; null for one whose requests are passed on as they are. */
export function findRoute(pathname: string): Route | null {
  if (findUncached(pathname) || isPersonal(pathname)) return null
  if (pathname.startsWith('/_next/static/')) return file
  const route = routes.find(({ path }) => path.test(pathname))
  if (!route) return other
  // A word of ten letters has a thousand spellings.
  return route.exact.test(pathname) ? route : { ...route, isUnbounded: true }
}

/** The largest form that a request may send to a page, in bytes: 0 where it takes none. */
export const maxFormBytes = (method: string, pathname: string): number =>
  method === 'POST' && isPersonal(pathname) ? MAX_FORM_BYTES : 0
