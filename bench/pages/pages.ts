import type { Benchmark } from '@/bench/benchmark'
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
import { scaleOf } from './scale'
import { serve } from './servers/catalogue'

/** In this order: what fills the caches comes after what is measured cold, and what changes the catalogue comes last. */
const measures: [string, Measure][] = [
  ['cold pages', measureCold],
  ['many cold pages', measureManyCold],
  ['last pages', measureLast],
  ['statements', measureStatements],
  ['cached pages', measureCached],
  ['a crawl', measureCrawl],
  ['a rebuild', measureRebuild],
  ['an import beside', measureBesideImport],
]

/** The pages of a catalogue of a size, as the real site serves them. */
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
Next.js's own page cache, all hits; the bare server sends a body of the same size.

Memory has bounds that do not depend on how many addresses there are: whole responses are kept up to \`SYRO_CACHE_MB\`
(256 MiB unless set), what pages read up to 128 MiB, and each of 5,000 shortcuts to responses can hold one that is kept no more.
That is added to what the process had before the crawl, with the heaviest of twenty list pages for each shortcut.`
  },
  run: async ({ songs, short, lifetime, say }) => {
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
    say(`making a catalogue of ${scale.smallSongs} songs`)
    const small = await serve(server, scale.smallSongs, lifetime)
    if (songs > scale.smallSongs) say(`making a catalogue of ${songs} songs`)
    const large = songs > scale.smallSongs ? await serve(server, songs, lifetime) : small
    const subject: Subject = { scale, server, small, large }

    const figures: Figure[] = []
    for (const [name, measure] of measures) {
      say(`measuring ${name}`)
      figures.push(...(await measure(subject, lifetime)))
    }
    return toTable(figures)
  },
}
