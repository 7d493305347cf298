import pg from 'pg'
import { type ImportFigures, measureImport } from '@/bench/import/measured-import'
import { type BenchServer, createDatabase } from '@/bench/server'
import { forget } from '@/lib/cache/forget'
import type { Lifetime } from '@/lib/lifetime'
import { rebuildIndex } from '@/lib/search/index/update'
import { removeDataDir, Site } from '@/lib/server/testing'

/** A generated catalogue and a real site: `server.ts`, as `npm start` runs it. */
export type CatalogueSite = {
  songs: number
  databaseUrl: string
  client: pg.Client
  origin: string
  /** The site's process. */
  pid: number
  /** The time and memory of its import. */
  imported: ImportFigures
}

const SEED = 1

/** Creates the catalogue and starts a site on a free port. @param environment further variables of the site. */
export async function startCatalogueSite(
  server: BenchServer,
  songs: number,
  lifetime: Lifetime,
  environment: Record<string, string> = {},
): Promise<CatalogueSite> {
  const databaseUrl = await createDatabase(server, `songs_${songs}`)
  const imported = await measureImport(databaseUrl, { songs, seed: SEED })
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'syromusic bench' })
  client.on('error', () => {})
  await client.connect()
  lifetime.onEnd(() => client.end())
  await client.query('CREATE EXTENSION pg_stat_statements')
  // Otherwise the site would start to index.
  await rebuildIndex(client, { connectionString: databaseUrl })
  // A checkpoint now, so that none runs during measurements.
  await client.query('CHECKPOINT')

  const dataDir = `${server.directory}/site-${songs}`
  const site = Site.start(dataDir, { ...environment, DATABASE_URL: databaseUrl })
  lifetime.onEnd(async () => {
    // Killed: it holds no data of its own.
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

/** Drops all cached pages and page data, as a write does. */
export async function dropCaches({ client, origin }: CatalogueSite): Promise<void> {
  await isHit(origin)
  await forget(client)
  // The site is notified by PostgreSQL; until then it serves the cached page.
  while (await isHit(origin));
}
