import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { quantile } from '@/bench/statistics'
import { ACCEPT_ENCODING, visit } from './visit'

/** Load on one address, from a process of its own. */
export type Load = { perSecond: number; p99Ms: number }

type LoadRequest = {
  url: string
  connections: number
  /** With 0, each connection sends one request: a short run checks that the address is answered as expected. */
  seconds: number
  /** Request headers in addition to Accept-Encoding. */
  headers?: Record<string, string>
  /** The expected status, 200 by default. */
  status?: number
}

/** A load generator: its command, and how to parse its output. */
type Generator = {
  name: string
  command: (ask: LoadRequest) => string[]
  read: (output: string, ask: LoadRequest) => Load
}

const MS = { us: 0.001, ms: 1, s: 1_000, m: 60_000 }
const number = (output: string, pattern: RegExp): string[] => {
  const found = pattern.exec(output)
  if (!found) throw new Error(`Unexpected output of the load generator:\n${output}`)
  return found.slice(1)
}

/** The timeout, longer than any response here takes; the default is 2 s. */
const TIMEOUT = '30s'

const wrk: Generator = {
  name: 'wrk',
  command: ({ url, connections, seconds, headers = {} }) => [
    'wrk',
    ...['--threads', '1', '--connections', String(connections), '--duration', `${seconds}s`],
    ...['--latency', '--timeout', TIMEOUT],
    ...Object.entries(headers).flatMap(([name, value]) => ['--header', `${name}: ${value}`]),
    ...['--header', `Accept-Encoding: ${ACCEPT_ENCODING}`, url],
  ],
  read: (output, { status = 200 }) => {
    // wrk counts 2xx and 3xx as success.
    const refused = /Non-2xx or 3xx responses: (\d+)/.exec(output)?.[1] ?? '0'
    const [answered = ''] = number(output, /(\d+) requests in/)
    if (/Socket errors/.test(output) || refused !== (status < 400 ? '0' : answered)) throw new Error(output)
    const [perSecond] = number(output, /Requests\/sec:\s+([\d.]+)/)
    const [value, unit] = number(output, /99%\s+([\d.]+)(us|ms|s|m)/)
    const factor = Object.entries(MS).find(([name]) => name === unit)?.[1] ?? Number.NaN
    return { perSecond: Number(perSecond), p99Ms: Number(value) * factor }
  },
}

const require = createRequire(import.meta.url)
const Result = z.object({
  requests: z.object({ average: z.number() }),
  latency: z.object({ p99: z.number() }),
  errors: z.literal(0),
  statusCodeStats: z.record(z.string(), z.object({ count: z.number() })),
})
const autocannon: Generator = {
  name: `autocannon ${z.object({ version: z.string() }).parse(require('autocannon/package.json')).version}`,
  command: ({ url, connections, seconds, headers = {} }) => [
    ...[process.execPath, require.resolve('autocannon'), '--json', '--no-progress'],
    ...['--connections', String(connections), '--duration', String(seconds)],
    ...Object.entries(headers).flatMap(([name, value]) => ['--headers', `${name}=${value}`]),
    ...['--headers', `accept-encoding=${ACCEPT_ENCODING}`, url],
  ],
  read: (output, { status = 200 }) => {
    const { requests, latency, statusCodeStats } = Result.parse(JSON.parse(output))
    if (Object.keys(statusCodeStats).some((code) => code !== String(status))) throw new Error(output)
    return { perSecond: requests.average, p99Ms: latency.p99 }
  },
}

const hasWrk = (): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn('wrk', ['--version'], { stdio: 'ignore' })
    child.once('error', () => resolve(false)).once('close', () => resolve(true))
  })

/** wrk if it is installed, because it uses the least CPU time. */
export const generator: Generator = (await hasWrk()) ? wrk : autocannon

/** Longer than any measured response. */
const MAX_SECONDS = 60

/**
 * Requests one address repeatedly over each connection; for longer if there is no response in that time.
 * @throws on unexpected statuses or no response.
 */
export async function generateLoad(ask: LoadRequest): Promise<Load> {
  if (ask.seconds === 0) return requestOnce(ask)
  const load = await once(ask)
  if (load.perSecond > 0) return load
  if (ask.seconds > MAX_SECONDS) throw new Error(`${ask.url} was not answered within ${ask.seconds} s`)
  return generateLoad({ ...ask, seconds: ask.seconds * 4 })
}

async function requestOnce({ url, connections, headers, status = 200 }: LoadRequest): Promise<Load> {
  const { origin, pathname, search } = new URL(url)
  const paths = Array<string>(connections).fill(pathname + search)
  const { ms, seconds } = await visit(origin, paths, { connections, headers, ok: [status] })
  return { perSecond: connections / seconds, p99Ms: quantile(ms, 0.99) }
}

async function once(ask: LoadRequest): Promise<Load> {
  const [command = '', ...words] = generator.command(ask)
  const child = spawn(command, words, { stdio: ['ignore', 'pipe', 'ignore'] })
  const stop = () => child.kill()
  process.once('exit', stop)
  const output = await text(child.stdout)
  process.off('exit', stop)
  return generator.read(output, ask)
}
