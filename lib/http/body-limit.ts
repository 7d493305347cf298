import type { IncomingMessage, ServerResponse } from 'node:http'

/** Larger than anything that is asked of the site. */
const MAX_BYTES = 1024 * 1024

/**
 * Refuses a request body that is too large: before it is read where its length is said, else when it gets there.
 * @returns whether the request goes on.
 */
export function limitBody(request: IncomingMessage, response: ServerResponse): boolean {
  const said = request.headers['content-length']
  if (said === undefined && request.headers['transfer-encoding'] === undefined) return true
  if (Number(said ?? 0) > MAX_BYTES) {
    response.writeHead(413, { connection: 'close', 'content-type': 'text/plain; charset=utf-8' })
    response.end(`A request may not be larger than ${MAX_BYTES.toLocaleString('en')} bytes.\n`)
    return false
  }
  if (said === undefined) countBytes(request)
  return true
}

function countBytes(request: IncomingMessage): void {
  let received = 0
  const push = request.push.bind(request)
  request.push = (chunk: Buffer | null) => {
    received += chunk?.length ?? 0
    if (received <= MAX_BYTES) return push(chunk)
    request.destroy()
    return false
  }
}
