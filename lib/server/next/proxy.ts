import { Agent, request as ask, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import type { Duplex } from 'node:stream'
import { pipeline } from 'node:stream'

/** What is of a connection and not of what is sent over it (RFC 9110, 7.6.1). How a body is divided, both ends know. */
const OF_CONNECTION = ['connection', 'keep-alive', 'proxy-connection', 'te', 'upgrade', 'expect'] as const

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
      response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '5' })
      response.end('Something went wrong on our side. Please try again in a moment.\n')
    })
    response.on('close', () => {
      if (!response.writableFinished) asked.destroy()
    })
    request.pipe(asked)
  }
}

function withoutConnection(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const kept = { ...headers }
  for (const name of OF_CONNECTION) delete kept[name]
  return kept
}
