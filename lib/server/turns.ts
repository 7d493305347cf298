import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** Requests that may wait on one connection. Each takes about 4 kB; clients that pipeline send a few dozen. */
const MAX_WAITING = 500

type Queue = { length: number; last: ServerResponse }

/**
 * Handles the requests of a connection one at a time: one that was pipelined begins when the response before it is
 * finished. Until then nothing more is read from the connection.
 */
export function oneAtATime(listener: RequestListener): RequestListener {
  const queues = new WeakMap<Socket, Queue>()

  const wait = (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request
    const queue = queues.get(socket) ?? { length: 0, last: response }
    queues.set(socket, queue)
    socket.pause()
    // What was read at once may hold thousands. The client sends again what the connection closes without answering.
    if (queue.length >= MAX_WAITING) {
      queue.last.shouldKeepAlive = false
      return
    }
    queue.length += 1
    queue.last = response
    // node:http emits it when the response before has left the connection, and is still at work on that.
    response.once('socket', () =>
      setImmediate(() => {
        queue.length -= 1
        if (queue.length === 0) socket.resume()
        if (socket.writable) listener(request, response)
      }),
    )
  }

  return (request, response) => {
    if (!response.socket) wait(request, response)
    // A request that was sent behind the last one of its connection is not answered (RFC 9112, 9.6).
    else if (request.socket.writable) listener(request, response)
  }
}
