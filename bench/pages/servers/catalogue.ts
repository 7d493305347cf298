import pg from 'pg'
import { importOnce, type Measured } from '@/bench/import/once'
import { type BenchServer, createDatabase } from '@/bench/server'
import { forget } from '@/lib/cache/forget'
import type { Lifetime } from '@/lib/lifetime'
import { rebuildIndex } from '@/lib/search/index/update'
import { removeDataDir, Site } from '@/lib/server/testing'

/** A made-up catalogue of a size, and the real site that serves it: `server.ts`, as `npm start` runs it. */
export type Served = {
  songs: number
  databaseUrl: string
  client: pg.Client
  origin: string
  /** Of the site's process. */
  pid: number
  /** What its import took. */
  imported: Measured
}

const SEED = 1

/** Makes the catalogue and starts a site on it, on a free port. @param environment what else the site is told. */
export async function serve(
  server: BenchServer,
  songs: number,
  lifetime: Lifetime,
  environment: Record<string, string> = {},
): Promise<Served> {
  const databaseUrl = await createDatabase(server, `songs_${songs}`)
  const imported = await importOnce(databaseUrl, { songs, seed: SEED })
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'syromusic bench' })
  client.on('error', () => {})
  await client.connect()
  lifetime.onEnd(() => client.end())
  await client.query('CREATE EXTENSION pg_stat_statements')
  // A site would begin to index what it finds not indexed.
  await rebuildIndex(client, { connectionString: databaseUrl })
  // What the import wrote is not to be written to disk while pages are measured.
  await client.query('CHECKPOINT')

  const dataDir = `${server.directory}/site-${songs}`
  const site = Site.start(dataDir, { ...environment, DATABASE_URL: databaseUrl })
  lifetime.onEnd(async () => {
    // At once, for it holds nothing of its own.
    await site.stop('SIGKILL')
    await removeDataDir(dataDir)
  })
  return { songs, databaseUrl, client, origin: await site.address(), pid: site.pid, imported }
}

const PROBE = '/genres'

const isHit = async (origin: string): Promise<boolean> => {
  const response = await fetch(`${origin}${PROBE}`)
  await response.arrayBuffer()
  return response.headers.get('cache-status')?.includes('; hit') ?? false
}

/** Makes the site forget every page and all that pages have read, as a write does: everything is cold then. */
export async function forgetAll({ client, origin }: Served): Promise<void> {
  await isHit(origin)
  await forget(client)
  // PostgreSQL tells the site; a page that was at hand is made anew once it knows.
  while (await isHit(origin));
}
