import type pg from 'pg'
import type { Benchmark, BenchOptions } from '@/bench/benchmark'
import { type Figure, toTable } from '@/bench/figures'
import { generator } from '@/bench/pages/load/load-generator'
import { DEFAULT_CONCURRENCY, scaleOf } from '@/bench/pages/scale'
import { startCatalogueSite } from '@/bench/pages/servers/catalogue-site'
import { buildSite, startSite } from '@/bench/pages/servers/site'
import { openServer } from '@/bench/server'
import { createKey } from '@/lib/accounts/keys/write'
import { closePool } from '@/lib/db/pool'
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
  await buildSite({ lifetime, say })
  const server = await openServer(songs, lifetime)
  say(`creating a catalogue of ${songs} songs`)
  const served = await startCatalogueSite(server, songs)
  // Another site on the same catalogue with a rate limit of one request.
  const dataDir = `${server.directory}/limited`
  const limited = startSite(lifetime, dataDir, { DATABASE_URL: served.databaseUrl, RATE_LIMIT_ANONYMOUS: '1' })
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
