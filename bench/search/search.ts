import pg from 'pg'
import type { Benchmark, BenchOptions } from '@/bench/benchmark'
import { type Figure, toTable } from '@/bench/figures'
import { importOnce } from '@/bench/import/once'
import { scaleOf } from '@/bench/pages/scale'
import { createDatabase, openServer } from '@/bench/server'
import { quantile } from '@/bench/statistics'
import { closePool } from '@/lib/db/pool'
import { search } from '@/lib/search/find/search'
import { rebuildIndex } from '@/lib/search/index/commands'
import { indexStatus } from '@/lib/search/index/queries'
import { makeQueries } from './queries'
import { measureSuggestions } from './suggestions'

/** Searching, from the text that was typed to the hits and the facets, without any cache. */
export const searchBenchmark: Benchmark = {
  songs: { usually: 1_000_000, short: 600 },
  title: (songs) => `Searching ${songs.toLocaleString('en')} songs`,
  about: ({ short }) =>
    `The first page of hits with all facets, one search at a time, without any cache, on the embedded PostgreSQL: of each sort
up to ${eachOf(short)} different searches made of what the catalogue has, ${scaleOf(short).rounds} rounds. The spread is of the rounds. Suggestions
are what the search box asks for with each letter; those that are kept have been asked for before.`,
  run,
}

const eachOf = (short: boolean): number => (short ? 3 : 50)
const SIZE = 25

async function run({ songs, short, lifetime, say }: BenchOptions): Promise<string> {
  const server = await openServer(songs, lifetime)
  say(`making a catalogue of ${songs} songs`)
  const databaseUrl = await createDatabase(server, `songs_${songs}`)
  await importOnce(databaseUrl, { songs, seed: 1 })
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'syromusic bench' })
  client.on('error', () => {})
  await client.connect()
  lifetime.onEnd(() => client.end())
  say('building the index')
  const started = performance.now()
  await rebuildIndex(client)
  const builtSeconds = (performance.now() - started) / 1_000
  await client.query('VACUUM ANALYZE search_document')
  await client.query('CHECKPOINT')

  process.env.DATABASE_URL = databaseUrl
  lifetime.onEnd(() => closePool(AbortSignal.abort()))
  say('searching')
  const figures = await measureSearches(client, songs, short)
  say('suggesting')
  const suggested = await measureSuggestions(client, { songs, each: eachOf(short), rounds: scaleOf(short).rounds })
  const size = await sizes(client)
  return toTable([
    ...figures,
    ...suggested,
    { what: 'the index built', unit: 's', samples: [builtSeconds], ...(songs === 1_000_000 && { target: ['<', 120] }) },
    { what: 'the index, in MiB', unit: 'MiB', samples: [size.index / 1024 ** 2] },
    {
      what: 'the index against the tables that it is made of',
      unit: '×',
      samples: [size.index / size.tables],
      target: ['<', 1.5],
    },
  ])
}

/** To reach, p95 in ms. */
const TARGETS: Record<number, { search: number; mistyped?: number }> = {
  1000000: { search: 50, mistyped: 80 },
  10000000: { search: 150 },
}

async function measureSearches(client: pg.Client, songs: number, short: boolean): Promise<Figure[]> {
  const mix = await makeQueries(client, eachOf(short))
  const figures: Figure[] = []
  const all: number[][] = []
  for (const [sort, queries] of Object.entries(mix)) {
    const rounds: number[][] = []
    for (let round = 0; round < scaleOf(short).rounds; round++) {
      const times: number[] = []
      for (const text of queries) {
        const started = performance.now()
        await search({ text, chosen: {}, extent: { size: SIZE } })
        times.push(performance.now() - started)
      }
      rounds.push(times)
      all[round] = [...(all[round] ?? []), ...times]
    }
    const target = sort === 'mistyped' ? TARGETS[songs]?.mistyped : TARGETS[songs]?.search
    figures.push(...figuresOf(sort, rounds, target))
  }
  return [...figures, ...figuresOf('all of these', all, TARGETS[songs]?.search)]
}

const figuresOf = (what: string, rounds: number[][], target: number | undefined): Figure[] => [
  { what: `${what}, p50`, unit: 'ms', samples: rounds.map((times) => quantile(times, 0.5)) },
  {
    what: `${what}, p95`,
    unit: 'ms',
    samples: rounds.map((times) => quantile(times, 0.95)),
    ...(target && { target: ['<', target] }),
  },
  { what: `${what}, p99`, unit: 'ms', samples: rounds.map((times) => quantile(times, 0.99)) },
]

async function sizes(client: pg.Client): Promise<{ index: number; tables: number }> {
  const { rows } = await client.query<{ tables: number }>(
    `SELECT sum(pg_total_relation_size(name::regclass))::float8 AS tables
     FROM unnest(ARRAY['artist', 'album', 'song', 'playlist', 'genre', 'song_credit', 'album_credit']) AS name`,
  )
  return { index: (await indexStatus(client)).bytes, tables: rows[0]?.tables ?? 0 }
}
