import { createServer, type RequestListener } from 'node:http'
import next from 'next'
import { keepPageData } from '@/lib/cache/page-data'
import { abortWithoutStacks } from '@/lib/server/aborts'
import { silenceMiddlewareWarning } from './deprecations'

/** @param dev with hot reload, and without a build. @param port where the site listens. */
export type Where = { dev: boolean; dir: string; hostname: string; port: number }

/** Loads Next.js into this thread. @returns what answers requests. */
export async function loadNext(where: Where): Promise<RequestListener> {
  keepPageData()
  abortWithoutStacks()
  if (where.dev) silenceMiddlewareWarning()
  // Next.js listens for upgrades of the server that it is given, or else of the one that requests come from. Hot reload
  // needs that; all others it drops, also those of clients which would only rather speak HTTP/2. Nobody comes to this one.
  const httpServer = where.dev ? undefined : createServer()
  const site = next({ ...where, httpServer })
  await site.prepare()
  return site.getRequestHandler()
}
