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

/** What the parser says of it, and what it means. */
const faults: Record<string, { kind: ProblemName; detail: string }> = {
  [INVALID_METHOD]: { kind: 'not-implemented', detail: 'No address here knows this method.' },
  [OVERFLOW]: { kind: 'header-too-large', detail: 'The header is larger than 16 kB.' },
}
const other = { kind: 'malformed-request', detail: 'The request is not HTTP as it is written.' } as const

const TIMEOUT = 'ERR_HTTP_REQUEST_TIMEOUT'

/** A request line, and its target. */
const REQUEST_LINE = /^[\w!#$%&'*+.^`|~-]+ (\S+) HTTP\//

type ClientError = { code?: string; rawPacket?: Buffer }

/** The response that a connection is sending or waits for. It is not documented; node:http's own answer looks there. */
type WithResponse = Duplex & { _httpMessage?: ServerResponse | null }

/**
 * Answers what node:http can't read as a request, or not in time: as it would by itself, but with a request id, and for
 * the API with a problem document. It tells no limit: the fields that say who is behind a proxy were not read, and of all
 * other clients the proxy's limit would be told. Nothing is charged for it either.
 */
export function answerClientError(error: Error & ClientError, socket: WithResponse): void {
  if (closeBehindResponse(socket)) return
  if (socket.writable && !socket._httpMessage?.headersSent) socket.write(answerTo(error))
  socket.destroy(error)
}

/** Nobody is connected to anybody else through here. */
export function refuseConnect({ url = '' }: IncomingMessage, socket: WithResponse): void {
  if (closeBehindResponse(socket)) return
  socket.end(answerTo({ code: INVALID_METHOD, rawPacket: Buffer.from(`CONNECT ${url} HTTP/1.1`) }))
}

/**
 * If a whole request on the connection is not answered yet, what came behind it gets no answer: it would be taken for the
 * response to that request. The connection is closed when that response is sent.
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
  // What is no request at all has no method either.
  const { kind, detail } = (code !== INVALID_METHOD || instance ? faults[code] : undefined) ?? other
  const status = code === TIMEOUT ? 408 : problems[kind].status
  const requestId = randomUUID()
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    `X-Request-Id: ${requestId}`,
    `Date: ${new Date().toUTCString()}`,
  ]
  // A header that came in several parts is too large in the last of them, which doesn't say where it was for.
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
