import type { IncomingMessage } from 'node:http'

const dropped = new WeakSet<IncomingMessage>()

/**
 * Drops the rest of a body. After the response only our side of the connection is closed; the other side is closed at
 * the end of the body. If both were closed while the client sends, the connection would be reset, and most clients
 * would never read the response. A body that never ends runs into the server's timeout.
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
  // node:http calls this after the last response of a connection.
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
