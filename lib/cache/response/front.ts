import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { isPageRequest } from '@/lib/next/data-requests'
import type { ResponseCache } from './cache'
import { type Coding, codingFor } from './encoding'
import { sendFailure } from './failure'
import { canonicalPath, type FindRoute, type Key, keyOf } from './key'
import { sendWire, wireOf } from './raw-response'
import { headersOf, send } from './serve'
import { sendUncached } from './uncached'

export type FrontOptions = {
  cache: ResponseCache
  findRoute: FindRoute
  /** Headers of responses that bypass the cache. */
  headers?: Record<string, string>
  /** Handles the requests that bypass the cache. */
  listener: RequestListener
  /** Personal pages and their handler: their responses are never stored. */
  personal?: { has: (pathname: string) => boolean; answer: RequestListener }
  /** Milliseconds for which an idle connection stays open. */
  keepAlive: number
  /** The address of a request's client. */
  clientOf?: (request: IncomingMessage) => string
  now: () => number
  onError: (error: unknown) => void
}

/** The listener in front: answers from the cache, or passes the request on. */
export function createFront({
  cache,
  findRoute,
  headers: common = {},
  listener,
  personal,
  keepAlive,
  clientOf = () => '',
  now,
  onError,
}: FrontOptions): RequestListener {
  const pass = (request: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of Object.entries(common)) response.setHeader(name, value)
    response.setHeader('cache-status', 'SyroMusic; fwd=bypass')
    return listener(request, response)
  }

  /**
   * Answers a cache hit without parsing the address, if it is a canonical one, as most are.
   * @returns whether the request was answered.
   */
  const sendAgain = (request: IncomingMessage, response: ServerResponse, url: string, coding: Coding): boolean => {
    const stored = cache.fresh(url)
    const representation = stored?.ready(coding)
    if (!stored || !representation) return false
    if (representation.effort === 'quick') stored.improve(representation)
    const time = now()
    if (request.method === 'GET' && request.headers['if-none-match'] === undefined && response.shouldKeepAlive) {
      const wire = stored.wire(representation, time, () =>
        wireOf(stored.status, headersOf('hit', stored, representation, time), representation.body, time, keepAlive),
      )
      sendWire(response, stored.status, wire)
    } else send(request, response, stored, representation, headersOf('hit', stored, representation, time))
    return true
  }

  const answer = async (request: IncomingMessage, response: ServerResponse, key: Key, coding: Coding) => {
    try {
      const outcome = await cache.get(key, clientOf(request))
      if (outcome.kind === 'pass') return await sendUncached(request, response, outcome.response, 'uri-miss')
      const { kind, stored } = outcome
      const representation = await stored.represent(coding)
      const isSigned = request.headers.authorization !== undefined
      send(request, response, stored, representation, headersOf(kind, stored, representation, now(), isSigned))
    } catch (error) {
      onError(error)
      if (response.headersSent) response.destroy()
      else sendFailure(response, common, error)
    }
  }

  return (request, response) => {
    const { method, url = '/', headers } = request
    const isRead = method === 'GET' || method === 'HEAD'
    const coding = codingFor(headers['accept-encoding'])
    // Pages ignore `Authorization`: a proxy in front may ask for a password.
    const isPlain = isRead && isPageRequest(headers) && headers.authorization === undefined
    if (isPlain && sendAgain(request, response, url, coding)) return
    if (!isWellFormed(url)) return refuse(response, common)
    if (personal?.has(canonicalPath(pathOf(url)))) return personal.answer(request, response)
    if (!isRead) return refuseMethod(request, response, common)
    const key = keyOf(url, headers, findRoute)
    return key ? answer(request, response, key, coding) : pass(request, response)
  }
}

const pathOf = (url: string): string => url.split('?', 1)[0] ?? url

/** Cached addresses can only be read. */
function refuseMethod({ method }: IncomingMessage, response: ServerResponse, common: Record<string, string>): void {
  const allow = { ...common, allow: 'GET, HEAD, OPTIONS', 'cache-status': 'SyroMusic; fwd=method' }
  if (method === 'OPTIONS') response.writeHead(204, allow).end()
  else
    response
      .writeHead(405, { ...allow, 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
      .end('This address can be read, and nothing else.\n')
}

/** Next.js answers 500 to an address whose escapes are not UTF-8. */
function isWellFormed(url: string): boolean {
  if (!url.includes('%')) return true
  try {
    decodeURIComponent(url)
    return true
  } catch {
    return false
  }
}

function refuse(response: ServerResponse, common: Record<string, string>): void {
  response.writeHead(400, { ...common, 'content-type': 'text/plain; charset=utf-8' })
  response.end('This address is malformed: its percent signs do not stand for characters.\n')
}
