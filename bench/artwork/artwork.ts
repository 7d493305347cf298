import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { Benchmark, BenchOptions } from '@/bench/benchmark'
import { type Figure, toTable } from '@/bench/figures'
import { generateLoad, generator } from '@/bench/pages/load/load-generator'
import { inTurns, ratios } from '@/bench/pages/measures/measure'
import { DEFAULT_CONCURRENCY, scaleOf, turnsOf, WARM_TIMES } from '@/bench/pages/scale'
import { startBareHttp } from '@/bench/pages/servers/bare-http'
import { startCatalogueSite } from '@/bench/pages/servers/catalogue-site'
import { buildSite } from '@/bench/pages/servers/site'
import { openServer } from '@/bench/server'
import { withLittleSteal } from '@/bench/steal-time'
import { artworkPath } from '@/lib/catalogue/artwork/variants'
import { measureCoversOnPages } from './covers-on-pages'
import { coversOf, measureDecoding } from './decoding'
import { SIDE, writeCovers } from './pictures'
import { measureSlowSources } from './slow-sources'

/** The requested files: a list's variant and the largest. */
const FILES = [
  [250, 'avif'],
  [250, 'webp'],
  [1000, 'jpg'],
] as const

/** Covers: the speed of delivery and decoding. */
export const artworkBenchmark: Benchmark = {
  songs: { usually: 10_000, short: 600 },
  title: (songs) => `Covers of ${songs.toLocaleString('en')} songs`,
  about: ({ short }) => {
    const scale = scaleOf(short)
    const { turns, seconds } = turnsOf(scale)
    return `The production build behind \`server.ts\`, in ${turns} turns of ${seconds} s each at concurrency ${DEFAULT_CONCURRENCY}, with ${generator.name}. The bare server sends a
body of the same size. \`syro artwork import\` decodes ${coversOf(scale)} generated covers of ${SIDE} × ${SIDE} pixels, each into four sizes and
three formats: first on all processors, then with default settings while a cached page is requested at concurrency 1. That
page is also requested at rest. The pages with and without covers are two pages of one list, which swap at half-time. Slow
sources respond after 5 s to the requests of one site; the other site has no sources.`
  },
  run,
}

async function run({ songs, short, lifetime, say }: BenchOptions): Promise<string> {
  await buildSite({ lifetime, say })
  const scale = scaleOf(short)
  const { turns, seconds } = turnsOf(scale)
  const server = await openServer(songs, lifetime)
  say(`creating a catalogue of ${songs} songs`)
  const served = await startCatalogueSite(server, songs)
  const folder = path.join(server.directory, 'covers')
  await mkdir(folder)
  say('drawing covers')
  await writeCovers(folder, coversOf(scale))
  say('measuring decoding')
  const decoding = await measureDecoding(served, { folder, scale })
  say('measuring delivery')
  const delivery: Figure[] = []
  for (const [size, format] of FILES) {
    const { rows } = await served.client.query<{ hash: string }>('SELECT hash FROM artwork ORDER BY hash LIMIT 1')
    const url = served.origin + artworkPath(rows[0]?.hash ?? '', size, format)
    const { headers } = await fetch(url, { method: 'HEAD' })
    const bare = await startBareHttp(Number(headers.get('content-length')), lifetime)
    const ask = (address: string, of: number) =>
      generateLoad({ url: address, connections: DEFAULT_CONCURRENCY, seconds: of })
    for (let time = 0; time < WARM_TIMES && scale.warmSeconds > 0; time++)
      for (const address of [url, bare]) await ask(address, scale.warmSeconds)
    const found = await inTurns(turns, {
      site: () => withLittleSteal(() => ask(url, seconds)),
      bare: () => withLittleSteal(() => ask(bare, seconds)),
    })
    const perSecond = (side: keyof typeof found) => found[side].map((load) => load.perSecond)
    const name = `${size}.${format}`
    delivery.push(
      { name: `${name}, bytes`, unit: 'bytes', samples: [Number(headers.get('content-length'))] },
      { name: `${name}, responses`, unit: '/s', samples: perSecond('site') },
      { name: `${name}, responses of bare node:http`, unit: '/s', samples: perSecond('bare') },
      {
        name: `${name}, compared with bare node:http`,
        unit: '×',
        samples: ratios(perSecond('site'), perSecond('bare')),
        target: ['≥', 0.8],
      },
    )
  }
  say('measuring pages with covers')
  const pages = await measureCoversOnPages(served, scale)
  say('measuring pages with slow sources')
  const slowSources = await measureSlowSources(served, server.directory, scale, lifetime)
  return toTable([...delivery, ...decoding, ...pages, ...slowSources])
}
