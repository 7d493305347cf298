import {
  type IncomingHttpHeaders,
  IncomingMessage,
  type OutgoingHttpHeaders,
  type RequestListener,
  ServerResponse,
} from 'node:http'
import { Socket } from 'node:net'

/**
 * What is asked of what lies behind. The cache asks always with a GET, and with no header that it does not name. Asked like
 * that, it can only answer what is the same for everybody, so it is told the Cache-Control of what does not fail.
 */
export type OriginRequest = {
  url: string
  headers: IncomingHttpHeaders
  cacheControl?: string | undefined
  /** A GET, unless it says something else. */
  method?: string
  body?: Buffer
}
export type OriginResponse = { status: number; headers: OutgoingHttpHeaders; body: Buffer }
export type Origin = (request: OriginRequest) => Promise<OriginResponse>

/** A page that has not come by then will not come. */
const TIMEOUT_MS = 30_000

/** A response that is kept in memory instead of being sent. */
class BufferedResponse extends ServerResponse {
  readonly kept: Promise<OriginResponse>
  private chunks: Buffer[] = []
  private keep: (response: OriginResponse) => void = () => {}
  private fail: (error: Error) => void = () => {}

  constructor(request: IncomingMessage) {
    super(request)
    this.kept = new Promise((resolve, reject) => {
      this.keep = resolve
      this.fail = reject
    })
    // It may fail before anybody waits for it.
    this.kept.catch(() => {})
  }

  private add(chunk: unknown, encoding: unknown): void {
    if (typeof chunk === 'string')
      this.chunks.push(Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8'))
    else if (chunk instanceof Uint8Array) this.chunks.push(Buffer.from(chunk))
  }

  override write(chunk: unknown, encoding?: unknown, callback?: unknown): boolean {
    this.add(chunk, encoding)
    const done = typeof encoding === 'function' ? encoding : callback
    if (typeof done === 'function') process.nextTick(() => done())
    return true
  }

  override end(chunk?: unknown, encoding?: unknown, callback?: unknown): this {
    if (this.finished) return this
    this.add(chunk, encoding)
    this.finished = true
    this.keep({ status: this.statusCode, headers: this.getHeaders(), body: together(this.chunks) })
    // Whoever still holds the response doesn't hold its body.
    this.chunks = []
    const done = [chunk, encoding, callback].find((each) => typeof each === 'function')
    process.nextTick(() => {
      this.emit('finish')
      this.emit('close')
      if (typeof done === 'function') done()
    })
    return this
  }

  override writeHead(status: number, ...rest: unknown[]): this {
    this.statusCode = status
    const headers = rest.at(-1)
    if (headers && typeof headers === 'object' && !Array.isArray(headers))
      for (const [name, value] of Object.entries(headers)) this.setHeader(name, value as string)
    return this
  }

  override flushHeaders(): void {}

  /** A body that fails half-way must not be waited for. */
  override destroy(error?: Error): this {
    this.fail(error ?? new Error('The response was given up before its end'))
    return super.destroy(error)
  }
}

/**
 * Chunks as one, in memory of its own: a small buffer is a part of a larger one, and another thread would be sent all of
 * that, and keep it as long.
 */
function together(chunks: Buffer[]): Buffer {
  const all = Buffer.concat(chunks)
  return all.length === all.buffer.byteLength ? all : Buffer.from(new Uint8Array(all).buffer)
}

/** A request that came over no connection. */
function requestOf({ method = 'GET', url, headers, body }: OriginRequest): IncomingMessage {
  const request = new IncomingMessage(new Socket())
  request.method = method
  request.url = url
  request.headers = headers
  request.rawHeaders = Object.entries(headers).flatMap(([name, value = '']) => [name, String(value)])
  request.complete = true
  if (body && body.length > 0) request.push(body)
  request.push(null)
  return request
}

/**
 * What a listener answers to a request, whole and in memory instead of sent.
 * @param cacheControl what it says of itself, unless it says something else.
 * @throws an Error where it takes too long.
 */
function answerOf(listener: RequestListener, request: IncomingMessage, cacheControl?: string): Promise<OriginResponse> {
  const response = new BufferedResponse(request)
  if (cacheControl) response.setHeader('cache-control', cacheControl)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${request.url} was not answered within ${TIMEOUT_MS} ms`)), TIMEOUT_MS)
  })
  const answered = Promise.resolve(listener(request, response)).then(() => response.kept)
  // A timer that is left to run keeps the response for as long: a thousand of them, under load.
  return Promise.race([answered, late]).finally(() => clearTimeout(timer))
}

/** The origin that is a request listener in this thread, such as Next.js's: no socket, no parsing, no copy. */
export const listenerOrigin =
  (listener: RequestListener): Origin =>
  (request) =>
    answerOf(listener, requestOf(request), request.cacheControl)
