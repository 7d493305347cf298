import type { Benchmark, BenchOptions } from '@/bench/benchmark'
import { type Figure, toTable } from '@/bench/figures'
import { buildSite } from '@/bench/pages/servers/site'
import { checkFreeSpace, openServer } from '@/bench/server'
import { AppError } from '@/lib/errors'
import { generator } from './load/load-generator'
import { measureCachedPage } from './measures/cached-page'
import { measureColdPages } from './measures/cold-pages'
import { measureConcurrentColdPages } from './measures/concurrent-cold-pages'
import { measureCrawl } from './measures/crawl'
import { measureDuringImport } from './measures/during-import'
import { measureLastPages } from './measures/last-pages'
import type { BenchSites, Measure } from './measures/measure'
import { measureRebuild } from './measures/rebuild'
import { measureStatements } from './measures/statements'
import { DEFAULT_CONCURRENCY, scaleOf } from './scale'
import { startCatalogueSite } from './servers/catalogue-site'

type Measures = [string, Measure][]

/** Ordered: measures that fill caches come after uncached ones, and those that change the catalogue come last. */
const measures: Measures = [
  ['cold pages', measureColdPages],
  ['concurrent cold pages', measureConcurrentColdPages],
  ['last pages', measureLastPages],
  ['statements', measureStatements],
  ['cached pages', measureCachedPage],
  ['a rebuild', measureRebuild],
  ['a concurrent import', measureDuringImport],
]

/** The pages of a real site. */
export const pagesBenchmark: Benchmark = {
  songs: { usually: 10_000, short: 600 },
  title: (songs) => `Pages of ${songs.toLocaleString('en')} songs`,
  about: ({ songs, short }) => {
    const { rounds, seconds, smallSongs, coldPages } = scaleOf(short)
    const small = smallSongs.toLocaleString('en')
    return `The production build behind \`server.ts\`, on the embedded PostgreSQL with its usual settings (and
\`pg_stat_statements\`), with a generated catalogue${songs > smallSongs ? `, compared with one of ${small} songs` : ''}; ${rounds} rounds. Everything runs on one
machine, with load generators in separate processes: ${generator.name} for the load on one page (${seconds} s a round), autocannon for lists of
different pages. Clients accept brotli and gzip. A cold page is in no cache. Its time is measured by the client and includes
compression (${coldPages} pages a round, each only once). Plain \`next start\` serves the same build with Next.js's own page cache,
all hits. The bare server sends a body of the same size.`
  },
  run: (options) => measureAll(measures, options, true),
}

/** The effect of a crawler that keeps requesting new addresses. */
export const crawlBenchmark: Benchmark = {
  songs: { usually: 1_000_000, short: 600 },
  title: (songs) => `A crawl of ${songs.toLocaleString('en')} songs`,
  about: ({
    short,
  }) => `${scaleOf(short).crawledPages.toLocaleString('en')} different addresses at concurrency ${DEFAULT_CONCURRENCY} on the production build behind \`server.ts\`: half of
them exist (lists at any depth, artists, albums, songs), half do not. The memory limit does not depend on the number of
addresses: the response cache holds up to \`SYRO_CACHE_MB\` (128 MiB by default), the page tier up to 32 MiB, in addition to
the memory of the process before the crawl.`,
  run: (options) => measureAll([['a crawl', measureCrawl]], options, false),
}

/** @param compares whether to compare with the small catalogue. */
async function measureAll(
  measures: Measures,
  { songs, short, lifetime, say }: BenchOptions,
  compares: boolean,
): Promise<string> {
  const scale = scaleOf(short)
  if (songs < scale.smallSongs)
    throw new AppError('invalid', `Pages are measured with ${scale.smallSongs.toLocaleString('en')} songs or more.`)
  await checkFreeSpace(songs + scale.smallSongs)
  await buildSite({ lifetime, say })
  const server = await openServer(songs + scale.smallSongs, lifetime)
  const create = (size: number) => {
    say(`creating a catalogue of ${size} songs`)
    return startCatalogueSite(server, size)
  }
  const small = compares && songs > scale.smallSongs ? await create(scale.smallSongs) : undefined
  const large = await create(songs)
  const subject: BenchSites = { scale, server, small: small ?? large, large }

  const figures: Figure[] = []
  for (const [name, measure] of measures) {
    say(`measuring ${name}`)
    figures.push(...(await measure(subject, lifetime)))
  }
  return toTable(figures)
}
