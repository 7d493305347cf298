import { Agent, request as ask, createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import type { Socket } from 'node:net'
import { type Duplex, pipeline } from 'node:stream'
import { sendFailure } from '@/lib/cache/response/failure'

/**
 * What is of a connection and not of what is sent over it (RFC 9110, 7.6.1). How a body is divided, both ends know.
 * Trailers are not handed on: node:http throws where they are announced of what has no body.
 */
const OF_CONNECTION = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'upgrade', 'expect'] as const

/**
 * Hands requests on over connections of `connect`, with their bodies and answers as streams: what is sent is no faster
 * than it is taken, and who goes away is gone at the other end too.
 */
export function createProxy(connect: () => Duplex, onError: (error: unknown) => void): RequestListener {
  const agent = new (class extends Agent {
    override createConnection = () => connect()
  })({ keepAlive: true, maxFreeSockets: 16 })

  return (request, response) => {
    const { method, url, headers } = request
    const asked = ask({ agent, method, path: url, headers: withoutConnection(headers), setHost: false })
    asked.on('response', (answer) => {
      for (const [name, value] of Object.entries(withoutConnection(answer.headers)))
        if (value !== undefined && name !== 'transfer-encoding' && name !== 'date') response.setHeader(name, value)
      response.writeHead(answer.statusCode ?? 500)
      pipeline(answer, response, () => {})
    })
    asked.on('error', (error) => {
      if (response.destroyed) return
      onError(error)
      if (response.headersSent) return response.destroy()
      sendFailure(response)
    })
    response.on('close', () => {
      if (response.writableFinished && request.complete) return
      // Of a client that goes away after its answer, node:http tells a request that is still coming nothing.
      request.unpipe(asked).resume()
      asked.destroy()
    })
    request.pipe(asked)
  }
}

/** Room for what the front says of a request, beside all that a client may say: 16 kB. */
const MAX_HEADER_BYTES = 32 * 1024

/** The other end. @returns what takes a connection, and answers the requests that come over it. */
export function createBehind(listener: RequestListener): (connection: Duplex) => void {
  // Whoever is at the other end has seen to it that nobody is slow, and that who has to name a host does.
  const server = createServer(
    {
      keepAliveTimeout: 0,
      headersTimeout: 0,
      requestTimeout: 0,
      requireHostHeader: false,
      maxHeaderSize: MAX_HEADER_BYTES,
    },
    listener,
  )
  return (connection) => void server.emit('connection', connection as Socket)
}

function withoutConnection(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const kept = { ...headers }
  for (const name of OF_CONNECTION) delete kept[name]
  return kept
}
