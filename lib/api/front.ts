import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { ResponseCache } from '@/lib/cache/response/cache'
import { codingFor } from '@/lib/cache/response/encoding'
import { headersOf, send } from '@/lib/cache/response/serve'
import { QueueFull } from '@/lib/cache/response/waiting-clients'
import { PRIVATE } from '@/lib/http/api/version'
import { CALLER } from '@/lib/http/gate/caller'
import { type Fault, FORBIDDEN, UNAVAILABLE } from '@/lib/http/gate/faults'
import { PassedRequest } from '@/lib/http/gate/gate'
import { GATED, gateSecret } from '@/lib/http/gate/gate-secret'
import { originFor } from '@/lib/http/site-url'
import { restoreHeaders } from '@/lib/next/api-headers'
import { cacheKeyOf } from './cached'
import { notModified } from './conditional'
import { createApiGate } from './gate'

export type ApiFrontOptions = {
  cache: ResponseCache
  /** Headers of every response. */
  headers: Record<string, string>
  /** Next.js's request handler. */
  listener: RequestListener
  now: () => number
  onError: (error: unknown) => void
}

export type ApiFront = {
  answer: RequestListener
  /** Refuses a request that no route could handle. */
  refuse: (request: IncomingMessage, response: ServerResponse, fault: Fault) => void
}

/**
 * The total size of the bodies being uploaded: Next.js keeps each body in memory until it is whole, and passes on a
 * copy.
 */
const MAX_UNDER_WAY = 128 * 1024 * 1024

const TOO_MUCH_AT_ONCE: Fault = {
  kind: 'unavailable',
  detail: 'Too many uploads at once. Try again in a few seconds.',
  headers: { 'retry-after': '5' },
}

/**
 * The API in front of Next.js. Requests pass the gate here, and cached responses are sent from here, at the cost of a
 * page. All other requests go on to Next.js, where the middleware recognises them.
 */
export function createApiFront({ cache, headers: common, listener, now, onError }: ApiFrontOptions): ApiFront {
  const gate = createApiGate(async (request, matched, mayFetch) => {
    const key = cacheKeyOf(request, matched)
    if (!key) return undefined
    const fresh = cache.fresh(key.key)
    if (fresh || !mayFetch) return fresh
    const found = await cache.get(key, request.headers.get('x-forwarded-for') ?? undefined)
    return found.kind === 'pass' ? undefined : found.stored
  })
  let underWay = 0
  const pass = (request: IncomingMessage, response: ServerResponse, { requestHeaders }: PassedRequest, why: string) => {
    const bytes = Number(request.headers['content-length'] ?? 0)
    if (bytes > 0) {
      if (underWay + bytes > MAX_UNDER_WAY) return refuse(request, response, TOO_MUCH_AT_ONCE)
      underWay += bytes
      response.once('close', () => {
        underWay -= bytes
      })
    }
    response.setHeader('cache-status', `SyroMusic; fwd=${why}`)
    for (const name of ['x-request-id', CALLER]) request.headers[name] = requestHeaders.get(name) ?? ''
    request.headers[GATED] = gateSecret()
    restoreHeaders(response)
    return listener(request, response)
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const webRequest = toRequest(request)
    const outcome = await gate.enter(webRequest)
    for (const [name, value] of Object.entries(common)) response.setHeader(name, value)
    if (!(outcome instanceof PassedRequest)) return sendWhole(request, response, outcome)
    for (const [name, value] of Object.entries(outcome.responseHeaders)) response.setHeader(name, value)
    const key = cacheKeyOf(webRequest, outcome.matched)
    if (!key) return pass(request, response, outcome, 'bypass')
    const found = await cache.get(key, request.headers['x-forwarded-for']?.toString())
    // Most responses that are not stored are errors, which name the request.
    if (found.kind === 'pass') return pass(request, response, outcome, 'uri-miss')
    // Conditions that name no version are charged if the response had to be made.
    const unchanged = notModified(found.stored, webRequest)
    if (unchanged) return sendWhole(request, response, unchanged)
    const representation = await found.stored.represent(codingFor(request.headers['accept-encoding']))
    const headers = headersOf(found.kind, found.stored, representation, now())
    send(request, response, found.stored, representation, originFor(webRequest).isShared ? headers : ownOf(headers))
  }

  const refuse = async (request: IncomingMessage, response: ServerResponse, fault: Fault): Promise<void> => {
    const refusal = await gate.refuse(toRequest(request), fault)
    for (const [name, value] of Object.entries(common)) response.setHeader(name, value)
    await sendWhole(request, response, refusal)
  }

  /** An error here is answered with a 503; if that fails too, the connection is closed. */
  const orFail = (answered: Promise<void>, request: IncomingMessage, response: ServerResponse, isLast: boolean): void =>
    void answered.catch((error) => {
      onError(error)
      if (isLast || response.headersSent) response.destroy()
      else orFail(refuse(request, response, faultFor(error)), request, response, true)
    })

  return {
    answer: (request, response) => orFail(answer(request, response), request, response, false),
    refuse: (request, response, fault) => orFail(refuse(request, response, fault), request, response, true),
  }
}

const faultFor = (error: unknown): Fault =>
  error instanceof QueueFull ? { ...UNAVAILABLE, detail: error.message } : UNAVAILABLE

/**
 * The headers, names and values in turn, of a response that contains the requested host and so must not be stored by
 * other caches.
 */
const ownOf = (headers: string[]): string[] =>
  headers.map((value, index) => (index % 2 === 1 && headers[index - 1] === 'cache-control' ? PRIVATE : value))

/** The request for the gate, without its body. */
function toRequest({ method = 'GET', url = '/', headers }: IncomingMessage): Request {
  const entries = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
  )
  // These are refused with any method.
  const known = FORBIDDEN.includes(method) ? 'POST' : method
  return new Request(new URL(url, 'http://localhost'), { method: known, headers: entries })
}

/** Sends a response of the gate. */
async function sendWhole(request: IncomingMessage, response: ServerResponse, whole: Response): Promise<void> {
  const body = Buffer.from(await whole.arrayBuffer())
  for (const [name, value] of whole.headers) response.setHeader(name, value)
  if (whole.status !== 304 && whole.status !== 204) response.setHeader('content-length', body.length)
  response.writeHead(whole.status)
  response.end(request.method === 'HEAD' ? undefined : body)
}
