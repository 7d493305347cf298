import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { takesJson } from '@/lib/api/cached'
import { createApiFront } from '@/lib/api/front'
import { maxBodyAt, methodsAt } from '@/lib/api/gate'
import { isArtwork } from '@/lib/artwork/serve/address'
import { openArtwork, SHARE } from '@/lib/artwork/serve/open'
import { listenForChanges } from '@/lib/cache/changes/listen'
import { catchUpBy } from '@/lib/cache/changes/read'
import { ResponseCache } from '@/lib/cache/response/cache'
import { createFront } from '@/lib/cache/response/front'
import { canonicalPath } from '@/lib/cache/response/key'
import { QueueFull } from '@/lib/cache/response/waiting-clients'
import { databaseUrl } from '@/lib/db/url'
import { env } from '@/lib/env'
import { READ } from '@/lib/http/api/contract'
import { hasBody, limitBody, tooLargeSentence } from '@/lib/http/body-limit'
import { trustProxies } from '@/lib/http/client-address'
import { dropBody } from '@/lib/http/drop-body'
import { isApi, isGuarded } from '@/lib/http/gate/api-path'
import { type Fault, faultOf } from '@/lib/http/gate/faults'
import { problems } from '@/lib/http/problems'
import { findRoute, isPersonal, isStreamed, maxFormBytes } from '@/lib/http/routes'
import { createPageHeaders } from '@/lib/http/security-headers'
import { takeAbsoluteTarget } from '@/lib/http/target'
import type { Lifetime } from '@/lib/lifetime'
import { drawingNotFound, withErrorText } from '@/lib/next/error-pages'
import { scriptsOfBuild } from '@/lib/next/inline-scripts'
import { log } from '@/lib/observability/log'
import { createWhole } from '@/lib/server/next/whole-response'
import { commonHeaders } from './common-headers'
import { TIMEOUTS } from './http'
import type { NextThread } from './next/start'
import { createPersonal } from './personal'
import { createQueues, queuedOrigin, queuedStream } from './queues'

/** The listener in front of Next.js: client addresses, body limits and the cache of whole responses. */
export async function createFrontOf(
  { origin, stream, receiver }: NextThread,
  lifetime: Lifetime,
): Promise<RequestListener> {
  const now = () => Date.now()
  const onError = (error: unknown) => {
    if (!(error instanceof QueueFull)) log.error({ err: error }, 'A request failed')
  }
  const pageHeaders = createPageHeaders(scriptsOfBuild('.next'), (line) => log.error(line))
  const queues = createQueues()
  const drawn = drawingNotFound(origin)
  const cache = new ResponseCache({
    // Without a user agent, Next.js sends a page's metadata after the page.
    origin: (request, waiting) =>
      queues.renders.run(waiting, async () =>
        withErrorText(await drawn({ ...request, headers: { ...request.headers, 'user-agent': 'SyroMusic' } })),
      ),
    headersFor: ({ headers, body }) => ({
      ...commonHeaders,
      ...(String(headers['content-type']).startsWith('text/html') && pageHeaders(body.toString('utf8'))),
      // Next.js adds the headers of its router to every Vary.
      ...(String(headers['content-type']).startsWith('application/json') && { vary: 'Accept, Accept-Encoding' }),
    }),
    maxBytes: env.SYRO_CACHE_MB * 1024 * 1024 * (1 - SHARE),
    now,
    onError,
  })
  const { catchUp, stop } = await listenForChanges(databaseUrl(), receiver)
  catchUpBy(catchUp)
  lifetime.onEnd(stop)

  const queued = queuedOrigin(queues, origin)
  const behindQueue = streamingOr(queuedStream(queues, stream), createWhole(queued, onError))

  const markClient = trustProxies(env.TRUSTED_PROXIES)
  // Requests of the cache itself have no client.
  const marking =
    (next: RequestListener): RequestListener =>
    (request, response) => {
      markClient(request)
      return next(request, response)
    }
  const front = createFront({
    cache,
    findRoute,
    headers: commonHeaders,
    listener: marking(behindQueue),
    personal: {
      has: isPersonal,
      answer: marking(createPersonal({ origin: queued, headers: commonHeaders, pageHeaders, onError })),
    },
    keepAlive: TIMEOUTS.idle,
    clientOf: (request) => {
      markClient(request)
      return String(request.headers['x-forwarded-for'])
    },
    now,
    onError,
  })

  const artwork = openArtwork(commonHeaders, TIMEOUTS.idle)
  // Requests to the API have a rate limit instead of a queue.
  const listener = streamingOr(stream, createWhole(origin, onError))
  const api = createApiFront({ cache, headers: commonHeaders, listener, now, onError })

  /** Refuses a request that never reaches Next.js: with a problem document in the API, with a sentence elsewhere. */
  const refuseHere = (request: IncomingMessage, response: ServerResponse, fault: Fault) => {
    if (isApi(request.url ?? '')) {
      markClient(request)
      api.refuse(request, response, fault)
    } else
      response
        .writeHead(problems[fault.kind].status, {
          ...commonHeaders,
          ...fault.headers,
          'content-type': 'text/plain; charset=utf-8',
        })
        .end(`${fault.detail}\n`)
  }

  const proceed: RequestListener = (request, response) => {
    if (isArtwork(request.url ?? '')) return artwork(request, response)
    if (!isGuarded(request.url ?? '')) return front(request, response)
    markClient(request)
    api.answer(request, response)
  }

  /** Refuses a request for its method, or else for its body. */
  const refuseBody: RequestListener = (request, response) => {
    dropBody(request)
    response.shouldKeepAlive = false
    const { method = '' } = request
    const methods: readonly string[] = isGuarded(request.url ?? '') ? methodsAt(pathOf(request)) : READ
    if (methods.includes(method) || method === 'OPTIONS') refuseHere(request, response, takesNoBody(request))
    else proceed(request, response)
  }

  // Named functions are slow to create (tsx sets each name again), so most requests create none here.
  return (request, response) => {
    takeAbsoluteTarget(request)
    const fault = faultOf(request)
    if (fault) return refuseHere(request, response, fault)
    if (!hasBody(request)) return proceed(request, response)
    const maxBodyOf = isGuarded(request.url ?? '') ? maxBodyAt : maxFormBytes
    const maxBytes = maxBodyOf(request.method ?? '', pathOf(request))
    if (maxBytes === 0) return refuseBody(request, response)
    limitBody(
      request,
      maxBytes,
      () => proceed(request, response),
      () => refuseHere(request, response, tooLarge(maxBytes)),
    )
  }
}

/** The canonical path of a request; a malformed path is refused later. */
function pathOf({ url = '/' }: IncomingMessage): string {
  const path = url.split('?', 1)[0] ?? url
  try {
    return canonicalPath(path)
  } catch {
    return path
  }
}

const streamingOr =
  (stream: RequestListener, whole: RequestListener): RequestListener =>
  (request, response) =>
    (mustStream(request) ? stream : whole)(request, response)

/** Whether a request or its response is too large for one message. */
const mustStream = (request: IncomingMessage): boolean =>
  (request.method !== 'GET' && request.method !== 'HEAD') ||
  isStreamed(pathOf(request)) ||
  (isGuarded(request.url ?? '') && !takesJson(request.headers.accept))

const tooLarge = (maxBytes: number): Fault => ({
  kind: 'content-too-large',
  detail: tooLargeSentence(maxBytes),
  headers: { connection: 'close' },
})

const takesNoBody = ({ method }: IncomingMessage): Fault => ({
  kind: 'malformed-request',
  detail: `A ${method} request to this address takes no body.`,
  headers: { connection: 'close' },
})
