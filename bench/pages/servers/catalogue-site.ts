import pg from 'pg'
import { type ImportFigures, measureImport } from '@/bench/import/measured-import'
import { oncePer } from '@/bench/once-per'
import { startSite } from '@/bench/pages/servers/site'
import { type BenchServer, createDatabase } from '@/bench/server'
import { EVERYTHING } from '@/lib/cache/dependencies/names'
import { rebuildIndex } from '@/lib/search/index/update'

/** A generated catalogue and a real site: `server.ts`, as `npm start` runs it. */
export type CatalogueSite = {
  songs: number
  databaseUrl: string
  client: pg.Client
  /** The data directory of the site. */
  dataDir: string
  origin: string
  /** The site's process. */
  pid: number
  /** The time and memory of its import. */
  imported: ImportFigures
}

const SEED = 1

/** A rate limit above the number of requests. */
const NO_RATE_LIMIT = { RATE_LIMIT_ANONYMOUS: '1000000000', RATE_LIMIT_KEYED: '1000000000' }

/** A database with a generated catalogue. */
export const createCatalogue = oncePer(async (server: BenchServer, songs: number) => {
  const databaseUrl = await createDatabase(server, `songs_${songs}`)
  return { databaseUrl, imported: await measureImport(databaseUrl, { songs, seed: SEED }) }
})

/** Creates the catalogue and starts a site on a free port. */
export const startCatalogueSite = oncePer(async (server: BenchServer, songs: number): Promise<CatalogueSite> => {
  const { lifetime } = server
  const { databaseUrl, imported } = await createCatalogue(server, songs)
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
  const site = startSite(lifetime, dataDir, { ...NO_RATE_LIMIT, DATABASE_URL: databaseUrl })
  return { songs, databaseUrl, client, dataDir, origin: await site.address(), pid: site.pid, imported }
})

const PROBE = '/genres'

const isHit = async (origin: string): Promise<boolean> => {
  const response = await fetch(`${origin}${PROBE}`)
  await response.arrayBuffer()
  return response.headers.get('cache-status')?.includes('; hit') ?? false
}

/** Drops all cached pages and page data, as a large import does. */
export async function dropCaches({ client, origin }: Pick<CatalogueSite, 'client' | 'origin'>): Promise<void> {
  await isHit(origin)
  await client.query('SELECT note_changes($1)', [[EVERYTHING]])
  // The site is notified by PostgreSQL; until then it serves the cached page.
  while (await isHit(origin));
}
