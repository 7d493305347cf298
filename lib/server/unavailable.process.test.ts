import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EmbeddedDatabase, openEmbedded } from '@/lib/db/embedded/embedded'
import { at } from '@/lib/db/testing/admin'
import { silentSteps } from '@/lib/observability/steps'
import { build, isBuilt } from './build'
import { makeDataDir, removeDataDir, root, Site } from './testing'

/** A site whose database is there, and doesn't answer. */

let dataDir: string
let server: EmbeddedDatabase
let maintenance: pg.Client
let admin: pg.Client
let site: Site
let address: string

const connect = async (connectionString: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString })
  await client.connect()
  return client
}

beforeAll(async () => {
  if (!(await isBuilt(root))) await build(root, new AbortController().signal)
  dataDir = await makeDataDir()
  server = await openEmbedded(dataDir, silentSteps, (error) => console.error(error))
  maintenance = await connect(server.url)
  await maintenance.query('CREATE DATABASE away')
  const url = at(server.url, 'away')
  site = Site.start(dataDir, { DATABASE_URL: url })
  address = await site.address()
  admin = await connect(url)
})

afterAll(async () => {
  await site?.stop()
  await admin?.end()
  await maintenance?.end()
  await server?.stop(AbortSignal.abort())
  if (dataDir) await removeDataDir(dataDir)
})

test('a page that can’t be made as the database is busy or away is a 503, says when to come again, and heals', async () => {
  const refused = async (page: string) => {
    const response = await fetch(address + page)
    expect(response.status, page).toBe(503)
    expect(response.headers.get('retry-after'), page).toBe('5')
    expect(response.headers.get('cache-control'), page).toMatch(/no-store/)
    expect(await response.text(), page).toContain('<h1>The record skipped</h1>')
  }
  await admin.query('BEGIN; LOCK TABLE search_document')
  await refused('/search?q=busy')
  await admin.query('ROLLBACK')
  expect((await fetch(`${address}/search?q=busy`)).status).toBe(200)

  await maintenance.query('ALTER DATABASE away ALLOW_CONNECTIONS false')
  await admin.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()',
    ['away'],
  )
  for (const page of ['/search?q=away', '/songs?sort=newest']) await refused(page)
  await maintenance.query('ALTER DATABASE away ALLOW_CONNECTIONS true')
  for (const page of ['/search?q=away', '/songs?sort=newest'])
    expect((await fetch(address + page)).status, page).toBe(200)
})
