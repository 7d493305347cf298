import {
  type IncomingHttpHeaders,
  IncomingMessage,
  type OutgoingHttpHeaders,
  type RequestListener,
  ServerResponse,
} from 'node:http'
import { Socket } from 'node:net'
import type { Dependencies } from '@/lib/cache/changes/recent'
import { recording } from '@/lib/cache/dependencies/recorder'

/**
 * A request to the origin. The cache sends a GET with no headers but these, so that the response is the same for
 * everybody.
 */
export type OriginRequest = {
  url: string
  headers: IncomingHttpHeaders
  cacheControl?: string | undefined
  /** GET by default. */
  method?: string
  body?: Buffer
}
export type OriginResponse = {
  status: number
  headers: OutgoingHttpHeaders
  body: Buffer
  /** What it was made of; without, no change affects it. */
  dependencies?: Dependencies
  /** When the oldest of its data expires, in milliseconds since the epoch. */
  expiresAt?: number
  /** Whether it must not be served when that has expired. */
  isAging?: boolean
}
export type Origin = (request: OriginRequest) => Promise<OriginResponse>

/** A page that takes longer will not come. */
const TIMEOUT_MS = 30_000

/** A response that is collected in memory instead of being sent. */
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
    // It may fail before anyone awaits it.
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
    // Drops the body for those who still hold the response.
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

  /** Ends the wait for a body that fails half-way. */
  override destroy(error?: Error): this {
    this.fail(error ?? new Error('The response was aborted before its end'))
    return super.destroy(error)
  }
}

/**
 * Joins chunks in a buffer of their own: a small buffer is part of a larger one, and sending it to another thread would
 * send all of that.
 */
function together(chunks: Buffer[]): Buffer {
  const all = Buffer.concat(chunks)
  return all.length === all.buffer.byteLength ? all : Buffer.from(new Uint8Array(all).buffer)
}

/** A request without a connection. */
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
 * The response of a listener to a request, collected in memory.
 * @param cacheControl the default Cache-Control.
 * @throws an Error after a timeout.
 */
function answerOf(listener: RequestListener, request: IncomingMessage, cacheControl?: string): Promise<OriginResponse> {
  const response = new BufferedResponse(request)
  if (cacheControl) response.setHeader('cache-control', cacheControl)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${request.url} was not answered within ${TIMEOUT_MS} ms`)), TIMEOUT_MS)
  })
  const answered = Promise.resolve(listener(request, response)).then(() => response.kept)
  // A timer left running would keep the response: a thousand of them, under load.
  return Promise.race([answered, late]).finally(() => clearTimeout(timer))
}

/**
 * An origin that calls a request listener in this thread, such as Next.js's: no socket, no parsing, no copy. It records what
 * the responses depend on.
 */
export const listenerOrigin =
  (listener: RequestListener): Origin =>
  async (request) => {
    const { result, ...validity } = await recording(() => answerOf(listener, requestOf(request), request.cacheControl))
    return { ...result, ...validity }
  }
