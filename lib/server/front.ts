import type { RequestListener } from 'node:http'
import { onForget } from '@/lib/cache/forget'
import { listenForForgets } from '@/lib/cache/listen'
import { ResponseCache } from '@/lib/cache/response/cache'
import { createFront } from '@/lib/cache/response/front'
import { listenerOrigin } from '@/lib/cache/response/origin'
import { env } from '@/lib/env'
import { limitBody } from '@/lib/http/body-limit'
import { trustProxies } from '@/lib/http/client-address'
import { withWords } from '@/lib/http/failed-page'
import { findRoute } from '@/lib/http/routes'
import { baseHeaders, pageHeaders, strictTransportSecurity } from '@/lib/http/security-headers'
import type { Lifetime } from '@/lib/lifetime'
import { PATIENCE } from './http'

/** Said in front of everything; TLS ends in front of this process, so the site's own address tells whether there is any. */
const commonHeaders: Record<string, string> = {
  ...baseHeaders,
  ...(env.SYRO_URL?.startsWith('https:') && { 'strict-transport-security': strictTransportSecurity }),
}

/** What stands in front of Next.js: whose address counts, how much may be sent, and the cache of whole responses. */
export async function createFrontOf(listener: RequestListener, lifetime: Lifetime): Promise<RequestListener> {
  const now = () => Date.now()
  const onError = (error: unknown) => console.error(error)
  const origin = listenerOrigin(listener)
  const cache = new ResponseCache({
    // Next.js sends whoever has no name a page's metadata after the page.
    origin: async (request) =>
      withWords(await origin({ ...request, headers: { ...request.headers, 'user-agent': 'SyroMusic' } })),
    headersFor: ({ headers, body }) => ({
      ...commonHeaders,
      ...(String(headers['content-type']).startsWith('text/html') && pageHeaders(body.toString('utf8'))),
    }),
    maxBytes: env.SYRO_CACHE_MB * 1024 * 1024,
    now,
    onError,
  })
  onForget((tags) => cache.forget(tags))
  lifetime.onEnd(await listenForForgets())

  const markClient = trustProxies(env.TRUSTED_PROXIES)
  const front = createFront({
    cache,
    findRoute,
    headers: commonHeaders,
    // What the cache asks for itself has no client.
    listener: (request, response) => {
      markClient(request)
      return listener(request, response)
    },
    keepAlive: PATIENCE.idle,
    now,
    onError,
  })
  return (request, response) => {
    if (limitBody(request, response)) front(request, response)
  }
}
