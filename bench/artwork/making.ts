import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import type { Figure } from '@/bench/figures'
import { hammer } from '@/bench/pages/load/hammer'
import { CACHED, warm } from '@/bench/pages/measures/cached'
import { ratios } from '@/bench/pages/measures/measure'
import type { Scale } from '@/bench/pages/scale'
import type { Served } from '@/bench/pages/servers/catalogue'
import { median } from '@/bench/statistics'
import { undisturbed } from '@/bench/stolen'
import { root } from '@/lib/server/testing'

/** The speed of making pictures, and its effect on visitors. */

/** Covers per round. */
export const coversOf = ({ rounds }: Scale): number => (rounds > 1 ? 40 : 6)
/** Loads of a second of which a round's p99 is the median, for a machine has bad seconds. */
const loadsOf = ({ rounds }: Scale): number => (rounds > 1 ? 9 : 1)

/** The polling interval for the first picture. */
const LOOK_MS = 100

async function isMade(client: Served['client']): Promise<boolean> {
  const { rowCount } = await client.query('SELECT FROM artwork LIMIT 1')
  return rowCount === 1
}

type Making = { folder: string; dataDir: string; scale: Scale }

/** Each round makes all covers: on all processors, then with the defaults while a page is requested. */
export async function measureMaking(
  { origin, databaseUrl, client }: Served,
  { folder, dataDir, scale }: Making,
): Promise<Figure[]> {
  const count = coversOf(scale)
  const make = async (options: string[], meanwhile: () => Promise<void>): Promise<number> => {
    await client.query('TRUNCATE album_artwork, album_colour; DELETE FROM artwork')
    const started = performance.now()
    const child = spawn(process.execPath, ['--import', 'tsx', 'bin/syro.ts', 'artwork', 'import', folder, ...options], {
      cwd: root,
      env: { ...process.env, DATABASE_URL: databaseUrl, SYRO_DATA_DIR: dataDir, S3_BUCKET: '' },
      stdio: 'ignore',
    })
    const stop = () => child.kill()
    process.once('exit', stop)
    const ended = once(child, 'close')
    // A process ended by a signal has no exit code.
    const isRunning = () => child.exitCode === null && child.signalCode === null
    // Decoders take a while to start.
    while (isRunning() && !(await isMade(client))) await delay(LOOK_MS)
    await meanwhile()
    if (!isRunning() && scale.rounds > 1) throw new Error('Covers were made before all was measured')
    const [code] = await ended
    process.off('exit', stop)
    if (code !== 0) throw new Error(`The import of covers failed: ${code}`)
    return (count * 1_000) / (performance.now() - started)
  }
  const p99 = async () => {
    // Changed pages are rendered again.
    await warm(origin + CACHED, 'cache-status', /; hit/)
    const found: number[] = []
    for (let load = 0; load < loadsOf(scale); load++)
      found.push((await undisturbed(() => hammer({ url: origin + CACHED, connections: 1, seconds: 1 }))).p99Ms)
    return median(found)
  }

  const perSecond: Record<'all' | 'usual', number[]> = { all: [], usual: [] }
  const [atRest, beside]: [number[], number[]] = [[], []]
  await hammer({ url: origin + CACHED, connections: 1, seconds: Math.max(1, scale.warmSeconds) })
  const processors = availableParallelism()
  for (let round = 0; round < scale.rounds; round++) {
    perSecond.all.push(await make(['--at-once', `${processors}`], async () => {}))
    atRest.push(await p99())
    perSecond.usual.push(
      await make([], async () => {
        beside.push(await p99())
      }),
    )
  }
  return [
    { what: `pictures made on ${processors} processors, a second`, unit: '/s', samples: perSecond.all },
    { what: 'pictures made as usual, while a page is asked for, a second', unit: '/s', samples: perSecond.usual },
    { what: 'cached page, p99 at rest', unit: 'ms', samples: atRest },
    { what: 'cached page, p99 while pictures are made', unit: 'ms', samples: beside },
    {
      what: 'cached page, p99 while pictures are made against at rest',
      unit: '×',
      samples: ratios(beside, atRest),
      target: ['≤', 2],
    },
  ]
}
