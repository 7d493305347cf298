import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import type { Figure } from '@/bench/figures'
import { generateLoad } from '@/bench/pages/load/load-generator'
import { CACHED_PAGE, warm } from '@/bench/pages/measures/cached-page'
import { ratios } from '@/bench/pages/measures/measure'
import { type Scale, turnsOf } from '@/bench/pages/scale'
import type { CatalogueSite } from '@/bench/pages/servers/catalogue-site'
import { median } from '@/bench/statistics'
import { withLittleSteal } from '@/bench/steal-time'
import { root } from '@/lib/server/testing'

/** The speed of decoding pictures, and its effect on visitors. */

/** Covers per round. */
export const coversOf = ({ rounds }: Scale): number => (rounds > 1 ? 40 : 1)
/** A round's p99 is the median of this many loads of a second, because machines have bad seconds. */
const loadsOf = ({ rounds }: Scale): number => (rounds > 1 ? 9 : 1)

/** The polling interval for the first picture. */
const LOOK_MS = 100

async function isAnyStored(client: CatalogueSite['client']): Promise<boolean> {
  const { rowCount } = await client.query('SELECT FROM artwork LIMIT 1')
  return rowCount === 1
}

type ImportFolder = { folder: string; scale: Scale }

/** Each round imports all covers: on all processors, then with the defaults while a page is requested. */
export async function measureDecoding(
  { origin, databaseUrl, client, dataDir }: CatalogueSite,
  { folder, scale }: ImportFolder,
): Promise<Figure[]> {
  const count = coversOf(scale)
  const importCovers = async (options: string[], meanwhile: () => Promise<void>): Promise<number> => {
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
    while (isRunning() && !(await isAnyStored(client))) await delay(LOOK_MS)
    await meanwhile()
    if (!isRunning() && scale.rounds > 1) throw new Error('The import ended before the measurement')
    const [code] = await ended
    process.off('exit', stop)
    if (code !== 0) throw new Error(`The import of covers failed: ${code}`)
    return (count * 1_000) / (performance.now() - started)
  }
  const p99 = async () => {
    // Changed pages are rendered again.
    await warm(origin + CACHED_PAGE, 'cache-status', /; hit/)
    const p99s: number[] = []
    for (let load = 0; load < loadsOf(scale); load++)
      p99s.push(
        (
          await withLittleSteal(() =>
            generateLoad({ url: origin + CACHED_PAGE, connections: 1, seconds: turnsOf(scale).seconds }),
          )
        ).p99Ms,
      )
    return median(p99s)
  }

  const picturesPerSecond: Record<'all' | 'usual', number[]> = { all: [], usual: [] }
  const [atRest, underLoad]: [number[], number[]] = [[], []]
  await generateLoad({ url: origin + CACHED_PAGE, connections: 1, seconds: scale.warmSeconds })
  const processors = availableParallelism()
  for (let round = 0; round < scale.rounds; round++) {
    picturesPerSecond.all.push(await importCovers(['--at-once', `${processors}`], async () => {}))
    atRest.push(await p99())
    picturesPerSecond.usual.push(
      await importCovers([], async () => {
        underLoad.push(await p99())
      }),
    )
  }
  return [
    { name: `pictures decoded per second, on ${processors} processors`, unit: '/s', samples: picturesPerSecond.all },
    {
      name: 'pictures decoded per second, with default settings while a page is requested',
      unit: '/s',
      samples: picturesPerSecond.usual,
    },
    { name: 'cached page, p99 at rest', unit: 'ms', samples: atRest },
    { name: 'cached page, p99 while pictures are decoded', unit: 'ms', samples: underLoad },
    {
      name: 'cached page, p99 while pictures are decoded, compared with at rest',
      unit: '×',
      samples: ratios(underLoad, atRest),
      target: ['≤', 2],
    },
  ]
}
