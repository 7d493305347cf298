import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { isPageRequest } from '@/lib/next/data-requests'
import type { ResponseCache } from './cache'
import { type Coding, codingFor } from './encoding'
import { sendFailure } from './failure'
import { canonicalPath, type FindRoute, type Key, keyOf } from './key'
import { sendWire, wireOf } from './raw-response'
import { headersOf, send } from './serve'
import { sendPassed } from './pass-through'

export type FrontOptions = {
  cache: ResponseCache
  findRoute: FindRoute
  /** What answers say that are not kept. */
  headers?: Record<string, string>
  /** Whoever answers what is not kept. */
  listener: RequestListener
  /** Pages that are not the same for everybody, and who answers them: nothing of them is kept, whoever asks. */
  personal?: { has: (pathname: string) => boolean; answer: RequestListener }
  /** Milliseconds for which an idle connection stays open. */
  keepAlive: number
  /** The address of a request's client, whose turn it is. */
  clientOf?: (request: IncomingMessage) => string
  now: () => number
  onError: (error: unknown) => void
}

/** The listener in front: answers from the cache what can be, and hands on the rest. */
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
   * Answers an address that is its own key, as most are, without parsing it.
   * @returns whether the request was answered.
   */
  const sendAgain = (request: IncomingMessage, response: ServerResponse, url: string, coding: Coding): boolean => {
    const stored = cache.fresh(url)
    const representation = stored?.ready(coding)
    if (!stored || !representation) return false
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
      if (outcome.kind === 'pass') return await sendPassed(request, response, outcome.response, 'uri-miss')
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
    // A page is the same for whoever signs the request: a proxy in front may ask for a password.
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

/** What is kept is read, and nothing else. */
function refuseMethod({ method }: IncomingMessage, response: ServerResponse, common: Record<string, string>): void {
  const allow = { ...common, allow: 'GET, HEAD, OPTIONS', 'cache-status': 'SyroMusic; fwd=method' }
  if (method === 'OPTIONS') response.writeHead(204, allow).end()
  else
    response
      .writeHead(405, { ...allow, 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
      .end('This address can be read, and nothing else.\n')
}

/** Next.js answers an address that is no UTF-8 once its escapes are read with a 500. */
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
