import pg from 'pg'
import type { Benchmark, BenchOptions } from '@/bench/benchmark'
import { toTable } from '@/bench/figures'
import { scaleOf } from '@/bench/pages/scale'
import { createCatalogue } from '@/bench/pages/servers/catalogue-site'
import { openServer } from '@/bench/server'
import { closePool } from '@/lib/db/pool'
import { indexStatus } from '@/lib/search/index/status'
import { rebuildIndex } from '@/lib/search/index/update'
import { measureRelevance } from './relevance'
import { measureSearches } from './searches'
import { measureSuggestions } from './suggestions'

/** Search, from the query text to hits and facets. */
export const searchBenchmark: Benchmark = {
  songs: { usually: 1_000_000, short: 600 },
  title: (songs) => `Searching ${songs.toLocaleString('en')} songs`,
  about: ({ short }) =>
    `The first page of hits with all facets, one search at a time, without any cache, on the embedded PostgreSQL: up to
${eachOf(short)} different searches of each kind, derived from the catalogue, in ${scaleOf(short).rounds} rounds. The spread is over the rounds. “Cached” are
repeated searches. Suggestions are the requests of the search box with each letter.`,
  run,
}

const eachOf = (short: boolean): number => (short ? 3 : 50)

async function run({ songs, short, lifetime, say }: BenchOptions): Promise<string> {
  const server = await openServer(songs, lifetime)
  if (!short) say('measuring relevance')
  // Tests use the same queries.
  const relevance = short ? null : await measureRelevance(server)
  say(`creating a catalogue of ${songs} songs`)
  const { databaseUrl } = await createCatalogue(server, songs)
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'syromusic bench' })
  client.on('error', () => {})
  await client.connect()
  lifetime.onEnd(() => client.end())
  say('building the index')
  const started = performance.now()
  await rebuildIndex(client, { connectionString: databaseUrl })
  const builtSeconds = (performance.now() - started) / 1_000
  await client.query('VACUUM ANALYZE search_document')
  await client.query('CHECKPOINT')

  process.env.DATABASE_URL = databaseUrl
  lifetime.onEnd(() => closePool(AbortSignal.abort()))
  say('searching')
  const scale = { songs, each: eachOf(short), rounds: scaleOf(short).rounds }
  const figures = await measureSearches(client, scale)
  say('suggesting')
  const suggested = await measureSuggestions(client, scale)
  const size = await sizes(client)
  const table = toTable([
    ...(relevance?.figures ?? []),
    ...figures,
    ...suggested,
    {
      name: 'index build time',
      unit: 's',
      samples: [builtSeconds],
      ...(songs === 1_000_000 && { target: ['<', 120] }),
    },
    { name: 'index size', unit: 'MiB', samples: [size.index / 1024 ** 2] },
    {
      name: 'index size compared with its source tables',
      unit: '×',
      samples: [size.index / size.tables],
      target: ['<', 1.5],
    },
  ])
  return relevance
    ? `${table}\n\nQueries whose expected hit is not first, with its rank: ${relevance.notFirst}.`
    : table
}

async function sizes(client: pg.Client): Promise<{ index: number; tables: number }> {
  const { rows } = await client.query<{ tables: number }>(
    `SELECT sum(pg_total_relation_size(name::regclass))::float8 AS tables
     FROM unnest(ARRAY['artist', 'album', 'song', 'playlist', 'genre', 'song_credit', 'album_credit']) AS name`,
  )
  return { index: (await indexStatus(client)).bytes, tables: rows[0]?.tables ?? 0 }
}
