import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EmbeddedDatabase, openEmbedded } from '@/lib/db/embedded/embedded'
import { at } from '@/lib/db/testing/admin'
import { eventually } from '@/lib/db/testing/eventually'
import { silentSteps } from '@/lib/observability/steps'
import { build, isBuilt } from './build'
import { makeDataDir, postmasterIn, removeDataDir, root, Site } from './testing'

/** A site whose database does not answer. */

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
  site = Site.start(dataDir, { DATABASE_URL: url, SECURITY_CONTACT: 'security@example.com' })
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

const get = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(address + path, { redirect: 'manual', ...init })
  await response.arrayBuffer()
  return { status: response.status, cache: response.headers.get('cache-status') }
}

/** Forbids connections to the database and ends the existing ones. */
async function takeAway(): Promise<void> {
  await get(PROBE)
  await maintenance.query('ALTER DATABASE away ALLOW_CONNECTIONS false')
  await admin.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()',
    ['away'],
  )
}

/** A page that no test is about. */
const PROBE = '/genres'

/** Allows connections again, changes what some pages depend on, and waits until the site knows. */
async function bringBack(): Promise<void> {
  await maintenance.query('ALTER DATABASE away ALLOW_CONNECTIONS true')
  await admin.query("SELECT note_changes(ARRAY['genres', 'artists.newest'])")
  await eventually(async () => expect((await get(PROBE)).cache).toContain('stored'))
}

/** Pauses all processes of PostgreSQL during `work`. */
async function whileStopped(work: () => Promise<void>): Promise<void> {
  const { rows } = await admin.query<{ pid: number }>('SELECT pid FROM pg_stat_activity')
  const { pid: postmaster } = await postmasterIn(dataDir)
  const pids = [postmaster, ...rows.map(({ pid }) => pid)]
  for (const pid of pids) process.kill(pid, 'SIGSTOP')
  try {
    await work()
  } finally {
    for (const pid of pids) process.kill(pid, 'SIGCONT')
  }
}

test('a page gives a 503 with Retry-After while the database is busy or away, and recovers', async () => {
  const refused = async (page: string) => {
    const response = await fetch(address + page)
    expect(response.status, page).toBe(503)
    expect(response.headers.get('retry-after'), page).toBe('5')
    expect(response.headers.get('cache-control'), page).toMatch(/no-store/)
    expect(await response.text(), page).toContain('<h1>Something went wrong</h1>')
  }
  await admin.query('BEGIN; LOCK TABLE search_document')
  await refused('/search?q=busy')
  await admin.query('ROLLBACK')
  expect((await fetch(`${address}/search?q=busy`)).status).toBe(200)

  await takeAway()
  for (const page of ['/search?q=away', '/songs?sort=newest']) await refused(page)
  await bringBack()
  for (const page of ['/search?q=away', '/songs?sort=newest'])
    expect((await fetch(address + page)).status, page).toBe(200)
})

test('no request gets a 500 while the database is away', async () => {
  await takeAway()
  const cookie = 'syro.session_token=abc.def'
  for (const path of [
    '/',
    '/albums?page=2',
    '/genres',
    '/albums/nothing-1',
    '/playlists',
    '/sitemap.xml',
    '/robots.txt',
  ])
    expect((await get(path)).status, path).not.toBe(500)
  for (const path of ['/api/v1/songs?limit=7', '/api/v1/albums/1', '/api/health', '/search/suggestions?q=away'])
    expect((await get(path)).status, path).toBe(503)
  for (const path of ['/account', '/account/me', '/sign-in'])
    expect((await get(path, { headers: { cookie } })).status, path).not.toBe(500)
  await bringBack()
})

test('security.txt needs no database', async () => {
  const answer = await fetch(`${address}/.well-known/security.txt`)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8'])
  expect(await answer.text()).toContain('Contact: mailto:security@example.com\n')
})

test('cached pages are served while the database is away, and changed ones rendered again when it is back', async () => {
  expect((await get('/artists?sort=newest')).status).toBe(200)
  await takeAway()
  expect(await get('/artists?sort=newest')).toMatchObject({ status: 200, cache: expect.stringContaining('; hit') })
  await bringBack()
  await takeAway()
  expect(await get('/artists?sort=newest')).toEqual({
    status: 200,
    cache: expect.stringMatching(/fwd=stale; .*detail=origin-failed/),
  })
  await bringBack()
  expect(await get('/artists?sort=newest')).toMatchObject({ status: 200, cache: expect.stringContaining('stored') })
})

test('a paused database does not keep clients waiting', async () => {
  await get('/playlists')
  await whileStopped(async () => {
    const asked = await Promise.all(
      ['/albums?sort=title', '/api/v1/songs?limit=9', '/playlists'].map((path) => get(path)),
    )
    expect(asked.map(({ status }) => status)).toEqual([503, 503, 200])
  })
  await eventually(async () => expect((await get('/albums?sort=title')).status).toBe(200))
})
