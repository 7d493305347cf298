import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import { OutsideFault } from './fault'

/** Timeouts in ms. */
export type Timeouts = {
  /** Until the connection, including TLS, is open. */
  connect: number
  /** Until the response is complete. */
  whole: number
}

export type GetOptions = {
  headers: Record<string, string>
  lookup: LookupFunction
  timeouts: Timeouts
  /** The size limit of the response body. */
  maxBytes: number
  signal: AbortSignal
}

export type RawResponse = { status: number; headers: IncomingHttpHeaders; body: Buffer }

/**
 * Sends one request and reads its response, without following redirects. Each has its own connection: at one request a
 * second there is little to save, and the server may close an idle one just when it is used.
 * @throws OutsideFault; or the signal's reason.
 */
export function sendRequest(
  url: URL,
  { headers, lookup, timeouts, maxBytes, signal }: GetOptions,
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const send = url.protocol === 'https:' ? https.request : http.request
    const request = send(url, { headers, lookup, agent: false })
    const host = url.host
    const slow = (what: string) => () => end(new OutsideFault('slow', `${host} ${what}.`))
    const connecting = setTimeout(slow('did not accept the connection in time'), timeouts.connect)
    const waiting = setTimeout(slow('did not answer in time'), timeouts.whole)
    const stop = () => end(signal.reason)
    const end = (error: unknown) => {
      clearTimeout(connecting)
      clearTimeout(waiting)
      signal.removeEventListener('abort', stop)
      request.destroy()
      reject(error)
    }
    signal.addEventListener('abort', stop, { once: true })

    request.on('socket', (socket) => {
      const connected = url.protocol === 'https:' ? 'secureConnect' : 'connect'
      socket.once(connected, () => clearTimeout(connecting))
    })
    // A destroyed connection may emit another error.
    request.on('error', (error) => end(faultOf(host, error)))
    request.once('response', (response) => {
      read(response, host, maxBytes).then((body) => {
        clearTimeout(waiting)
        signal.removeEventListener('abort', stop)
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body })
      }, end)
    })
    request.end()
  })
}

/** Reads a body up to the size limit. */
async function read(response: IncomingMessage, host: string, maxBytes: number): Promise<Buffer> {
  const large = () => new OutsideFault('large', `${host} sent more than ${maxBytes.toLocaleString('en')} bytes.`)
  if (Number(response.headers['content-length']) > maxBytes) throw large()
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of response) {
      bytes += chunk.length
      if (bytes > maxBytes) throw large()
      chunks.push(chunk)
    }
  } catch (error) {
    if (error instanceof OutsideFault) throw error
    throw new OutsideFault('truncated', `${host} ended its response early.`, null, { cause: error })
  }
  if (!response.complete) throw new OutsideFault('truncated', `${host} ended its response early.`)
  return Buffer.concat(chunks)
}

/** Wraps connection errors; an error of the lookup is one already. */
function faultOf(host: string, error: Error): OutsideFault {
  if (error instanceof OutsideFault) return error
  const code = 'code' in error ? String(error.code) : error.message
  // HPE_… are errors of the HTTP parser.
  return code.startsWith('HPE_')
    ? new OutsideFault('nonsense', `${host} does not speak HTTP (${code}).`, null, { cause: error })
    : new OutsideFault('unreachable', `${host} can’t be reached (${code}).`, null, { cause: error })
}
