import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { setListening } from '@/lib/cache/changes/listening'
import { apply, catchUp, readState } from '@/lib/cache/changes/read'
import { doubtAll } from '@/lib/cache/changes/recent'
import { change } from '@/lib/cache/changes/testing'
import { ResponseCache } from '@/lib/cache/response/cache'
import { listenerOrigin } from '@/lib/cache/response/origin'
import { createTestDatabase } from '@/lib/db/testing/database'
import { CALLER, writeCaller } from '@/lib/http/gate/caller'
import { GATED, gateSecret, isGated } from '@/lib/http/gate/gate-secret'
import { Limiter } from '@/lib/http/limits/limiter'
import { countWith } from '@/lib/http/limits/limits'
import { createApiFront } from './front'
import { ask, ORIGIN } from './testing/ask'
import { fill } from './testing/catalogue'

/** The API in front of Next.js. Here the routes are called directly in place of Next.js. */

const { pool } = await createTestDatabase()

/** Requests that reached Next.js. */
let seen: Headers[] = []

async function next(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const headers = new Headers(
    Object.entries(incoming.headers).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  )
  seen.push(headers)
  const caller = headers.get(CALLER) ?? writeCaller({ kind: 'anonymous', network: '192.0.2.1' })
  const answer = await ask(ORIGIN + incoming.url, { headers: { ...Object.fromEntries(headers), [CALLER]: caller } })
  for (const [name, value] of answer.headers) response.setHeader(name, value)
  response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()))
}

const fail = (error: unknown) => expect.fail(String(error))

const cache = new ResponseCache({
  origin: listenerOrigin(next),
  maxBytes: 8 * 1024 * 1024,
  now: Date.now,
  onError: fail,
})
const api = createApiFront({
  cache,
  headers: { 'x-content-type-options': 'nosniff' },
  listener: next,
  now: Date.now,
  onError: fail,
})
const server = createServer((incoming, response) => {
  incoming.headers['x-forwarded-for'] = '192.0.2.1'
  api.answer(incoming, response)
})

beforeAll(async () => {
  await fill(300)
  await catchUp()
  setListening(true)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => server.close())
beforeEach(() => {
  seen = []
  doubtAll()
  countWith(new Limiter({ now: Date.now }))
})

type Answer = { status: number; headers: Record<string, string>; body: string; bytes: Buffer }

const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo
    request({ port, path, method, headers: { host: 'music.test', ...headers } }, async (response) => {
      const sent = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]))
      const bytes = await buffer(response)
      resolve({ status: response.statusCode ?? 0, headers: sent, body: bytes.toString(), bytes })
    })
      .once('error', reject)
      .end()
  })

const ALBUMS = '/api/v1/albums?sort=title&limit=2'

describe('a cached response', () => {
  test('is served without Next.js, and still charged', async () => {
    const first = await get(ALBUMS)
    const again = await get('/api/v1/albums?limit=2&sort=title')
    expect(seen).toHaveLength(1)
    expect(again.body).toBe(first.body)
    expect(again.headers.etag).toBe(first.headers.etag)
    expect(again.headers['cache-status']).toMatch(/; hit/)
    expect(first.headers['x-ratelimit-remaining']).toBe('99')
    expect(again.headers['x-ratelimit-remaining']).toBe('98')
    expect(again.headers['x-content-type-options']).toBe('nosniff')
    expect(again.headers['access-control-allow-origin']).toBe('*')
    expect(again.headers['x-request-id']).not.toBe(first.headers['x-request-id'])
  })

  test('has links to the requested host', async () => {
    await get(ALBUMS)
    const elsewhere = await get(ALBUMS, { host: 'other.test' })
    expect(JSON.parse(elsewhere.body).href).toBe('http://other.test/api/v1/albums?sort=title&limit=2')
    expect(seen).toHaveLength(2)
    // A shared cache could serve these links to clients of another host.
    expect(elsewhere.headers['cache-control']).toBe('private, max-age=0')
  })

  test('is invalidated with its data', async () => {
    await get(ALBUMS)
    change('playlist:1', 'playlists.filtered')
    await get(ALBUMS)
    expect(seen).toHaveLength(1)
    change('*')
    await get(ALBUMS)
    expect(seen).toHaveLength(2)
  })

  test('answers HEAD without a body', async () => {
    const { headers } = await get(ALBUMS)
    const head = await get(ALBUMS, {}, 'HEAD')
    expect(head).toMatchObject({
      status: 200,
      body: '',
      headers: { etag: headers.etag, 'content-length': headers['content-length'] },
    })
  })

  test('costs nothing for a client that has its tag, even if it is made again', async () => {
    const { headers } = await get(ALBUMS, { 'accept-encoding': 'br' })
    change('*')
    const { status, headers: again } = await get(ALBUMS, {
      'if-none-match': headers.etag ?? '',
      'accept-encoding': 'br',
    })
    expect(status).toBe(304)
    expect(again.etag).toBe(headers.etag)
    expect(again['x-ratelimit-remaining']).toBe(headers['x-ratelimit-remaining'])
    expect(seen).toHaveLength(2)
  })
})

