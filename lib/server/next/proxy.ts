import {
  Agent,
  request as ask,
  createServer,
  type IncomingHttpHeaders,
  type RequestListener,
  type Server,
} from 'node:http'
import { pipeline } from 'node:stream'
import { sendFailure } from '@/lib/cache/response/failure'
import type { ThreadSocket } from './socket'

/**
 * Headers that belong to a connection and not to the message (RFC 9110, 7.6.1). Trailers are not forwarded: node:http
 * throws if they are announced for a message without a body.
 */
const OF_CONNECTION = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'upgrade', 'expect'] as const

/** Headers without those of the connection. */
export function withoutConnection<Headers extends IncomingHttpHeaders>(headers: Headers): Headers {
  const forwarded = { ...headers }
  for (const name of OF_CONNECTION) delete forwarded[name]
  return forwarded
}

/**
 * Forwards requests over a Unix socket; bodies and responses are streams with backpressure. If a client disconnects,
 * its request ends at the other end too. Each request has a connection of its own: a connection reused after a body or
 * an early response could give the next request the wrong response.
 */
export function createProxy(socket: ThreadSocket, onError: (error: unknown) => void): RequestListener {
  const agent = new Agent({ keepAlive: false })

  return (request, response) => {
    const { method, url, headers } = request
    const outgoing = ask({
      agent,
      socketPath: socket.path,
      method,
      path: url,
      // The other end must not close first, or a response that comes before the end of its request would be lost.
      headers: { ...withoutConnection(headers), connection: 'keep-alive' },
      setHost: false,
    })
    outgoing.on('response', (answer) => {
      for (const [name, value] of Object.entries(withoutConnection(answer.headers)))
        if (value !== undefined && name !== 'transfer-encoding' && name !== 'date') response.setHeader(name, value)
      response.writeHead(answer.statusCode ?? 500)
      pipeline(answer, response, () => {})
    })
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      // Programs that clean up temporary files may have removed the socket.
      if (error.code === 'ENOENT') socket.open().catch(onError)
      if (response.destroyed) return
      onError(error)
      if (response.headersSent) return response.destroy()
      sendFailure(response)
    })
    response.on('close', () => {
      if (response.writableFinished && request.complete) return
      // node:http does not tell the request that its client left after the response.
      request.unpipe(outgoing).resume()
      outgoing.destroy()
    })
    request.pipe(outgoing)
  }
}

/** Room for what the front adds to a request's header, whose own limit is 16 kB. */
const MAX_HEADER_BYTES = 32 * 1024

/** The server at the other end of `createProxy`; the front has already checked the Host field and the client's speed. */
export const createBehind = (listener: RequestListener): Server =>
  createServer(
    {
      keepAliveTimeout: 0,
      headersTimeout: 0,
      requestTimeout: 0,
      requireHostHeader: false,
      maxHeaderSize: MAX_HEADER_BYTES,
    },
    listener,
  )
