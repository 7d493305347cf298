import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readdir, writeFile } from 'node:fs/promises'
import { get as ask } from 'node:http'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createKey, revokeKey } from '@/lib/accounts/keys/write'
import { LISTENER } from '@/lib/cache/changes/listen'
import { type EmbeddedDatabase, openEmbedded } from '@/lib/db/embedded/embedded'
import { closePool } from '@/lib/db/pool'
import { at } from '@/lib/db/testing/admin'
import { RedisServer } from '@/lib/http/limits/testing/redis-server'
import { silentSteps } from '@/lib/observability/steps'
import { build, isBuilt } from './build'
import { makeDataDir, removeDataDir, root, Site } from './testing'

/** Several instances on one database and one Redis: none serves outdated pages, and limits count for all. */

const run = promisify(execFile)

let dataDir: string
let server: EmbeddedDatabase
let admin: pg.Client
let url: string
let sites: Site[]
let redis: RedisServer
let addresses: string[]

const startSite = (environment = {}): Promise<string> => {
  const site = Site.start(dataDir, { DATABASE_URL: url, REDIS_URL: redis.url, ...environment })
  sites.push(site)
  return site.address()
}

beforeAll(async () => {
  if (!(await isBuilt(root))) await build(root, new AbortController().signal)
  dataDir = await makeDataDir()
  server = await openEmbedded(dataDir, silentSteps, (error) => console.error(error))
  const maintenance = new pg.Client({ connectionString: server.url })
  await maintenance.connect()
  await maintenance.query('CREATE DATABASE instances')
  await maintenance.end()
  url = at(server.url, 'instances')
  redis = await RedisServer.start()
  sites = []
  // Both start at once on an empty database: one creates the tables and the other waits.
  addresses = await Promise.all([startSite(), startSite({ TRUSTED_PROXIES: 'loopback' })])
  admin = new pg.Client({ connectionString: url })
  await admin.connect()
})

afterAll(async () => {
  for (const site of sites ?? []) await site.stop()
  await redis?.kill()
  await admin?.end()
  await server?.stop(AbortSignal.abort())
  if (dataDir) await removeDataDir(dataDir)
})

/** Imports an artist of that name, with an album and a song, through the command line. */
async function importCatalogue(name: string): Promise<void> {
  const file = path.join(dataDir, 'catalogue.ndjson')
  const records = [
    { type: 'catalogue', version: 1, source: 'test' },
    { type: 'artist', id: 'a', name },
    { type: 'song', id: 's', title: `Song ${name}`, credits: [{ artist: 'a' }] },
    {
      type: 'album',
      id: 'b',
      title: `Album ${name}`,
      credits: [{ artist: 'a' }],
      discs: [{ tracks: [{ song: 's' }] }],
    },
  ]
  await writeFile(file, records.map((record) => JSON.stringify(record)).join('\n'))
  await run(process.execPath, ['--import', 'tsx', 'bin/syro.ts', 'import', 'ndjson', file], {
    cwd: root,
    env: { NODE_ENV: 'production', PATH: process.env.PATH, DATABASE_URL: url },
  })
}

/** A page, or its data as the browser's router requests it, with its cache status. */
async function get(address: string, page: string, headers: Record<string, string> = {}) {
  const response = await fetch(address + page, { headers })
  expect(response.status).toBe(200)
  return { text: await response.text(), cache: response.headers.get('cache-status') ?? '' }
}

const pages = async (): Promise<string[]> => {
  const id = async (table: string) => (await admin.query<{ id: number }>(`SELECT id FROM ${table}`)).rows[0]?.id
  return ['/', '/artists', '/albums?sort=title', '/songs', `/artists/before-${await id('artist')}`]
}

