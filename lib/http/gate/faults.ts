import type { IncomingMessage } from 'node:http'
import type { ProblemName } from '@/lib/http/problems'
import { isApi } from './api-path'

/** The reason why a request is refused before it is handled. */
export type Fault = { kind: ProblemName; detail: string; headers?: Record<string, string> }

export const UNAVAILABLE: Fault = {
  kind: 'unavailable',
  detail: 'The catalogue can’t be read just now.',
  // The database may be back by then.
  headers: { 'retry-after': '5' },
}

/** Methods that no Request can have (Fetch, 2.2.1). Next.js fails on them. */
export const FORBIDDEN = ['CONNECT', 'TRACE', 'TRACK']

const NO_HOST: Fault = {
  kind: 'malformed-request',
  detail: 'The request has no Host header.',
  headers: { connection: 'close' },
}

const TWO_HOSTS: Fault = { ...NO_HOST, detail: 'The request has more than one Host header.' }

/** node:http keeps the first of several Host headers; a proxy in front may have used another. */
function hasTwoHosts(rawHeaders: readonly string[]): boolean {
  let hosts = 0
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts += 1
  }
  return hosts > 1
}

/** The longest path, in characters: a slug has 60, which may be escaped as 540. */
const MAX_PATH = 2_048

/** Next.js removes dot segments from a path, which then leads elsewhere. Browsers never send them. */
const DOT_SEGMENT = /(?:^|[/\\]|%2f|%5c)(?:\.|%2e){1,2}(?:[/\\]|%2f|%5c|$)/i

/** The fault of a request that Next.js would fail on, or answer differently from the rest of the site. */
export function faultOf({
  method = '',
  url = '',
  httpVersion,
  headers,
  rawHeaders,
}: IncomingMessage): Fault | undefined {
  // RFC 9112, 3.2.
  if (httpVersion === '1.1' && headers.host === undefined) return NO_HOST
  if (hasTwoHosts(rawHeaders)) return TWO_HOSTS
  if (url === '*' && method !== 'OPTIONS')
    return { kind: 'malformed-request', detail: 'The address * supports only OPTIONS.' }
  const path = url.split('?', 1)[0] ?? url
  if (path.length > MAX_PATH)
    return { kind: 'address-too-long', detail: `The path is longer than ${MAX_PATH} characters.` }
  if (DOT_SEGMENT.test(path)) return { kind: 'malformed-request', detail: 'The address contains a dot segment.' }
  if (path.includes('%00')) return { kind: 'malformed-request', detail: 'The address contains a null character.' }
  if (!isApi(url)) {
    if (!FORBIDDEN.includes(method)) return undefined
    return { kind: 'method-not-allowed', detail: 'This address can be read.', headers: { allow: 'GET, HEAD, OPTIONS' } }
  }
  if (FORBIDDEN.includes(method)) return { kind: 'not-implemented', detail: `No address supports ${method}.` }
  if (!isWellFormed(url)) return { kind: 'malformed-request', detail: 'The address contains invalid percent-encoding.' }
  return undefined
}

function isWellFormed(url: string): boolean {
  try {
    decodeURIComponent(url)
    return true
  } catch {
    return false
  }
}
