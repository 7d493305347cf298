import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { ACCEPT_ENCODING } from './visit'

/** Load on one address, from a process of its own. */
export type Load = { perSecond: number; p99Ms: number }

type Ask = { url: string; connections: number; seconds: number }

/** A load generator: how it is called, and how what it says is read. */
type Generator = { name: string; command: (ask: Ask) => string[]; read: (output: string) => Load }

const MS = { us: 0.001, ms: 1, s: 1_000, m: 60_000 }
const number = (output: string, pattern: RegExp): string[] => {
  const found = pattern.exec(output)
  if (!found) throw new Error(`The load generator said something else:\n${output}`)
  return found.slice(1)
}

/** How long it waits for an answer: longer than any server here takes. It would be 2 s. */
const PATIENCE = '30s'

const wrk: Generator = {
  name: 'wrk',
  command: ({ url, connections, seconds }) => [
    'wrk',
    ...['--threads', '1', '--connections', String(connections), '--duration', `${seconds}s`],
    ...['--latency', '--timeout', PATIENCE],
    ...['--header', `Accept-Encoding: ${ACCEPT_ENCODING}`, url],
  ],
  read: (output) => {
    if (/Non-2xx|Socket errors/.test(output)) throw new Error(output)
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
  non2xx: z.literal(0),
})
const autocannon: Generator = {
  name: `autocannon ${z.object({ version: z.string() }).parse(require('autocannon/package.json')).version}`,
  command: ({ url, connections, seconds }) => [
    ...[process.execPath, require.resolve('autocannon'), '--json', '--no-progress'],
    ...['--connections', String(connections), '--duration', String(seconds)],
    ...['--headers', `accept-encoding=${ACCEPT_ENCODING}`, url],
  ],
  read: (output) => {
    const { requests, latency } = Result.parse(JSON.parse(output))
    return { perSecond: requests.average, p99Ms: latency.p99 }
  },
}

const hasWrk = (): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn('wrk', ['--version'], { stdio: 'ignore' })
    child.once('error', () => resolve(false)).once('close', () => resolve(true))
  })

/** The one that is used: wrk where it is on the path, for it takes the least of the machine. */
export const generator: Generator = (await hasWrk()) ? wrk : autocannon

/** Asks for one address again and again, each connection as soon as it was answered. @throws where anything but 2xx comes. */
export async function hammer(ask: Ask): Promise<Load> {
  const [command = '', ...words] = generator.command(ask)
  const child = spawn(command, words, { stdio: ['ignore', 'pipe', 'ignore'] })
  const stop = () => child.kill()
  process.once('exit', stop)
  const output = await text(child.stdout)
  process.off('exit', stop)
  return generator.read(output)
}
