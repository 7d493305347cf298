import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { sendFailure } from '@/lib/cache/response/failure'

/** The requests that may wait on one connection. Each takes about 4 kB; clients that pipeline send a few dozen. */
const MAX_WAITING = 500

type Queue = { length: number; last: ServerResponse }

/**
 * Handles the requests of a connection one at a time: a pipelined request begins when the response before it is
 * finished. Until then nothing more is read from the connection.
 * @param onError receives the listener's errors, which must end one request and not the process.
 */
export function oneAtATime(listener: RequestListener, onError: (error: unknown) => void): RequestListener {
  const fail = (response: ServerResponse, error: unknown) => {
    onError(error)
    if (response.headersSent) response.destroy()
    else sendFailure(response)
  }
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    // A request after the last one of its connection is not answered (RFC 9112, 9.6).
    if (!request.socket.writable) return
    try {
      const handled: unknown = listener(request, response)
      if (handled instanceof Promise) handled.catch((error) => fail(response, error))
    } catch (error) {
      fail(response, error)
    }
  }

  const queues = new WeakMap<Socket, Queue>()

  const wait = (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request
    const queue = queues.get(socket) ?? { length: 0, last: response }
    queues.set(socket, queue)
    socket.pause()
    // One read may contain thousands of requests. The client repeats those that the connection closes without
    // answering.
    if (queue.length >= MAX_WAITING) {
      queue.last.shouldKeepAlive = false
      return
    }
    queue.length += 1
    queue.last = response
    // node:http emits this while it still handles the end of the previous response.
    response.once('socket', () =>
      setImmediate(() => {
        queue.length -= 1
        if (queue.length === 0) socket.resume()
        handle(request, response)
      }),
    )
  }

  return (request, response) => {
    if (response.socket) handle(request, response)
    else wait(request, response)
  }
}