describe('pages', () => {
  beforeEach(() => importCatalogue('Before'))

  test('after an import every instance serves the new data at the first request, in pages and in their data', async () => {
    const kinds: Record<string, string>[] = [{}, { rsc: '1' }]
    const requests = (await pages()).flatMap((page) => kinds.map((headers) => ({ page, headers })))
    for (const address of addresses)
      for (const { page, headers } of requests) {
        await get(address, page, headers)
        const cached = await get(address, page, headers)
        expect(cached.cache, page).toContain('; hit;')
        expect(cached.text, page).toContain('Before')
      }
    await importCatalogue('After')
    for (const address of addresses)
      for (const { page, headers } of requests.filter(({ page }) => !page.startsWith('/artists/'))) {
        const renewed = await get(address, page, headers)
        expect(renewed.text, `${address}${page}`).toContain('After')
        expect(renewed.text, `${address}${page}`).not.toContain('Before')
      }
  })

  test('a page whose name has changed redirects to its new address on every instance', async () => {
    const page = (await pages()).at(-1) ?? ''
    for (const address of addresses) await get(address, page)
    await importCatalogue('After')
    for (const address of addresses) {
      const response = await fetch(address + page, { redirect: 'manual' })
      expect(response.status).toBe(308)
      expect(response.headers.get('location')).toBe(page.replace('before', 'after'))
    }
  })

  test('a failed page is not cached, and a cached page is served meanwhile', async () => {
    const [address = ''] = addresses
    expect((await get(address, '/songs')).text).toContain('Before')
    await admin.query('ALTER TABLE song_credit RENAME TO song_credit_away')
    for (const headers of [new Headers(), new Headers({ authorization: 'Basic eDp4' })]) {
      const failed = await fetch(`${address}/songs?sort=longest`, { headers })
      expect(failed.status).toBe(500)
      expect(failed.headers.get('cache-control')).toMatch(/no-store/)
      expect(failed.headers.get('cache-status')).not.toMatch(/stored|hit/)
      // Scripts render the error page; this text is the fallback without scripts.
      if (!headers.has('authorization')) expect(await failed.text()).toContain('<noscript><main')
    }
    expect((await get(address, '/songs')).text).toContain('Before')
    await admin.query('ALTER TABLE song_credit_away RENAME TO song_credit')
    expect((await get(address, '/songs?sort=longest')).text).toContain('Before')
  })

  test('imported data is found by its new name on every instance', async () => {
    await importCatalogue('Quixotic')
    for (const address of addresses) {
      // The page, because the API limits requests.
      const found = async (q: string) => (await get(address, `/search?q=${q}`)).text
      await expect.poll(() => found('quixotic'), { timeout: 30_000 }).toMatch(/[^\d]3 results\./)
      expect(await found('before')).not.toContain('Song Before')
    }
  })

  test('data of pages is not stored on disk, as nothing would delete it there', async () => {
    const [address = ''] = addresses
    await get(address, '/artists')
    // The default folder of Next.js.
    await expect(readdir(path.join(root, '.next/cache/fetch-cache'))).rejects.toThrow('ENOENT')
  })

  test('an instance that missed a change makes what it affects afresh after it reconnects, and hears changes from then on', async () => {
    const [address = ''] = addresses
    expect((await get(address, '/artists')).text).toContain('Before')
    await get(address, '/genres')
    // The change is in the log, but nobody is notified.
    await admin.query(`
      SET session_replication_role = replica;
      UPDATE artist SET name = 'Missed';
      UPDATE change_counter SET number = number + 1;
      INSERT INTO change_log
        SELECT number, ARRAY['artist.label:' || artist.id, 'artist:' || artist.id, 'artist.page:' || artist.id, 'artists.filtered'],
          now()
        FROM change_counter, artist;
      RESET session_replication_role`)
    expect((await get(address, '/artists')).text).toContain('Before')

    const reconnected = sites.map((site) => site.says(/The connection that reports changes was lost and is back/))
    const cut = await admin.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1',
      [LISTENER],
    )
    expect(cut.rowCount).toBe(sites.length)
    await Promise.all(reconnected)
    for (const each of addresses) {
      const renewed = await get(each, '/artists')
      expect(renewed.text).toContain('Missed')
      expect(renewed.cache).toContain('uri-miss')
    }
    expect((await get(address, '/genres')).cache).toContain('; hit;')

    await importCatalogue('After')
    for (const each of addresses) expect((await get(each, '/artists')).text).toContain('After')
  })
})

