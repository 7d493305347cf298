import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { LRUCache } from 'lru-cache'
import type { ResponseCache } from './cache'
import { type Coding, codingFor } from './encoding'
import { sendFailure } from './failure'
import { type FindRoute, isForPage, type Key, keyOf } from './key'
import { sendPassed } from './passed'
import { headersOf, send } from './serve'
import { sendWire, wireOf } from './wire'

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
  now: () => number
  onError: (error: unknown) => void
}

/**
 * Where the answer to an address and an Accept-Encoding is. It names the response and does not hold it, so that what the
 * cache drops is gone.
 */
type Shortcut = { key: string; coding: Coding }

/** Addresses that are asked again and again need no parsing. */
const SHORTCUTS = 5_000
/** Longest address and Accept-Encoding that are remembered: longer than any that a browser sends. */
const MAX_NAME = 2_500

/** The listener in front: answers from the cache what can be, and hands on the rest. */
export function createFront({
  cache,
  findRoute,
  headers: common = {},
  listener,
  personal,
  keepAlive,
  now,
  onError,
}: FrontOptions): RequestListener {
  const shortcuts = new LRUCache<string, Shortcut>({ max: SHORTCUTS })

  const hand = (request: IncomingMessage, response: ServerResponse, why: 'method' | 'bypass') => {
    for (const [name, value] of Object.entries(common)) response.setHeader(name, value)
    response.setHeader('cache-status', `SyroMusic; fwd=${why}`)
    return listener(request, response)
  }

  /** @returns whether the request was answered. */
  const sendAgain = (request: IncomingMessage, response: ServerResponse, name: string): boolean => {
    const known = shortcuts.get(name)
    if (!known) return false
    const stored = cache.fresh(known.key)
    const representation = stored?.ready(known.coding)
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

  const answer = async (request: IncomingMessage, response: ServerResponse, key: Key, name: string) => {
    try {
      const outcome = await cache.get(key)
      if (outcome.kind === 'pass') return await sendPassed(request, response, outcome.response, 'uri-miss')
      const { kind, stored } = outcome
      const coding = codingFor(request.headers['accept-encoding'])
      const representation = await stored.represent(coding)
      if (kind === 'hit' && name && name.length <= MAX_NAME) shortcuts.set(name, { key: key.key, coding })
      const isSigned = request.headers.authorization !== undefined
      send(request, response, stored, representation, headersOf(kind, stored, representation, now(), isSigned))
    } catch (error) {
      onError(error)
      if (response.headersSent) response.destroy()
      else sendFailure(response, common)
    }
  }

  return (request, response) => {
    const { method, url = '/', headers } = request
    if (personal?.has(pathOf(url)))
      return isWellFormed(url) ? personal.answer(request, response) : refuse(response, common)
    if (method !== 'GET' && method !== 'HEAD') {
      const takesOthers = findRoute(pathOf(url)) === null
      return takesOthers ? hand(request, response, 'method') : refuseMethod(request, response, common)
    }
    // A page is the same for whoever signs the request: a proxy in front may ask for a password.
    const isPlain = isForPage(headers) && headers.authorization === undefined
    const name = isPlain ? `${headers['accept-encoding']} ${url}` : ''
    if (name && sendAgain(request, response, name)) return
    if (!isWellFormed(url)) return refuse(response, common)
    const key = keyOf(url, headers, findRoute)
    return key ? answer(request, response, key, name) : hand(request, response, 'bypass')
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
