import type { IncomingMessage } from 'node:http'

/** Larger than anything that is asked of the site. */
const MAX_BYTES = 1024 * 1024

export const BODY_TOO_LARGE = `A request may not be larger than ${MAX_BYTES.toLocaleString('en')} bytes.`

/**
 * Has a request go on only if its body is not too large: that is known before it is sent where its length is said, else
 * when it is here.
 * @param proceed takes the request, at once or when all of its body is here.
 * @param refuse answers it, with `Connection: close`. What is still sent then is dropped.
 */
export function limitBody(request: IncomingMessage, proceed: () => void, refuse: () => void): void {
  const said = request.headers['content-length']
  const drop = () => {
    dropRest(request)
    refuse()
  }
  if (Number(said ?? 0) > MAX_BYTES) drop()
  else if (said === undefined && request.headers['transfer-encoding'] !== undefined) waitForBody(request, proceed, drop)
  else proceed()
}

/**
 * A body in chunks is kept in the request's own buffer until it is whole: whoever answered before would have to take the
 * answer back. A client that never ends it is cut by the server's patience.
 */
function waitForBody(request: IncomingMessage, proceed: () => void, drop: () => void): void {
  const { push } = request
  let received = 0
  request.push = (chunk: Buffer | null) => {
    received += chunk?.length ?? 0
    if (received > MAX_BYTES) drop()
    else push.call(request, chunk)
    if (chunk === null) {
      request.push = push
      proceed()
    }
    // Whatever the buffer holds, the parser is to go on.
    return true
  }
}

/**
 * Drops what is still sent of a body. When the answer is sent, only our side of the connection is closed, and the other
 * at the end of the body: closed altogether while a client sends, it would be reset, and most clients would never read
 * why. One that never ends is cut by the server's patience.
 */
function dropRest(request: IncomingMessage): void {
  const { socket } = request
  const { destroySoon } = socket
  let isAnswered = false
  let isOver = false
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
