import { randomUUID } from 'node:crypto'
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { isApi } from '@/lib/http/gate/api-path'
import { corsHeaders } from '@/lib/http/gate/cors'
import { problemBody, problemHeaders } from '@/lib/http/problem'
import { type ProblemName, problems } from '@/lib/http/problems'
import { commonHeaders } from './common-headers'

const INVALID_METHOD = 'HPE_INVALID_METHOD'
const OVERFLOW = 'HPE_HEADER_OVERFLOW'

/** The parser's error codes, as problems. */
const faults: Record<string, { kind: ProblemName; detail: string }> = {
  [INVALID_METHOD]: { kind: 'not-implemented', detail: 'No address supports this method.' },
  [OVERFLOW]: { kind: 'header-too-large', detail: 'The header is larger than 16 kB.' },
}
const other = { kind: 'malformed-request', detail: 'The request is not valid HTTP.' } as const

const TIMEOUT = 'ERR_HTTP_REQUEST_TIMEOUT'

/** A request line; the group is its target. */
const REQUEST_LINE = /^[\w!#$%&'*+.^`|~-]+ (\S+) HTTP\//

type ClientError = { code?: string; rawPacket?: Buffer }

/**
 * The response that a connection is sending or waits for. The field is undocumented; node:http's own error handler uses
 * it.
 */
type WithResponse = Duplex & { _httpMessage?: ServerResponse | null }

/**
 * Answers requests that node:http can't parse, or that time out: as node:http would, but with a request id, and with a
 * problem document for the API. The response tells no rate limit, and nothing is charged: the headers that name the
 * client behind a proxy were not read.
 */
export function answerClientError(error: Error & ClientError, socket: WithResponse): void {
  if (closeBehindResponse(socket)) return
  if (socket.writable && !socket._httpMessage?.headersSent) socket.write(answerTo(error))
  socket.destroy(error)
}

/** Refuses CONNECT: the site is no proxy. */
export function refuseConnect({ url = '' }: IncomingMessage, socket: WithResponse): void {
  if (closeBehindResponse(socket)) return
  socket.end(answerTo({ code: INVALID_METHOD, rawPacket: Buffer.from(`CONNECT ${url} HTTP/1.1`) }))
}

/**
 * If an earlier request on the connection is still being answered, later input gets no response, because the client
 * would take it for the response to that request. The connection is closed after that response.
 * @returns whether there is such a request.
 */
function closeBehindResponse(socket: WithResponse): boolean {
  const pending = socket._httpMessage
  if (!pending?.req.complete) return false
  pending.shouldKeepAlive = false
  pending.once('close', () => socket.destroy())
  return true
}

function answerTo({ code = '', rawPacket }: ClientError): string {
  const instance = REQUEST_LINE.exec(rawPacket?.toString('latin1') ?? '')?.[1] ?? ''
  // Input that is no request line has no method either.
  const { kind, detail } = (code !== INVALID_METHOD || instance ? faults[code] : undefined) ?? other
  const status = code === TIMEOUT ? 408 : problems[kind].status
  const requestId = randomUUID()
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    `X-Request-Id: ${requestId}`,
    `Date: ${new Date().toUTCString()}`,
  ]
  // A header that arrives in parts exceeds the limit in the last of them, without the request line.
  const isForApi = instance ? isApi(instance) : code === OVERFLOW
  if (code === TIMEOUT || !isForApi) return [...lines, 'Content-Length: 0', '', ''].join('\r\n')
  const body = problemBody({ kind, detail, instance, requestId })
  const headers = {
    ...commonHeaders,
    ...corsHeaders,
    ...problemHeaders,
    'content-length': Buffer.byteLength(body),
  }
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`)
  return [...lines, '', body].join('\r\n')
}