describe('a conditional request', () => {
  for (const [what, condition] of [
    ['If-None-Match: *', { 'if-none-match': '*' }],
    ['If-None-Match: *, with spaces', { 'if-none-match': ' * ' }],
    ['If-Modified-Since', { 'if-modified-since': 'Fri, 01 Jan 2100 00:00:00 GMT' }],
  ] as [string, Record<string, string>][])
    test(`with ${what}, which names no version, is charged unless its response is cached`, async () => {
      await pool.query("UPDATE revision SET changed_at = '2026-01-01'")
      apply(await readState(pool))
      const uncached = await get(ALBUMS, condition)
      expect(uncached).toMatchObject({ status: 304, headers: { 'x-ratelimit-remaining': '99' } })
      expect(seen).toHaveLength(1)
      const cached = await get(ALBUMS, condition)
      expect(cached).toMatchObject({ status: 304, headers: { 'x-ratelimit-remaining': '99' } })
      expect(seen).toHaveLength(1)
    })

  test('with another tag is charged once and reads once', async () => {
    const { status, headers } = await get(ALBUMS, { 'if-none-match': '"other"' })
    expect([status, headers['x-ratelimit-remaining']]).toEqual([200, '99'])
    expect(seen).toHaveLength(1)
  })

  test('over the limit gets a free 304 for cached responses, and a 429 without a read for others', async () => {
    const { headers } = await get(ALBUMS)
    for (let sent = 0; sent < 99; sent++) await get(ALBUMS)
    const condition = { 'if-none-match': headers.etag ?? '' }
    expect((await get(ALBUMS, condition)).status).toBe(304)
    change('*')
    expect((await get(ALBUMS, condition)).status).toBe(429)
    expect(seen).toHaveLength(1)
  })

  test('gets a 304 with the age of the cached response', async () => {
    const { headers } = await get(ALBUMS)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 100_000 })
    const again = await get(ALBUMS, { 'if-none-match': headers.etag ?? '' })
    vi.useRealTimers()
    expect(again.status).toBe(304)
    expect(again.headers.age).toMatch(/^10[01]$/)
  })
})

describe('an uncached response', () => {
  test('to a failed request names the request', async () => {
    const { status, headers, body } = await get('/api/v1/albums/999999', { 'x-request-id': 'mine' })
    expect(status).toBe(404)
    expect(headers['x-request-id']).toBe('mine')
    expect(JSON.parse(body)).toMatchObject({ requestId: 'mine', instance: '/api/v1/albums/999999' })
    expect(headers['x-ratelimit-remaining']).toBe('99')
  })

  test('is sent for a stream', async () => {
    const { headers, body } = await get('/api/v1/genres', { accept: 'application/x-ndjson' })
    expect(headers['content-type']).toBe('application/x-ndjson')
    expect(body.trimEnd().split('\n').length).toBeGreaterThan(5)
    expect(headers['content-encoding']).toBeUndefined()
    expect((await get('/api/v1/genres')).headers['content-type']).toBe('application/json')
  })

  test('of a stream has the client’s preferred coding, and costs nothing for a client that has it', async () => {
    const accept = { accept: 'application/x-ndjson' }
    const plain = await get('/api/v1/songs', accept)
    for (const [codings, coding, decode] of [
      ['gzip', 'gzip', gunzipSync],
      ['gzip, br', 'br', brotliDecompressSync],
    ] as const) {
      const { headers, bytes } = await get('/api/v1/songs', { ...accept, 'accept-encoding': codings })
      expect(headers).toMatchObject({ 'content-encoding': coding, etag: plain.headers.etag })
      expect(headers.vary).toBe('Accept, Accept-Encoding')
      expect(headers['x-syro-coding']).toBeUndefined()
      expect(decode(bytes).toString()).toBe(plain.body)
      expect(bytes.length).toBeLessThan(plain.bytes.length / 4)
    }
    const again = await get('/api/v1/songs', { ...accept, 'if-none-match': plain.headers.etag ?? '' })
    expect(again).toMatchObject({ status: 304, body: '' })
    expect(again.headers['x-ratelimit-remaining']).toBe('97')
  })

  test('announces a deprecated parameter', async () => {
    const { headers } = await get('/api/v1/search?q=a&sort=popularity')
    expect(headers).toMatchObject({ deprecation: '@1795996800', sunset: 'Tue, 30 Nov 2027 00:00:00 GMT' })
    expect((await get('/api/v1/search?q=a&sort=popular')).headers.deprecation).toBeUndefined()
  })

  test('is sent for the rate limit resource', async () => {
    await get(ALBUMS)
    const { body } = await get('/api/v1/rate-limit')
    expect(JSON.parse(body)).toMatchObject({ policy: 'anonymous', remaining: 99 })
    expect((await get('/api/v1/rate-limit')).headers['cache-control']).toBe('private, no-store')
  })

  test('over the limit is sent without Next.js', async () => {
    for (let sent = 0; sent < 100; sent++) await get(ALBUMS)
    const { status, headers, body } = await get(ALBUMS)
    expect(status).toBe(429)
    expect(headers['content-length']).toBe(String(Buffer.byteLength(body)))
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(seen).toHaveLength(1)
  })
})

test('a secret header tells Next.js that a request has passed the gate', async () => {
  await get('/api/v1/albums/999999')
  expect(seen.length).toBeGreaterThan(0)
  for (const headers of seen) expect(isGated(headers)).toBe(true)
  expect(isGated(new Headers({ [GATED]: 'guess' }))).toBe(false)
  expect(isGated(new Headers())).toBe(false)
  expect(gateSecret()).toMatch(/^[0-9a-f-]{36}$/)
})
