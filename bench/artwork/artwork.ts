import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { Benchmark, BenchOptions } from '@/bench/benchmark'
import { type Figure, toTable } from '@/bench/figures'
import { generator, hammer } from '@/bench/pages/load/hammer'
import { inTurns, ratios } from '@/bench/pages/measures/measure'
import { scaleOf, USUAL, WARM_TIMES } from '@/bench/pages/scale'
import { startBare } from '@/bench/pages/servers/bare'
import { serve } from '@/bench/pages/servers/catalogue'
import { openServer } from '@/bench/server'
import { undisturbed } from '@/bench/stolen'
import { artworkPath } from '@/lib/catalogue/artwork/variants'
import { build, isBuilt } from '@/lib/server/build'
import { root } from '@/lib/server/testing'
import { measureCoversOnPages } from './covers-on-pages'
import { coversOf, measureMaking } from './making'
import { SIDE, writeCovers } from './pictures'
import { measureSlowSources } from './slow-sources'

/** The requested files: a list's variant and the largest. */
const ASKED = [
  [250, 'avif'],
  [250, 'webp'],
  [1000, 'jpg'],
] as const

/** Pictures: the speed of serving and making them. */
export const artworkBenchmark: Benchmark = {
  songs: { usually: 10_000, short: 600 },
  title: (songs) => `Pictures beside ${songs.toLocaleString('en')} songs`,
  about: ({ short }) => {
    const scale = scaleOf(short)
    return `The production build behind \`server.ts\`, in ${scale.rounds * scale.seconds} turns of 1 s each at concurrency ${USUAL}, by ${generator.name}. The bare server sends a
body of the same size. Pictures are made by \`syro artwork import\` of ${coversOf(scale)} made-up covers of ${SIDE} × ${SIDE} pixels, each in four sizes and
three formats: on all processors, then as usual while one cached page is asked for at concurrency 1, as before it at rest.
Pages with covers and without are two of one list, which change sides half-way. Slow sources answer after 5 s what
the pages of one site lead it to ask; the other asks nobody.`
  },
  run,
}

async function run({ songs, short, lifetime, say }: BenchOptions): Promise<string> {
  if (!(await isBuilt(root))) {
    say('building the site')
    const stop = new AbortController()
    lifetime.onEnd(async () => stop.abort())
    await build(root, stop.signal)
  }
  const scale = scaleOf(short)
  const server = await openServer(songs, lifetime)
  const dataDir = path.join(server.directory, 'pictures')
  say(`making a catalogue of ${songs} songs`)
  const served = await serve(server, songs, lifetime, { S3_BUCKET: '', SYRO_DATA_DIR: dataDir })
  const folder = path.join(server.directory, 'covers')
  await mkdir(folder)
  say('drawing covers')
  await writeCovers(folder, coversOf(scale))
  say('measuring how they are made')
  const made = await measureMaking(served, { folder, dataDir, scale })
  say('measuring how they are sent')
  const sent: Figure[] = []
  for (const [size, format] of ASKED) {
    const { rows } = await served.client.query<{ hash: string }>('SELECT hash FROM artwork ORDER BY hash LIMIT 1')
    const url = served.origin + artworkPath(rows[0]?.hash ?? '', size, format)
    const { headers } = await fetch(url, { method: 'HEAD' })
    const bare = await startBare(Number(headers.get('content-length')), lifetime)
    const ask = (address: string, seconds: number) => hammer({ url: address, connections: USUAL, seconds })
    for (let time = 0; time < WARM_TIMES && scale.warmSeconds > 0; time++)
      for (const address of [url, bare]) await ask(address, scale.warmSeconds)
    // In many short turns, because machines drift within seconds.
    const found = await inTurns(scale.rounds * scale.seconds, {
      site: () => undisturbed(() => ask(url, 1)),
      bare: () => undisturbed(() => ask(bare, 1)),
    })
    const perSecond = (side: keyof typeof found) => found[side].map((load) => load.perSecond)
    const what = `${size}.${format}`
    sent.push(
      { what: `${what}, bytes`, unit: 'bytes', samples: [Number(headers.get('content-length'))] },
      { what: `${what}, sent`, unit: '/s', samples: perSecond('site') },
      { what: `${what}, sent by bare node:http`, unit: '/s', samples: perSecond('bare') },
      {
        what: `${what}, against bare node:http`,
        unit: '×',
        samples: ratios(perSecond('site'), perSecond('bare')),
        target: ['≥', 0.8],
      },
    )
  }
  say('measuring pages with covers')
  const shown = await measureCoversOnPages(served, scale)
  say('measuring pages beside slow sources')
  const beside = await measureSlowSources(served, server.directory, scale, lifetime)
  return toTable([...sent, ...made, ...shown, ...beside])
}
