import type { IncomingMessage } from 'node:http'

/** Larger than anything that is asked of the site. */
const MAX_BYTES = 1024 * 1024

export const BODY_TOO_LARGE = `A request may not be larger than ${MAX_BYTES.toLocaleString('en')} bytes.`

/**
 * Refuses a request body that is too large: before it is read where its length is said, else when it gets there.
 * @param refuse answers; what is still sent after that is not read.
 * @returns whether the request goes on.
 */
export function limitBody(request: IncomingMessage, refuse: () => void): boolean {
  const said = request.headers['content-length']
  if (said === undefined && request.headers['transfer-encoding'] === undefined) return true
  if (Number(said ?? 0) > MAX_BYTES) {
    refuse()
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
