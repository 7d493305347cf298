import type { IncomingMessage, ServerResponse } from 'node:http'
import { dropBody } from './drop-body'

/** Requests whose client waits for "100 Continue" before it sends the body (RFC 9110, 10.1.1). */
const waiting = new WeakMap<IncomingMessage, ServerResponse>()

/**
 * Sends 100 only when something reads the body, so that a request that is refused for its header gets its final status at
 * once. node:http by itself sends 100 before anything has looked at the request.
 */
export function continueWhenRead(request: IncomingMessage, response: ServerResponse): void {
  waiting.set(request, response)
  const { _read } = request
  request._read = (size) => {
    sendContinue(request)
    _read.call(request, size)
  }
  // The client may have sent the body without waiting.
  response.once('prefinish', () => {
    if (waiting.delete(request)) dropBody(request)
  })
}

/** Asks the client for the body, if it waits to be asked and has no answer yet. */
export function sendContinue(request: IncomingMessage): void {
  const response = waiting.get(request)
  if (!response || response.headersSent) return
  waiting.delete(request)
  response.writeContinue()
}
