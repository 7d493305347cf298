import { createServer, type RequestListener, type Server } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '@/lib/errors'
import { continueWhenRead } from '@/lib/http/expect-continue'
import { log } from '@/lib/observability/log'
import { answerClientError, refuseConnect } from './client-error'
import { oneAtATime } from './turns'

/** The time that running requests get when the site stops. */
const CLOSE_WITHIN_MS = 1_000

/** The messages for addresses that can't be opened, by error code. */
const refusals: Record<string, (host: string, port: number) => string> = {
  EADDRINUSE: (_host, port) =>
    `Port ${port} is taken by another program. Stop that one, or choose another port: PORT=${port + 1} npm start`,
  EACCES: (_host, port) => `This user may not listen at port ${port}. Choose one above 1023: PORT=3000 npm start`,
  EADDRNOTAVAIL: (host) => `This machine has no address ${host}. Set HOST to one of its own, or to 0.0.0.0 for all.`,
  ENOTFOUND: (host) => `There is no address ${host}. Set HOST to one of this machine, or to 0.0.0.0 for all.`,
}

/** The address for people: "all interfaces" becomes localhost. */
export function addressOf(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}

/** Timeouts for clients, in milliseconds. */
export type Timeouts = {
  /** From the connection, or the request before, to the end of the header. */
  header: number
  /** To the end of the body. */
  request: number
  /** Between requests. Proxies usually keep connections for 60 s, and must be the ones to close them. */
  idle: number
  /** Between checks of these timeouts; Node.js checks every 30 s by default. */
  check: number
}
export const TIMEOUTS: Timeouts = { header: 15_000, request: 30_000, idle: 65_000, check: 5_000 }

/** An HTTP server with timeouts for slow clients, and with error responses of its own for malformed requests. */
export function createHttpServer(listener: RequestListener, patience: Timeouts = TIMEOUTS): Server {
  const inTurn = oneAtATime(listener, (err) => log.error({ err }, 'A request failed'))
  const server = createServer(
    {
      headersTimeout: patience.header,
      requestTimeout: patience.request,
      keepAliveTimeout: patience.idle,
      connectionsCheckingInterval: patience.check,
      // lib/server/front.ts refuses a request without one, with a sentence.
      requireHostHeader: false,
    },
    inTurn,
  )
  server.on('clientError', answerClientError)
  server.on('connect', refuseConnect)
  server.on('checkContinue', (request, response) => {
    continueWhenRead(request, response)
    inTurn(request, response)
  })
  // Other expectations may be ignored (RFC 9110, 10.1.1).
  server.on('checkExpectation', inTurn)
  return server
}

/**
 * @returns the port: a free one when `port` is 0.
 * @throws AppError that names the port or the host if it can't be opened.
 */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  try {
    return await new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, host, () => {
        const address = server.address()
        resolve(typeof address === 'object' && address ? address.port : port)
      })
    })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw refusals[code] ? new AppError('conflict', refusals[code](host, port), { cause: error }) : error
  }
}

/** Checks that the address can be opened, before a minute is spent on a build. @throws as `listen` does. */
export async function checkAddress(host: string, port: number): Promise<void> {
  const server = createServer()
  await listen(server, host, port)
  await new Promise((resolve) => server.close(resolve))
}

/** Stops listening, and waits for running requests unless in a `hurry`. */
export async function close(server: Server, hurry: AbortSignal): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  await Promise.race([closed, delay(CLOSE_WITHIN_MS, undefined, { signal: hurry, ref: false }).catch(() => {})])
  server.closeAllConnections()
}
