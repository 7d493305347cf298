import type { Tag } from '@/lib/cache/forget'
import type { Route } from '@/lib/cache/response/key'

/**
 * The routes of pages, which are the same for everybody: which query parameters each knows, and what it is made of, so
 * that a write forgets it. Whether a response is kept is for its own Cache-Control to say.
 */
const all: readonly Tag[] = ['artists', 'albums', 'songs', 'genres', 'playlists']

const routes: (Route & { path: RegExp; tags: readonly Tag[] })[] = [
  { path: /^\/$/, query: [], tags: all },
  { path: /^\/artists$/, query: ['sort', 'page'], tags: ['artists'] },
  { path: /^\/artists\/[^/]+$/, query: [], tags: ['artists', 'albums', 'songs'] },
  { path: /^\/artists\/[^/]+\/albums\/[^/]+$/, query: ['page'], tags: ['artists', 'albums'] },
  { path: /^\/artists\/[^/]+\/songs$/, query: ['page'], tags: ['artists', 'albums', 'songs'] },
  { path: /^\/albums$/, query: ['sort', 'page'], tags: ['artists', 'albums'] },
  { path: /^\/albums\/[^/]+$/, query: ['page'], tags: ['artists', 'albums', 'songs', 'genres'] },
  { path: /^\/songs$/, query: ['sort', 'page'], tags: ['artists', 'albums', 'songs'] },
  { path: /^\/songs\/[^/]+$/, query: [], tags: all },
  { path: /^\/songs\/[^/]+\/albums$/, query: ['page'], tags: ['artists', 'albums', 'songs'] },
  { path: /^\/songs\/[^/]+\/playlists$/, query: ['page'], tags: ['songs', 'playlists'] },
  { path: /^\/playlists$/, query: ['sort', 'page'], tags: ['albums', 'songs', 'playlists'] },
  { path: /^\/playlists\/[^/]+$/, query: ['page'], tags: ['artists', 'albums', 'songs', 'playlists'] },
  { path: /^\/genres$/, query: ['page'], tags: ['genres'] },
  { path: /^\/genres\/[^/]+$/, query: ['sort', 'page'], tags: ['artists', 'albums', 'genres'] },
  { path: /^\/search$/, query: ['q'], tags: ['artists', 'albums', 'songs', 'genres'] },
]

/** Any other path names a file of the build, leads elsewhere or names nothing: no parameter and no write changes that. */
const other: Route = { query: [], tags: [] }

/** What depends on the address that was asked, is sent as it is made, or may be larger than memory. */
const PASSED_ON = /^\/(robots\.txt$|sitemap\b|api\/|_next\/(?!static\/))/

/** The route of a path; null for one whose requests are passed on as they are. */
export const findRoute = (pathname: string): Route | null =>
  PASSED_ON.test(pathname) ? null : (routes.find(({ path }) => path.test(pathname)) ?? other)
