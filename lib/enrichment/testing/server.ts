import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

/** An outside server on this machine that fails on demand. */

const MB = 1024 * 1024

export const failures = {
  /** Never responds. */
  hang: () => {},
  /** Starts a response and never ends it. */
  stall: (_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).write('{"id"'),
  /** Resets the connection without a response. */
  reset: (request) => void request.socket.resetAndDestroy(),
  500: (_request, response) => void response.writeHead(500).end('<h1>Oops</h1>'),
  503: (_request, response) => void response.writeHead(503, { 'retry-after': '30' }).end(),
  429: (_request, response) => void response.writeHead(429).end(),
  404: (_request, response) => void response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not Found</h1>'),
  403: (_request, response) => void response.writeHead(403, { 'retry-after': '30' }).end('<h1>Forbidden</h1>'),
  400: (_request, response) => void response.writeHead(400).end('{"error": "foobar is not a valid inc parameter"}'),
  truncated: (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1_000 })
    response.write('{"id": "a-1"', () => response.destroy())
  },
  html: (_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Hello'),
  'broken JSON': (_request, response) =>
    void response.writeHead(200, { 'content-type': 'application/json' }).end('{"id": "a-1"'),
  'other JSON': (_request, response) =>
    void response.writeHead(200, { 'content-type': 'application/json' }).end('{"id": 5}'),
  'no HTTP': (request) => void request.socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
  /** 50 MB with a content length. */
  large: (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 50 * MB })
    response.write('[')
  },
  /** 50 MB without a content length. */
  endless: (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const chunk = Buffer.alloc(MB, ' ')
    let left = 50
    const send = () => {
      while (left-- > 0) if (!response.write(chunk)) return response.once('drain', send)
      response.end('{}')
    }
    send()
  },
  loop: (request, response) => void response.writeHead(302, { location: request.url ?? '/' }).end(),
  /** Redirects to another address each time. */
  'loop of many': (request, response) =>
    void response.writeHead(307, { location: `${request.url}${request.url?.includes('?') ? '&' : '?'}again` }).end(),
} satisfies Record<string | number, RequestListener>

export type Failure = keyof typeof failures

export type RecordedRequest = { method: string; path: string; headers: IncomingMessage['headers'] }

export class OutsideServer {
  /** All requests, in order. */
  readonly requests: RecordedRequest[] = []
  /** The way it fails; null if it works. */
  failure: Failure | null = null
  readonly #server = createServer((request, response) => this.#answer(request, response))

  constructor(private readonly answer: RequestListener) {}

  /** Starts a server on a free port that stops after the tests of the file. */
  static async start(answer: RequestListener): Promise<OutsideServer> {
    const server = new OutsideServer(answer)
    server.#server.listen(0, '127.0.0.1')
    await once(server.#server, 'listening')
    afterAll(() => server.stop())
    return server
  }

  get port(): number {
    const address = this.#server.address()
    return isInfo(address) ? address.port : 0
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return
    this.#server.close()
    this.#server.closeAllConnections()
    await once(this.#server, 'close')
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    this.requests.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers })
    if (this.failure === null) this.answer(request, response)
    else failures[this.failure](request, response)
  }
}

const isInfo = (address: AddressInfo | string | null): address is AddressInfo =>
  typeof address === 'object' && address !== null
