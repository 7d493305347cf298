import type { IncomingMessage } from 'node:http'

/** Larger than anything that is asked of the site, but for pictures that are brought. */
const MAX_BYTES = 1024 * 1024
/** A cover, at most: 20 MiB. */
export const MAX_PICTURE_BYTES = 20 * 1024 * 1024

const PICTURE = /^\/api\/v1\/albums\/[^/]+\/artwork(?:\?|$)/

const tooLarge = (most: number) => `A request may not be larger than ${most.toLocaleString('en')} bytes.`
export const BODY_TOO_LARGE = tooLarge(MAX_BYTES)

/** How large a request may be that says so before; of one that does not, it is kept in memory, and has to be small. */
const mostOf = ({ method, url = '' }: IncomingMessage): number =>
  method === 'PUT' && PICTURE.test(url) ? MAX_PICTURE_BYTES : MAX_BYTES

/** What is said to a request that is too large. */
export const tooLargeFor = (request: IncomingMessage): string =>
  mostOf(request) === MAX_BYTES
    ? BODY_TOO_LARGE
    : `A picture may not be larger than ${MAX_PICTURE_BYTES.toLocaleString('en')} bytes, and its Content-Length says how large it is.`

/** Whether a request has a body, or says that it has (RFC 9112, 6). */
export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined

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
  if (Number(said ?? 0) > mostOf(request)) drop()
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
