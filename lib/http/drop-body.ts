import type { IncomingMessage } from 'node:http'

const dropped = new WeakSet<IncomingMessage>()

/**
 * Drops what is still sent of a body. When the answer is sent, only our side of the connection is closed, and the other
 * at the end of the body: closed altogether while a client sends, it would be reset, and most clients would never read
 * why. One that never ends is cut by the server's patience.
 */
export function dropBody(request: IncomingMessage): void {
  if (dropped.has(request)) return
  dropped.add(request)
  const { socket } = request
  const { destroySoon } = socket
  let isAnswered = false
  let isOver = request.complete
  const closeIfDone = () => {
    if (isAnswered && isOver) destroySoon.call(socket)
    else if (isAnswered) socket.end()
  }
  // node:http calls it after the last answer of a connection.
  socket.destroySoon = () => {
    isAnswered = true
    closeIfDone()
  }
  request.push = (chunk: Buffer | null) => {
    isOver ||= chunk === null
    closeIfDone()
    return true
  }
}
