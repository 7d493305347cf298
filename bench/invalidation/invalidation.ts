import type { Benchmark, BenchOptions } from '@/bench/benchmark'
import { toTable } from '@/bench/figures'
import { startCatalogueSite } from '@/bench/pages/servers/catalogue-site'
import { openServer } from '@/bench/server'
import { build, isBuilt } from '@/lib/server/build'
import { removeDataDir, root, Site } from '@/lib/server/testing'
import { measureDelay } from './delay'
import { measureImport } from './large-import'
import { measureLoad } from './load'
import { measureMemory } from './memory'
import { measureWrites } from './writes'

/** The cost of writes for readers. */
export const invalidationBenchmark: Benchmark = {
  songs: { usually: 100_000, short: 600 },
  title: (songs) => `Writes to a catalogue of ${songs.toLocaleString('en')} songs while it is read`,
  about: ({
    short,
  }) => `Two instances of the production build on one embedded PostgreSQL. Pages are requested by one client in the benchmark's
process. A page is invalidated if the next request for it is no hit; of these, those count as changed whose content differs. For
the load, ${short ? 'a few' : '10,000'} pages are requested with the frequencies of Zipf's law, with and without 10 writes a second to different
entities, in turns.`,
  run,
}

async function run({ songs, short, lifetime, say }: BenchOptions): Promise<string> {
  if (!(await isBuilt(root))) {
    say('building the site')
    const stop = new AbortController()
    lifetime.onEnd(async () => stop.abort())
    await build(root, stop.signal)
  }
  const server = await openServer(songs, lifetime)
  say(`creating a catalogue of ${songs} songs`)
  const served = await startCatalogueSite(server, songs)
  const dataDir = `${server.directory}/other`
  const other = Site.start(dataDir, { DATABASE_URL: served.databaseUrl })
  lifetime.onEnd(async () => {
    await other.stop('SIGKILL')
    await removeDataDir(dataDir)
  })
  say('measuring single writes')
  const writes = await measureWrites(served, short)
  say('measuring the memory of dependencies')
  const memory = await measureMemory(served, short)
  say('measuring the delay on another instance')
  const delay = await measureDelay(served, await other.address(), short)
  say('measuring load with and without writes')
  const load = await measureLoad(served, short)
  say('measuring an import')
  const imported = await measureImport(served, server.directory, short)
  return toTable([...writes, ...memory, ...delay, ...load, ...imported])
}
