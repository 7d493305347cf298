import type { Figure } from '@/bench/figures'
import { memoryOf } from '@/bench/pages/process-memory'
import type { Scale } from '@/bench/pages/scale'
import type { CatalogueSite } from '@/bench/pages/servers/catalogue-site'

const SONGS = '/api/v1/songs'
const LINE = 10
/** The number of songs between two memory measurements. */
const SAMPLE_EVERY = 10_000

/** All songs as NDJSON: songs per second, and the growth of the site's memory. */
export async function measureStream({ origin, pid, songs }: CatalogueSite, { rounds }: Scale): Promise<Figure[]> {
  const perSecond: number[] = []
  const growth: number[] = []
  // A million songs take long and vary little.
  for (let round = 0; round < Math.min(rounds, 2); round++) {
    const before = (await memoryOf(pid)).now
    const started = performance.now()
    let peak = before
    let lines = 0
    let nextSample = SAMPLE_EVERY
    for await (const count of linesOf(
      await fetch(`${origin}${SONGS}`, { headers: { accept: 'application/x-ndjson' } }),
    )) {
      lines += count
      if (lines < nextSample) continue
      nextSample = lines + SAMPLE_EVERY
      peak = Math.max(peak, (await memoryOf(pid)).now)
    }
    if (lines !== songs) throw new Error(`${lines} of ${songs} songs came`)
    perSecond.push(lines / ((performance.now() - started) / 1_000))
    growth.push(Math.max(peak, (await memoryOf(pid)).now) - before)
  }
  const count = songs.toLocaleString('en')
  return [
    { name: `${count} songs as NDJSON, songs per second`, unit: '/s', samples: perSecond },
    {
      name: `${count} songs as NDJSON, memory growth of the site’s process`,
      unit: 'MiB',
      samples: growth,
      target: ['<', 100],
      by: 'largest',
    },
  ]
}

/** The number of lines in each chunk of a response. */
async function* linesOf(response: Response): AsyncGenerator<number> {
  if (!response.ok || !response.body) throw new Error(`${response.url}: ${response.status}`)
  for await (const chunk of response.body) {
    let lines = 0
    for (const byte of chunk) if (byte === LINE) lines++
    yield lines
  }
}
