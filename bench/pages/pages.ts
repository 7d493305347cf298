import type { Benchmark, BenchOptions } from '@/bench/benchmark'
import { type Figure, toTable } from '@/bench/figures'
import { checkRoom, openServer } from '@/bench/server'
import { AppError } from '@/lib/errors'
import { build, isBuilt } from '@/lib/server/build'
import { root } from '@/lib/server/testing'
import { generator } from './load/hammer'
import { measureBesideImport } from './measures/beside-import'
import { measureCached } from './measures/cached'
import { measureCold } from './measures/cold'
import { measureCrawl } from './measures/crawl'
import { measureLast } from './measures/last'
import { measureManyCold } from './measures/many-cold'
import type { Measure, Subject } from './measures/measure'
import { measureRebuild } from './measures/rebuild'
import { measureStatements } from './measures/statements'
import { scaleOf, USUAL } from './scale'
import { serve } from './servers/catalogue'

type Measures = [string, Measure][]

/** Ordered: measures that fill caches come after uncached ones, and those that change the catalogue come last. */
const measures: Measures = [
  ['cold pages', measureCold],
  ['many cold pages', measureManyCold],
  ['last pages', measureLast],
  ['statements', measureStatements],
  ['cached pages', measureCached],
  ['a rebuild', measureRebuild],
  ['an import beside', measureBesideImport],
]

/** The pages of a real site. */
export const pagesBenchmark: Benchmark = {
  songs: { usually: 10_000, short: 600 },
  title: (songs) => `Pages of ${songs.toLocaleString('en')} songs`,
  about: ({ songs, short }) => {
    const { rounds, seconds, smallSongs, coldPages } = scaleOf(short)
    const small = smallSongs.toLocaleString('en')
    return `The production build behind \`server.ts\`, on the embedded PostgreSQL with its usual settings (and
\`pg_stat_statements\`), with a made-up catalogue${songs > smallSongs ? `, and beside it the same with ${small} songs` : ''}. Rounds: ${rounds}. Everything runs on one
machine, load generators in processes of their own: ${generator.name} for the load on one page (${seconds} s a round), autocannon for lists of
different pages. Clients accept brotli and gzip. Cold is a page that nobody has asked for since the site forgot everything; its
time is what the client measures, compression included (${coldPages} pages a round, each only once). Plain \`next start\` serves the same build with
Next.js's own page cache, all hits; the bare server sends a body of the same size.`
  },
  run: (options) => measureAll(measures, options, true),
}

/** The effect of a crawler that requests ever more addresses. */
export const crawlBenchmark: Benchmark = {
  songs: { usually: 1_000_000, short: 600 },
  title: (songs) => `A crawl of ${songs.toLocaleString('en')} songs`,
  about: ({
    short,
  }) => `${scaleOf(short).crawled.toLocaleString('en')} different addresses, a half of what there is (lists at any depth, artists, albums, songs), a half
of what there is not, at concurrency ${USUAL}, of the production build behind \`server.ts\`. Memory has bounds that do not depend
on how many addresses there are: whole responses are kept up to \`SYRO_CACHE_MB\` (128 MiB unless set), what pages read up to
32 MiB. That is added to what the process had before the crawl.`,
  run: (options) => measureAll([['a crawl', measureCrawl]], options, false),
}

/** @param compares with the small catalogue. */
async function measureAll(
  measures: Measures,
  { songs, short, lifetime, say }: BenchOptions,
  compares: boolean,
): Promise<string> {
  const scale = scaleOf(short)
  if (songs < scale.smallSongs)
    throw new AppError('invalid', `Pages are measured with ${scale.smallSongs.toLocaleString('en')} songs or more.`)
  await checkRoom(songs + scale.smallSongs)
  if (!(await isBuilt(root))) {
    say('building the site')
    const stop = new AbortController()
    lifetime.onEnd(async () => stop.abort())
    await build(root, stop.signal)
  }
  const server = await openServer(songs + scale.smallSongs, lifetime)
  const made = (size: number) => {
    say(`making a catalogue of ${size} songs`)
    return serve(server, size, lifetime)
  }
  const small = compares && songs > scale.smallSongs ? await made(scale.smallSongs) : undefined
  const large = await made(songs)
  const subject: Subject = { scale, server, small: small ?? large, large }

  const figures: Figure[] = []
  for (const [name, measure] of measures) {
    say(`measuring ${name}`)
    figures.push(...(await measure(subject, lifetime)))
  }
  return toTable(figures)
}
