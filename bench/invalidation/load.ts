import { setTimeout as delay } from 'node:timers/promises'
import type { Figure } from '@/bench/figures'
import { inTurns, ratios } from '@/bench/pages/measures/measure'
import type { CatalogueSite } from '@/bench/pages/servers/catalogue-site'
import { Random } from '@/lib/imports/synthetic/random'
import { somePages, visit, warm } from './pages'

/** Reading while entities are written. */

const CONCURRENCY = 8
/** Between writes, in ms. */
const WRITE_MS = 100

type Sample = { hitRatio: number; perSecond: number }

export async function measureLoad({ client, origin }: CatalogueSite, short: boolean): Promise<Figure[]> {
  const [rounds, pages, seconds] = short ? [1, 12, 0.2] : [3, 10_000, 20]
  const paths = await somePages(client, pages)
  await warm(origin, paths)
  const { rows: albums } = await client.query<{ id: number }>('SELECT id FROM album ORDER BY hashint4extended(id, 2)')

  /** Requests pages with the frequencies of Zipf's law: the nth most popular one 1/n times as often as the first. */
  const read = async (round: number): Promise<Sample> => {
    const random = new Random(round + 1)
    const weights = paths.map((_, index) => 1 / (index + 1))
    const sums = weights.map(
      (
        (sum) => (weight: number) =>
          (sum += weight)
      )(0),
    )
    const total = sums.at(-1) ?? 1
    const next = (): string => {
      const at = (random.next() / 0x1_0000_0000) * total
      let [low, high] = [0, sums.length - 1]
      while (low < high) {
        const middle = (low + high) >> 1
        if ((sums[middle] ?? 0) > at) high = middle
        else low = middle + 1
      }
      return paths[low] ?? '/'
    }
    const until = performance.now() + seconds * 1000
    let [visits, hits] = [0, 0]
    const one = async () => {
      while (performance.now() < until) {
        if ((await visit(origin, next())).isHit) hits += 1
        visits += 1
      }
    }
    await Promise.all(Array.from({ length: CONCURRENCY }, one))
    return { hitRatio: hits / visits, perSecond: visits / seconds }
  }

  const written = async (round: number): Promise<Sample> => {
    const stop = new AbortController()
    const writing = (async () => {
      for (let write = 0; !stop.signal.aborted; write += 1) {
        const id = albums[(round * 1_000 + write) % albums.length]?.id
        await client.query("UPDATE album SET label = label || '.', updated_at = now() WHERE id = $1", [id])
        await delay(WRITE_MS, undefined, { signal: stop.signal }).catch(() => {})
      }
    })()
    const sample = await read(round)
    stop.abort()
    await writing
    return sample
  }

  const found = await inTurns(rounds, { alone: read, written })
  const of = (key: keyof Sample) =>
    ratios(
      found.written.map((sample) => sample[key]),
      found.alone.map((sample) => sample[key]),
    )
  const target = (bound: number) => (short ? {} : { target: ['≥', bound] as const })
  return [
    {
      name: 'hit ratio with 10 writes a second, relative to none',
      unit: '×',
      samples: of('hitRatio'),
      ...target(0.95),
    },
    {
      name: 'pages a second with 10 writes a second, relative to none',
      unit: '×',
      samples: of('perSecond'),
      ...target(0.9),
    },
  ]
}
