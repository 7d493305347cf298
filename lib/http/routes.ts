import type { Tag } from '@/lib/cache/forget'
import { PAGE_SECONDS } from '@/lib/cache/page-seconds'
import type { Route } from '@/lib/cache/response/key'

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
  { path: /^\/albums$/i, query: ['color', 'sort', 'page'], freeText: ['color'], tags: ['artists', 'albums'] },
  { path: /^\/albums\/[^/]+$/i, query: ['page'], tags: ['artists', 'albums', 'songs', 'genres'] },
  { path: /^\/songs$/i, query: ['sort', 'page'], tags: ['artists', 'albums', 'songs'] },
  { path: /^\/songs\/[^/]+$/i, query: [], tags: all },
  { path: /^\/songs\/[^/]+\/albums$/i, query: ['page'], tags: ['artists', 'albums', 'songs'] },
  { path: /^\/songs\/[^/]+\/playlists$/i, query: ['page'], tags: ['songs', 'playlists'] },
  { path: /^\/playlists$/i, query: ['sort', 'page'], tags: ['albums', 'songs', 'playlists'] },
  { path: /^\/playlists\/[^/]+$/i, query: ['page'], tags: ['artists', 'albums', 'songs', 'playlists'] },
  { path: /^\/genres$/i, query: ['page'], tags: ['genres'] },
  { path: /^\/genres\/[^/]+$/i, query: ['sort', 'page'], tags: ['artists', 'albums', 'genres'] },
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
 * What depends on the address that was asked, is sent as it is made, may be larger than memory, or is asked with each
 * letter that somebody types, and kept where it is found.
 */
const PASSED_ON =
  /^\/(robots\.txt$|opensearch\.xml$|search\/suggestions(?:\/|$)|sitemap\b|api\/(?!docs(?:$|\/))|_next\/(?!static\/))/

/** Next.js takes such segments out of a path, which then leads anywhere; no browser sends them. */
const DOTS = /(?:^|[/\\])(?:\.|%2e){1,2}(?:[/\\]|$)/i

/**
 * Pages of one person alone, and those that lead to them: they read cookies and take forms. What is sent of them is kept
 * nowhere.
 */
const PERSONAL = /^\/(account|sign-in|sign-up|reset-password|verify)(\/|$)/i

export const isPersonal = (pathname: string): boolean => PERSONAL.test(pathname)

/** The route of a path; null for one whose requests are passed on as they are. */
export function findRoute(pathname: string): Route | null {
  if (PASSED_ON.test(pathname) || DOTS.test(pathname) || isPersonal(pathname)) return null
  if (pathname.startsWith('/_next/static/')) return file
  const route = routes.find(({ path }) => path.test(pathname))
  if (!route) return other
  // A word of ten letters has a thousand spellings.
  return route.exact.test(pathname) ? route : { ...route, isUnbounded: true }
}
