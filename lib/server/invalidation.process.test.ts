import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { LISTENER } from '@/lib/cache/changes/listen'
import { type EmbeddedDatabase, openEmbedded } from '@/lib/db/embedded/embedded'
import { at } from '@/lib/db/testing/admin'
import { silentSteps } from '@/lib/observability/steps'
import { build, isBuilt } from './build'
import { makeDataDir, removeDataDir, root, Site } from './testing'

/** Writes to a site of two instances: exactly the pages that show a change are made anew, on both. */

let dataDir: string
let server: EmbeddedDatabase
let client: pg.Client
let sites: Site[]
let origins: string[]
let paths: string[]

beforeAll(async () => {
  if (!(await isBuilt(root))) await build(root, new AbortController().signal)
  dataDir = await makeDataDir()
  server = await openEmbedded(dataDir, silentSteps, (error) => console.error(error))
  const maintenance = new pg.Client({ connectionString: server.url })
  await maintenance.connect()
  await maintenance.query('CREATE DATABASE invalidation')
  await maintenance.end()
  const DATABASE_URL = at(server.url, 'invalidation')
  const start = (SYRO_DEMO: string) => Site.start(dataDir, { DATABASE_URL, SYRO_DEMO, RATE_LIMIT_ANONYMOUS: '1000000' })
  sites = [start('1')]
  const first = (await sites[0]?.address()) ?? ''
  sites.push(start('0'))
  origins = [first, (await sites[1]?.address()) ?? '']
  client = new pg.Client({ connectionString: DATABASE_URL })
  await client.connect()
  paths = await somePaths()
})

afterAll(async () => {
  for (const site of sites ?? []) await site.stop()
  await client?.end()
  await server?.stop(AbortSignal.abort())
  if (dataDir) await removeDataDir(dataDir)
})

/** The addresses that the first pages of all lists link to, some of each kind. */
async function somePaths(): Promise<string[]> {
  const lists = [
    '/',
    '/artists',
    '/albums',
    '/albums?sort=title',
    '/songs',
    '/songs?sort=title',
    '/playlists',
    '/genres',
  ]
  const found = new Map(lists.map((list) => [list, 0]))
  const counts = new Map<string, number>()
  for (const list of lists)
    for (const [, path = ''] of (await (await fetch(origins[0] + list)).text()).matchAll(/href="(\/[^"#?.]*)"/g)) {
      const kind = path.split('/')[1] ?? ''
      const count = counts.get(kind) ?? 0
      if (count >= 5 || !/^\/(artists|albums|songs|playlists|genres)\/[^/]+$/.test(path) || found.has(path)) continue
      counts.set(kind, count + 1)
      found.set(path, 0)
    }
  return [...found.keys(), '/api/v1/albums?sort=title', '/api/v1/genres', '/api/v1/artists?include=albums']
}

type Seen = { isHit: boolean; isStale: boolean; body: string }

async function visit(origin: string, path: string): Promise<Seen> {
  const response = await fetch(origin + path)
  const status = response.headers.get('cache-status') ?? ''
  const isStale = status.includes('detail=')
  // Addresses in the API's responses have the host of the request.
  const body = (await response.text()).replaceAll(origin, '')
  expect(response.status, path).toBe(200)
  return { isHit: status.includes('; hit') && !isStale, isStale, body }
}

/** Requests all pages of an instance until they are cached. */
async function warm(origin: string): Promise<void> {
  for (const path of paths)
    await vi.waitFor(async () => expect((await visit(origin, path)).isHit, path).toBe(true), { timeout: 30_000 })
}

/** Waits until an instance has applied all changes: the last of them is one that it must show. */
async function settle(): Promise<void> {
  for (const origin of origins) {
    await vi.waitFor(async () => expect((await visit(origin, '/genres')).isHit).toBe(true), { timeout: 30_000 })
  }
  await client.query("SELECT note_changes(ARRAY['genres'])")
  for (const origin of origins)
    await vi.waitFor(async () => expect((await visit(origin, '/genres')).isHit).toBe(false), {
      timeout: 30_000,
      interval: 5,
    })
}

const popular = (table: string, column = 'id') =>
  `(SELECT ${column} FROM ${table} ORDER BY popularity DESC, id DESC LIMIT 1)`

/** Each with the share of pages that it may invalidate. */
const writes: { what: string; sql: string; most: number }[] = [
  {
    what: 'the cover of an album',
    sql: `UPDATE album SET cover = repeat('0', 64) || ' 500 500 #808080 ' WHERE id = ${popular('album')}`,
    most: 0.5,
  },
  {
    what: 'the name of an artist',
    sql: `UPDATE artist SET name = name || '!' WHERE id = ${popular('artist')}`,
    most: 0.6,
  },
  { what: 'the title of a song', sql: `UPDATE song SET title = title || '!' WHERE id = ${popular('song')}`, most: 0.5 },
  {
    what: 'an album that no page shows',
    sql: `UPDATE album SET label = 'x' WHERE id = (SELECT id FROM album ORDER BY popularity, sort_key DESC LIMIT 1)`,
    most: 0.2,
  },
  {
    what: 'the name of a playlist',
    sql: `UPDATE playlist SET name = name || '!' WHERE id = ${popular('playlist')}`,
    most: 0.3,
  },
  {
    what: 'the name of a genre',
    sql: `UPDATE genre SET name = name || '!' WHERE id = (SELECT id FROM genre ORDER BY album_count DESC LIMIT 1)`,
    most: 0.8,
  },
]

test('after each write, every cached page of both instances is as a fresh one', async () => {
  for (const [index, { what, sql, most }] of writes.entries()) {
    for (const origin of origins) await warm(origin)
    // Every other time, an instance loses the connection that reports changes.
    if (index % 2 === 1)
      await client.query(
        'SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity WHERE application_name = $1 LIMIT 1) AS any_one',
        [LISTENER],
      )
    await client.query(sql)
    await settle()
    const seen = await Promise.all(
      origins.map(async (origin) => {
        const found = new Map<string, Seen>()
        for (const path of paths.filter((each) => each !== '/genres')) found.set(path, await visit(origin, path))
        return found
      }),
    )
    for (const found of seen) {
      const invalidated = [...found.values()].filter(({ isHit }) => !isHit).length
      expect(invalidated / found.size, what).toBeLessThan(most)
    }
    await client.query("SELECT note_changes(ARRAY['*'])")
    await settle()
    for (const [at, origin] of origins.entries())
      for (const [path, { body, isStale }] of seen[at] ?? [])
        if (!isStale) expect(body, `${path} after ${what}`).toBe((await visit(origin, path)).body)
  }
})
