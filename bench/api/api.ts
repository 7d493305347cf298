import type pg from 'pg'
import type { Benchmark, BenchOptions } from '@/bench/benchmark'
import { type Figure, toTable } from '@/bench/figures'
import { generator } from '@/bench/pages/load/load-generator'
import { DEFAULT_CONCURRENCY, scaleOf } from '@/bench/pages/scale'
import { startCatalogueSite } from '@/bench/pages/servers/catalogue-site'
import { openServer } from '@/bench/server'
import { createKey } from '@/lib/accounts/keys/write'
import { closePool } from '@/lib/db/pool'
import { build, isBuilt } from '@/lib/server/build'
import { removeDataDir, root, Site } from '@/lib/server/testing'
import { measureRequests } from './requests'
import { measureStream } from './stream'

/** The API of a real site. */
export const apiBenchmark: Benchmark = {
  songs: { usually: 1_000_000, short: 600 },
  title: (songs) => `The API on ${songs.toLocaleString('en')} songs`,
  about: ({ short }) => {
    const { rounds, seconds } = scaleOf(short)
    return `The production build behind \`server.ts\`, on the embedded PostgreSQL, in ${rounds} rounds of ${seconds} s each at concurrency ${DEFAULT_CONCURRENCY}, with ${generator.name}. The
two sides of a ratio are measured in turns in each round. The bare route handler is that of \`/robots.txt\` in the same build: it
produces some lines of text, reads nothing, and is not subject to the middleware. Rate limits are counted in the process.`
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
  const server = await openServer(songs, lifetime)
  say(`creating a catalogue of ${songs} songs`)
  const served = await startCatalogueSite(server, songs)
  // Another site on the same catalogue with a rate limit of one request.
  const dataDir = `${server.directory}/limited`
  const limited = Site.start(dataDir, { DATABASE_URL: served.databaseUrl, RATE_LIMIT_ANONYMOUS: '1' })
  lifetime.onEnd(async () => {
    await limited.stop('SIGKILL')
    await removeDataDir(dataDir)
  })
  const figures: Figure[] = []
  say('measuring frequent requests')
  const key = await makeKey(served.databaseUrl, served.client)
  figures.push(...(await measureRequests(served.origin, await limited.address(), key, scaleOf(short))))
  say('measuring a stream')
  figures.push(...(await measureStream(served, scaleOf(short))))
  return toTable(figures)
}

/** Creates an API key, as the account page does. */
async function makeKey(databaseUrl: string, client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO user_account (email, name) VALUES ('bench@example.org', 'Bench') RETURNING id`,
  )
  process.env.DATABASE_URL = databaseUrl
  try {
    return await createKey(rows[0]?.id ?? 0, 'bench')
  } finally {
    await closePool(AbortSignal.abort())
  }
}
