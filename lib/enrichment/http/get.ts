import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import { OutsideFault } from './fault'

/** In ms. */
export type Patience = {
  /** Until there is a connection, with TLS where there is any. */
  connect: number
  /** Until all of the answer is there. */
  whole: number
}

export type GetOptions = {
  headers: Record<string, string>
  lookup: LookupFunction
  patience: Patience
  /** Of the answer's body. */
  maxBytes: number
  /** Ends it; what is thrown then is the signal's reason. */
  signal: AbortSignal
}

export type Hop = { status: number; headers: IncomingHttpHeaders; body: Buffer }

/**
 * One request and its answer, whole; no redirect is followed. Each has a connection of its own: at one request a second
 * there is little to save, and one that is kept may be closed by the other side in the moment that it is used.
 * @throws OutsideFault; or the signal's reason.
 */
export function getOnce(url: URL, { headers, lookup, patience, maxBytes, signal }: GetOptions): Promise<Hop> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const send = url.protocol === 'https:' ? https.request : http.request
    const request = send(url, { headers, lookup, agent: false })
    const host = url.host
    const slow = (what: string) => () => end(new OutsideFault('slow', `${host} ${what}.`))
    const connecting = setTimeout(slow('could not be connected to in time'), patience.connect)
    const waiting = setTimeout(slow('did not answer in time'), patience.whole)
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
    // A connection that is given up may fail once more.
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

/** Reads a body, and no more of it than is taken. */
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
    throw new OutsideFault('truncated', `${host} ended its answer in the middle.`, null, { cause: error })
  }
  if (!response.complete) throw new OutsideFault('truncated', `${host} ended its answer in the middle.`)
  return Buffer.concat(chunks)
}

/** A fault of a connection; what the lookup refused is one already. */
function faultOf(host: string, error: Error): OutsideFault {
  if (error instanceof OutsideFault) return error
  const code = 'code' in error ? String(error.code) : error.message
  // HPE_…: what came is no HTTP.
  return code.startsWith('HPE_')
    ? new OutsideFault('nonsense', `${host} does not speak HTTP (${code}).`, null, { cause: error })
    : new OutsideFault('unreachable', `${host} can’t be reached (${code}).`, null, { cause: error })
}
