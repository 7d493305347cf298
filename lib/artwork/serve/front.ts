import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { ResponseCache } from '@/lib/cache/response/cache'
import { sendFailure } from '@/lib/cache/response/failure'
import { createFront } from '@/lib/cache/response/front'
import type { CacheRoute, Key } from '@/lib/cache/response/key'
import type { Origin } from '@/lib/cache/response/origin'
import { headersOf } from '@/lib/cache/response/serve'
import { matches } from '@/lib/cache/response/stored-response'
import { sendUncached } from '@/lib/cache/response/uncached'

import { parseDrawnAddress, parsePictureAddress } from './address'

import { NOT_FOUND } from './origin'
import { rangeOf } from './range'

export type ArtworkFrontOptions = {
  origin: Origin
  /** Sent with every response. */
  headers: Record<string, string>
  /** The size of the cache in memory. */
  maxBytes: number
  /** Milliseconds for which an idle connection stays open. */
  keepAlive: number
  now: () => number
  onError: (error: unknown) => void
}

/** Cached pictures are dropped by `syro artwork gc` and when the cache is full. */
const PICTURE: CacheRoute = { query: [], isFile: true }

const isPicture = (pathname: string): boolean =>
  parsePictureAddress(pathname) !== null || parseDrawnAddress(pathname) !== null

/** Lets scripts of other sites read errors too. */
const FOR_ANYBODY = { 'access-control-allow-origin': '*' }

const pathOf = (url: string): string => url.split('?', 1)[0] ?? url

/**
 * Serves pictures in front of Next.js, without it. They have a cache of their own, so that many covers push no pages out of
 * theirs. Invalid addresses get a 404 without a lookup.
 */
export function createArtworkFront(options: ArtworkFrontOptions): RequestListener {
  const { origin, maxBytes, keepAlive, now, onError } = options
  const common = { ...options.headers, ...FOR_ANYBODY }
  const cache = new ResponseCache({ origin, headersFor: () => common, maxBytes, now, onError })
  const nothing = (request: IncomingMessage, response: ServerResponse) =>
    void sendUncached(request, response, { ...NOT_FOUND, headers: { ...common, ...NOT_FOUND.headers } }, 'bypass')
  const whole = createFront({
    cache,
    findRoute: (pathname) => (isPicture(pathname) ? PICTURE : null),
    headers: common,
    listener: nothing,
    keepAlive,
    now,
    onError,
  })

  /** Answers range requests and `If-Match`. */
  const answerFor = async (request: IncomingMessage, response: ServerResponse, key: Key): Promise<void> => {
    const outcome = await cache.get(key)
    if (outcome.kind === 'pass') return sendUncached(request, response, outcome.response, 'uri-miss')
    const { kind, stored } = outcome
    const representation = await stored.represent('identity')
    const { body, etag } = representation
    const { range, 'if-match': ifMatch, 'if-none-match': ifNoneMatch, 'if-range': ifRange } = request.headers
    const headers = headersOf(kind, stored, representation, now(), request.headers.authorization !== undefined)
    if (ifMatch !== undefined && !hasTag(ifMatch, etag)) {
      response.writeHead(412, { ...common, 'content-length': 0 }).end()
      return
    }
    // RFC 9110, 13.2.2: If-None-Match comes before Range.
    if (matches(ifNoneMatch, etag)) return whole(withoutConditions(request), response)
    // RFC 9110, 13.1.5: no part of another version. Range applies to GET alone (14.2).
    const isWanted = request.method === 'GET' && (ifRange === undefined || ifRange === etag)
    const part = isWanted ? rangeOf(range, body.length) : null
    if (part === 'none') {
      const fields = { ...common, 'content-range': `bytes */${body.length}`, 'content-length': 0 }
      response.writeHead(416, fields).end()
    } else if (part) {
      const bytes = body.subarray(part.first, part.last + 1)
      const fields = {
        ...withLength(headers, bytes.length),
        'content-range': `bytes ${part.first}-${part.last}/${body.length}`,
      }
      response.writeHead(206, fields).end(bytes)
    } else whole(withoutConditions(request), response)
  }

  return (request, response) => {
    const { method, url = '/', headers } = request
    const isRead = method === 'GET' || method === 'HEAD'
    const isForPart = headers.range !== undefined || headers['if-match'] !== undefined
    if (!isRead || !isForPart || !isPicture(pathOf(url))) return whole(request, response)
    const path = pathOf(url)
    answerFor(request, response, { key: path, request: { url: path, headers: {} } }).catch((error) => {
      onError(error)
      if (response.headersSent) response.destroy()
      else sendFailure(response, common)
    })
  }
}

/** RFC 9110, 13.1.1: strong comparison. */
const hasTag = (ifMatch: string, etag: string): boolean =>
  ifMatch.split(',').some((each) => each.trim() === '*' || each.trim() === etag)

/** Turns alternating names and values into an object with another content length. */
function withLength(headers: string[], length: number): Record<string, string> {
  const fields: Record<string, string> = {}
  for (let index = 0; index < headers.length; index += 2) fields[headers[index] ?? ''] = headers[index + 1] ?? ''
  return { ...fields, 'content-length': String(length) }
}

/** Removes conditions that are met. */
function withoutConditions(request: IncomingMessage): IncomingMessage {
  for (const name of ['range', 'if-match', 'if-range']) delete request.headers[name]
  return request
}
