import { createServer, type RequestListener } from 'node:http'
import next from 'next'
import { dropAbortStacks } from './abort-controller'
import { silenceMiddlewareWarning } from './deprecations'
import { keepPageData } from './page-data'

/*
 * What SyroMusic takes from inside Next.js, which an upgrade may change without notice. Each entry has its reason and
 * the test that fails when the entry no longer holds; internals.test.ts also finds each name in the installed Next.js.
 *
 * - abort-controller.ts patches `AbortController`: the errors that React aborts renderings with keep requests in memory.
 *   Tests: abort-controller.test.ts; `npm run bench -- --only crawl` for the memory.
 * - api-headers.ts: Next.js removes `Content-Encoding` from the responses of route handlers and extends `Vary`.
 *   Test: lib/api/front.test.ts.
 * - data-requests.ts reads the headers of the router's requests, so that the response cache tells a page from its data.
 *   Tests: lib/cache/response/front.test.ts, e2e/pages.
 * - deprecations.ts drops the warning about `middleware.ts`: the gate needs that file name. Test: deprecations.test.ts.
 * - error-pages.ts draws the 404 and 5xx pages that Next.js leaves to scripts. Tests: error-pages.test.ts,
 *   lib/server/unavailable.process.test.ts.
 * - form.ts checks the encoding of server actions: Next.js answers 500 to one that it can't decode. Test: form.test.ts.
 * - inline-scripts.ts allows Next.js's inline scripts by hash: cached pages can't have nonces. Test:
 *   inline-scripts.test.ts; browsers report blocked scripts in every test of e2e/.
 * - load.ts passes `httpServer`, so that Next.js ignores upgrades in production. Test: lib/server/edges.process.test.ts.
 * - page-data.ts registers the store of `unstable_cache` on `globalThis`: named in next.config.mjs it would be imported
 *   anew for each request. Tests: page-data.test.ts, lib/server/site.process.test.ts.
 * - prefetch-kind.ts imports from `next/dist`: the public router fetches only the outline of a page ahead of a visit.
 *   Test: e2e/pages.
 * - lib/server/build.ts runs `next/dist/bin/next` and reads BUILD_ID and a message about concurrent builds. Tests:
 *   lib/server/build.test.ts, lib/server/site.process.test.ts.
 * - lib/cache/response/origin.ts calls Next.js's request handler with requests and responses that have no connection.
 *   Tests: lib/cache/response/origin.test.ts and every process test.
 */

/** The folder and the address of the site. */
export type SiteOptions = {
  /** With hot reload, and without a build. */
  dev: boolean
  dir: string
  hostname: string
  port: number
}

/** Loads Next.js into this thread. @returns its request handler. */
export async function loadNext(options: SiteOptions): Promise<RequestListener> {
  keepPageData()
  dropAbortStacks()
  if (options.dev) silenceMiddlewareWarning()
  // Next.js handles the upgrades of this server, or else of the server that requests come from. Hot reload needs that. In
  // production Next.js would drop every upgrade, also of clients that only offer HTTP/2, so it gets a server without any.
  const httpServer = options.dev ? undefined : createServer()
  const site = next({ ...options, httpServer })
  await site.prepare()
  return site.getRequestHandler()
}