describe('limits', () => {
  /** Sends requests to the API of each instance in turn, a few at once. */
  async function askAll(count: number): Promise<Response[]> {
    const responses: Response[] = []
    for (let sent = 0; sent < count; sent += 10)
      responses.push(
        ...(await Promise.all(
          Array.from({ length: 10 }, (_, index) => fetch(`${addresses[index % addresses.length]}/api/v1/genres`)),
        )),
      )
    return responses
  }

  const statusesOf = async () => (await askAll(10)).map(({ status }) => status)
  const refused = Array<number>(10).fill(429)

  test('a limit counts for all instances together, and only a trusted proxy sets the client’s address', async () => {
    const responses = await askAll(300)
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(100)
    const over = responses.filter(({ status }) => status === 429)
    expect(over).toHaveLength(200)
    for (const { headers } of over) {
      expect(headers.get('content-type')).toBe('application/problem+json')
      expect(headers.get('ratelimit')).toMatch(/^"anonymous";r=0;t=\d+$/)
      expect(headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    }

    const [stranger = '', behindProxy = ''] = addresses
    const from = (address: string, forwarded: string) =>
      fetch(`${address}/api/v1/genres`, { headers: { 'x-forwarded-for': forwarded } })
    expect((await from(stranger, '198.51.100.1')).status).toBe(429)
    expect((await from(behindProxy, '198.51.100.1')).headers.get('x-ratelimit-remaining')).toBe('99')
    expect((await from(behindProxy, '203.0.113.9, 198.51.100.1')).headers.get('x-ratelimit-remaining')).toBe('98')
    // Pages are not limited.
    expect((await fetch(`${stranger}/albums`)).status).toBe(200)
  })

  test('a used-up limit holds while Redis is away and after, and each instance logs each change once', async () => {
    await redis.kill()
    expect(await statusesOf()).toEqual(refused)
    for (const address of addresses) {
      const standing = await (await fetch(`${address}/api/v1/rate-limit`)).json()
      expect(standing).toMatchObject({ policy: 'anonymous', limit: 100, remaining: 0, windowSeconds: 3_600 })
    }
    const back = sites.map((site) => site.says(/Redis answers again/))
    await redis.restart()
    await Promise.all(back)
    expect(await statusesOf()).toEqual(refused)
    for (const { output } of sites)
      expect([...output.matchAll(/"msg":"(Redis[^"]*)/g)].map(([, message]) => message)).toEqual([
        expect.stringMatching(/^Redis does not answer, so each process counts requests for itself: /),
        expect.stringMatching(/^Redis answers again/),
      ])
  })

  test('a request that reaches no route gets a problem document', async () => {
    const [address = ''] = addresses
    for (const [path, init, status] of [
      ['/api/v1/%ff', {}, 400],
      ['/api/v1/albums?q=%', { headers: { authorization: 'Bearer x' } }, 400],
      ['/api/v1/albums', { method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) }, 429],
      ['/api/v1/nothing', {}, 429],
      ['/api/nothing', {}, 404],
    ] as const) {
      const response = await fetch(address + path, init)
      expect(response.status, path).toBe(status)
      expect(response.headers.get('content-type')).toBe('application/problem+json')
      expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
      expect(response.headers.get('ratelimit')).toMatch(/^"anonymous";r=0;t=\d+$/)
      expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'")
      expect(await response.json()).toMatchObject({ status, instance: path })
    }
  })

  test('a client that offers HTTP/2 is answered, also after a request to Next.js', async () => {
    const [address = ''] = addresses
    await fetch(`${address}/robots.txt`)
    const wish = { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAMAAABkAAQAAP__' }
    const [response] = await once(ask(`${address}/api/health`, { headers: wish }), 'response')
    expect(response.statusCode).toBe(200)
    response.resume()
  })
})

test('a key that is revoked on one instance is refused by every other', async () => {
  const { rows } = await admin.query(
    `INSERT INTO user_account (email, name) VALUES ('ada@example.com', 'Ada') RETURNING id`,
  )
  process.env.DATABASE_URL = url
  const key = await createKey(rows[0].id, 'Player')
  const ask = async (address: string) =>
    (await fetch(`${address}/api/v1/genres`, { headers: { authorization: `Bearer ${key}` } })).status
  // Requests with a revoked key are charged as anonymous, so this test comes after those of limits.
  // In the second round each instance has the key in its cache.
  for (const address of [...addresses, ...addresses]) expect(await ask(address)).toBe(200)
  const { rows: keys } = await admin.query('SELECT id, last_used_at FROM api_key')
  await revokeKey(rows[0].id, keys[0].id)
  // PostgreSQL notifies each instance separately, within milliseconds.
  for (const address of addresses) await expect.poll(() => ask(address), { timeout: 10_000 }).toBe(401)
  await closePool(AbortSignal.abort())
})
