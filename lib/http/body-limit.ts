import type { IncomingMessage } from 'node:http'
import { dropBody } from './drop-body'
import { sendContinue } from './expect-continue'

/** 1 MiB, for forms and for bodies without a Content-Length, which are kept in memory until they are whole. */
export const MAX_FORM_BYTES = 1024 * 1024
/** 20 MiB, for covers. */
export const MAX_PICTURE_BYTES = 20 * 1024 * 1024

const count = (bytes: number) => bytes.toLocaleString('en')

/** The error message for a body that is too large. */
export const tooLargeSentence = (maxBytes: number): string =>
  maxBytes === MAX_PICTURE_BYTES
    ? `A picture may not be larger than ${count(maxBytes)} bytes, and its Content-Length says how large it is.`
    : `A request may not be larger than ${count(maxBytes)} bytes.`

/** Whether a request has a body, or announces one (RFC 9112, 6). A Content-Length of 0 announces none. */
export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

/**
 * Lets a request proceed if its body is not too large: at once where the Content-Length tells, else when the whole body
 * has arrived.
 * @param proceed handles the request.
 * @param refuse answers it, with `Connection: close`; the rest of the body is dropped.
 */
export function limitBody(request: IncomingMessage, maxBytes: number, proceed: () => void, refuse: () => void): void {
  const contentLength = request.headers['content-length']
  const drop = () => {
    dropBody(request)
    refuse()
  }
  if (Number(contentLength ?? 0) > maxBytes) drop()
  else if (contentLength === undefined && request.headers['transfer-encoding'] !== undefined)
    waitForBody(request, proceed, drop)
  else proceed()
}

/**
 * A chunked body stays in the request's own buffer until it is whole, because a response that was begun could not be
 * taken back. A client that never ends it runs into the server's timeout.
 */
function waitForBody(request: IncomingMessage, proceed: () => void, drop: () => void): void {
  // A pipelined request may have received some of its body already.
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
    // The parser must go on, whatever the buffer holds.
    return true
  }
}
