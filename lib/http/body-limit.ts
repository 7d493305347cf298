import type { IncomingMessage } from 'node:http'
import { dropBody } from './drop-body'
import { sendContinue } from './expect-continue'

/** Of a form, and of any body that does not say its length, because that is kept in memory until it is whole: 1 MiB. */
export const MAX_FORM_BYTES = 1024 * 1024
/** Of a cover: 20 MiB. */
export const MAX_PICTURE_BYTES = 20 * 1024 * 1024

const count = (bytes: number) => bytes.toLocaleString('en')

/** What is said to a request whose body is too large. */
export const tooLargeSentence = (maxBytes: number): string =>
  maxBytes === MAX_PICTURE_BYTES
    ? `A picture may not be larger than ${count(maxBytes)} bytes, and its Content-Length says how large it is.`
    : `A request may not be larger than ${count(maxBytes)} bytes.`

/** Whether a request has a body, or announces one (RFC 9112, 6). A body of no bytes that says so is none. */
export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

/**
 * Has a request go on only if its body is not too large: that is known before it is sent where its length is said, else
 * when it is here.
 * @param proceed takes the request, at once or when all of its body is here.
 * @param refuse answers it, with `Connection: close`. What is still sent then is dropped.
 */
export function limitBody(request: IncomingMessage, maxBytes: number, proceed: () => void, refuse: () => void): void {
  const said = request.headers['content-length']
  const drop = () => {
    dropBody(request)
    refuse()
  }
  if (Number(said ?? 0) > maxBytes) drop()
  else if (said === undefined && request.headers['transfer-encoding'] !== undefined) waitForBody(request, proceed, drop)
  else proceed()
}

/**
 * A body in chunks is kept in the request's own buffer until it is whole: a response that came before could not be taken
 * back. A client that never ends it is cut by the server's patience.
 */
function waitForBody(request: IncomingMessage, proceed: () => void, drop: () => void): void {
  // A request that waited for its turn on the connection has some of its body already.
  let received = request.readableLength
  if (request.complete) {
    if (received > MAX_FORM_BYTES) drop()
    else proceed()
    return
  }
  sendContinue(request)
  const { push } = request
  request.push = (chunk: Buffer | null) => {
    received += chunk?.length ?? 0
    if (received > MAX_FORM_BYTES) drop()
    else push.call(request, chunk)
    if (chunk === null) {
      request.push = push
      proceed()
    }
    // Whatever the buffer holds, the parser is to go on.
    return true
  }
}
