import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { doubtAll, NO_DEPENDENCIES } from '@/lib/cache/changes/recent'
import { change } from '@/lib/cache/changes/testing'
import { dependOn, inherit, secondary } from '@/lib/cache/dependencies/recorder'
import { ResponseCache } from './cache'
import { createFront } from './front'
import { listenerOrigin } from './origin'

const PUBLIC = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 's-maxage=900, stale-while-revalidate=100',
}
const body = 'A page about music. '.repeat(100)
const servers: ReturnType<typeof createServer>[] = []

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

/** A site behind the cache, its clock, and the requests that reached it. */
async function site(page: RequestListener) {
  const reached: { url: string | undefined; headers: object }[] = []
  const errors: unknown[] = []
  const clock = { now: 1_000_000 }
  const listener: RequestListener = (request, response) => {
    reached.push({ url: request.url, headers: request.headers })
    if (request.url !== '/file') dependOn(request.url?.startsWith('/songs') ? 'songs.title' : 'albums.newest')
    return page(request, response)
  }
  const now = () => clock.now
  const onError = (error: unknown) => errors.push(error)
  // Requests wait for the origin without limit unless a test ends the wait.
  const clients = { losePatience: () => {} }
  const impatience = new Promise<void>((resolve) => {
    clients.losePatience = resolve
  })
  const origin = listenerOrigin(listener)
  const cache = new ResponseCache({ origin, maxBytes: 1_000_000, now, onError, patience: () => impatience })
  const findRoute = (path: string) =>
    path.startsWith('/api')
      ? null
      : {
          query: ['sort', 'page', 'q'],
          freeText: ['q'],
          hasSecondary: path === '/home',
          isUnbounded: path.startsWith('/x'),
        }
  const server = createServer(createFront({ cache, findRoute, listener, keepAlive: 65_000, now, onError }))
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const get = (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${port}${path}`, init)
  return { get, cache, clock, clients, reached, errors, port }
}

const ok: RequestListener = (_, response) => {
  response.writeHead(200, PUBLIC)
  response.end(body)
}

/** A site that numbers its renderings; each waits until its gate is opened. */
async function siteWithVersions() {
  const gates: (() => void)[] = []
  const origin = await site(async (_, response) => {
    await secondary(async () => dependOn('songs.popular'))
    const version = gates.length + 1
    await new Promise<void>((resolve) => gates.push(resolve))
    response.writeHead(200, PUBLIC).end(`version ${version}`)
  })
  return { ...origin, gates }
}

describe('freshness', () => {
  test('a page is rendered once, served until it is stale, and served while it is refreshed once', async () => {
    const { get, clock, reached } = await site(ok)
    const first = await get('/albums')
    expect(first.headers.get('cache-status')).toBe('SyroMusic; fwd=uri-miss; stored')
    expect(await first.text()).toBe(body)

    clock.now += 10_000
    const second = await get('/albums')
    expect(second.headers.get('cache-status')).toBe('SyroMusic; hit; ttl=890')
    expect(second.headers.get('age')).toBe('10')
    expect(reached).toHaveLength(1)

    clock.now += 900_000
    const stale = await get('/albums')
    expect(stale.headers.get('cache-status')).toBe('SyroMusic; hit; ttl=-10; detail=revalidating')
    expect(reached).toHaveLength(2)
    expect((await get('/albums')).headers.get('cache-status')).toBe('SyroMusic; hit; ttl=900')
    expect(reached).toHaveLength(2)
  })

  test('a request with credentials gets the same page, but no shared cache may keep it', async () => {
    const { get, reached } = await site(ok)
    const headers = { authorization: 'Basic YTpi' }
    for (const status of ['SyroMusic; fwd=uri-miss; stored', 'SyroMusic; hit; ttl=900']) {
      const signed = await get('/albums', { headers })
      expect(await signed.text()).toBe(body)
      expect(signed.headers.get('cache-status')).toBe(status)
      expect(signed.headers.get('cache-control')).toBe('private, max-age=0')
    }
    for (let time = 0; time < 2; time++)
      expect((await get('/albums')).headers.get('cache-control')).toMatch(/^public, .*s-maxage=900/)
    expect(reached).toHaveLength(1)
    expect(reached[0]?.headers).not.toHaveProperty('authorization')
  })

  test('128 concurrent requests are one request to the origin', async () => {
    let release = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    const { get, reached } = await site(async (request, response) => {
      await gate
      await ok(request, response)
    })
    const all = Promise.all(Array.from({ length: 128 }, () => get('/albums').then((response) => response.text())))
    release()
    expect(new Set(await all)).toEqual(new Set([body]))
    expect(reached).toHaveLength(1)
  })

  for (const [what, happens] of [
    ['a change of everything', () => change('*')],
    ['a change of a dependency', () => change('albums.newest')],
    ['a change of its secondary content, which its route does not allow to be old', () => change('songs.popular')],
    ['missed changes', doubtAll],
  ] as const)
    test(`a request after ${what} gets a response whose rendering began later`, async () => {
      const { get, gates, reached } = await siteWithVersions()
      const before = get('/albums')
      await expect.poll(() => gates.length).toBe(1)
      happens()
      const after = get('/albums')
      // The second request has joined the first when the server has handled it.
      await get('/file', { method: 'POST' })
      gates[0]?.()
      expect(await (await before).text()).toBe('version 1')
      await expect.poll(() => gates.length).toBe(2)
      gates[1]?.()
      expect(await (await after).text()).toBe('version 2')
      expect(await (await get('/albums')).text()).toBe('version 2')
      expect(reached).toHaveLength(2)
    })

  test('a request after a change of other data joins the running fetch', async () => {
    const { get, gates, reached } = await siteWithVersions()
    const before = get('/albums')
    await expect.poll(() => gates.length).toBe(1)
    change('songs.title')
    const after = get('/albums')
    await get('/file', { method: 'POST' })
    gates[0]?.()
    expect(await (await before).text()).toBe('version 1')
    expect(await (await after).text()).toBe('version 1')
    expect(reached).toHaveLength(1)
  })

  test('a response whose dependency changed while it was made is served and not stored', async () => {
    const { get, cache, gates } = await siteWithVersions()
    const response = get('/albums')
    await expect.poll(() => gates.length).toBe(1)
    change('albums.newest')
    gates[0]?.()
    expect(await (await response).text()).toBe('version 1')
    expect(cache.count).toBe(0)
  })

  test('a request fetches at most twice, however often its response changes meanwhile', async () => {
    const { get, cache, gates, reached } = await siteWithVersions()
    const first = get('/albums')
    await expect.poll(() => gates.length).toBe(1)
    change('albums.newest')
    const joined = get('/albums')
    await get('/file', { method: 'POST' })
    gates[0]?.()
    await first
    await expect.poll(() => gates.length).toBe(2)
    change('albums.newest')
    gates[1]?.()
    expect(await (await joined).text()).toBe('version 2')
    expect(reached).toHaveLength(2)
    expect(cache.count).toBe(0)
  })

  test('the cache key is the part of the address that the route uses, of any length', async () => {
    const { get, reached } = await site(ok)
    const more = 'x'.repeat(9_000)
    await get(`/albums?page=2&from=${more}`)
    expect((await get(`/albums?page=2&ref=${more}`)).headers.get('cache-status')).toMatch(/; hit;/)
    await get(`/albums?sort=${more}`)
    expect((await get(`/albums?sort=${more}`)).headers.get('cache-status')).toMatch(/; hit;/)
    expect(reached.map(({ url }) => url)).toEqual(['/albums?page=2', `/albums?sort=${more}`])
  })

  test('a page accepts only GET and HEAD', async () => {
    const { get, reached } = await site(ok)
    const posted = await get('/albums?page=2', { method: 'POST', body: 'x' })
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
    expect((await get('/albums', { method: 'OPTIONS' })).status).toBe(204)
    expect(reached).toHaveLength(0)
  })

  test('a change makes only the pages stale that depend on it', async () => {
    const { get, reached } = await site(ok)
    await get('/albums')
    await get('/songs')
    change('songs.title')
    await get('/albums')
    await get('/songs')
    expect(reached.map(({ url }) => url)).toEqual(['/albums', '/songs', '/songs'])
  })

  test('a change does not affect the rendering of pages that do not depend on it', async () => {
    const gates: (() => void)[] = []
    const { get, reached } = await site(async (_, response) => {
      await new Promise<void>((resolve) => gates.push(resolve))
      response.writeHead(200, PUBLIC).end('page')
    })
    const pending = get('/albums')
    await expect.poll(() => gates.length).toBe(1)
    change('search', 'keys')
    gates[0]?.()
    await pending
    expect((await get('/albums')).headers.get('cache-status')).toContain('hit')
    expect(reached).toHaveLength(1)
  })

  for (const [name, fails] of [
    ['answers 500', ((_, response) => response.writeHead(500).end('no')) satisfies RequestListener],
    ['throws', () => Promise.reject(new Error('no database'))],
  ] as [string, RequestListener][])
    test(`an origin that ${name} leaves the old page in the cache, marked as stale`, async () => {
      const stale = { ...PUBLIC, 'cache-control': 's-maxage=900, stale-if-error=86400' }
      let broken = false
      const { get, clock } = await site((request, response) =>
        broken ? fails(request, response) : response.writeHead(200, stale).end(body),
      )
      await get('/albums')
      broken = true
      clock.now += 1_000_000
      const served = await get('/albums')
      expect(served.status).toBe(200)
      expect(served.headers.get('cache-status')).toContain('origin-failed')
      clock.now += 86_400_000
      expect((await get('/albums')).status).toBeGreaterThanOrEqual(500)
    })
})

describe('a page whose data expires before it', () => {
  /** A site whose pages contain data that expires a minute from now. */
  async function siteWithData(isAging: boolean) {
    const origin = await site((_, response) => {
      inherit({ dependencies: NO_DEPENDENCIES, expiresAt: origin.clock.now + 60_000, isAging })
      response.writeHead(200, PUBLIC).end(body)
    })
    const statusOf = async () => (await origin.get('/albums')).headers.get('cache-status')
    return { ...origin, statusOf }
  }

  test('is fresh until then', async () => {
    const { get, clock, statusOf } = await siteWithData(false)
    expect((await get('/albums')).headers.get('cache-control')).toContain('s-maxage=60,')
    clock.now += 59_000
    expect(await statusOf()).toBe('SyroMusic; hit; ttl=1')
  })

  test('is then served while it is refreshed', async () => {
    const { clock, statusOf } = await siteWithData(false)
    await statusOf()
    clock.now += 60_000
    expect(await statusOf()).toBe('SyroMusic; hit; ttl=0; detail=revalidating')
    await expect.poll(statusOf).toBe('SyroMusic; hit; ttl=60')
  })

  test('is then rendered before it is served if no change would make it stale', async () => {
    const { clock, statusOf, reached } = await siteWithData(true)
    await statusOf()
    clock.now += 60_000
    expect(await statusOf()).toBe('SyroMusic; fwd=uri-miss; stored')
    expect(reached).toHaveLength(2)
  })

  test('allows other caches no time if the data expired meanwhile', async () => {
    const { get, clock } = await site((_, response) => {
      inherit({ dependencies: NO_DEPENDENCIES, expiresAt: clock.now - 5_000, isAging: true })
      response.writeHead(200, PUBLIC).end(body)
    })
    expect((await get('/albums')).headers.get('cache-control')).toContain('s-maxage=0,')
  })
})

describe('after missed changes', () => {
  /** A site that answers with its state: a version and a status, after `held`. */
  async function siteWithMissedChanges() {
    const state: { version: string; status: number; blocked?: Promise<void> } = { version: 'old', status: 200 }
    const origin = await site(async (_, response) => {
      await state.blocked
      response.writeHead(state.status, PUBLIC).end(state.version)
    })
    const read = async (path = '/albums') => {
      const answer = await origin.get(path)
      return [answer.status, await answer.text(), answer.headers.get('cache-status')?.replace(/ttl=\d+/, 'ttl')]
    }
    await read()
    return { ...origin, state, read }
  }

  test('a page is rendered again before it is served', async () => {
    const { state, read, reached } = await siteWithMissedChanges()
    state.version = 'new'
    doubtAll()
    expect(await read()).toEqual([200, 'new', 'SyroMusic; fwd=uri-miss; stored'])
    expect(await read()).toEqual([200, 'new', 'SyroMusic; hit; ttl'])
    expect(reached).toHaveLength(2)
  })

  test('the old page is served only while the origin fails', async () => {
    const { state, read } = await siteWithMissedChanges()
    state.version = 'new'
    state.status = 503
    doubtAll()
    for (const _ of [1, 2])
      expect(await read()).toEqual([200, 'old', 'SyroMusic; fwd=stale; ttl; detail=origin-failed'])
    state.status = 200
    expect(await read()).toEqual([200, 'new', 'SyroMusic; fwd=uri-miss; stored'])
  })

  test('the old page is served while the new one takes long, and then replaced', async () => {
    const { clients, state, read, reached } = await siteWithMissedChanges()
    let release = () => {}
    state.version = 'new'
    state.blocked = new Promise((resolve) => {
      release = resolve
    })
    doubtAll()
    const waiting = read()
    await expect.poll(() => reached.length).toBe(2)
    clients.losePatience()
    expect(await waiting).toEqual([200, 'old', 'SyroMusic; hit; ttl; detail=revalidating'])
    release()
    await expect.poll(async () => (await read())[1]).toBe('new')
    expect(reached).toHaveLength(2)
  })

  test('a page that was rendering at that moment is not cached', async () => {
    const { state, read, reached } = await siteWithMissedChanges()
    let release = () => {}
    state.blocked = new Promise((resolve) => {
      release = resolve
    })
    const making = read('/songs')
    await expect.poll(() => reached.length).toBe(2)
    doubtAll()
    release()
    expect((await making)[1]).toBe('old')
    state.version = 'new'
    expect((await read('/songs'))[1]).toBe('new')
  })

  test('files stay cached, as no change affects them', async () => {
    const { read } = await siteWithMissedChanges()
    await read('/file')
    doubtAll()
    expect(await read('/file')).toEqual([200, 'old', 'SyroMusic; hit; ttl'])
  })
})

describe('after a change of secondary content', () => {
  /** A site whose pages have the version at the time of rendering. */
  async function siteWithSecondary() {
    let version = 1
    const origin = await site(async (_, response) => {
      await secondary(async () => dependOn('songs.popular'))
      response.writeHead(200, PUBLIC).end(`version ${version}`)
    })
    const read = async (path: string) => (await origin.get(path)).text()
    const edit = () => {
      version += 1
      change('songs.popular')
    }
    return { ...origin, read, edit }
  }

  test('a page is served once more while it is rendered again', async () => {
    const { read, edit, reached } = await siteWithSecondary()
    await read('/home')
    edit()
    expect(await read('/home')).toBe('version 1')
    await expect.poll(() => read('/home')).toBe('version 2')
    expect(reached).toHaveLength(2)
  })

  test('all requests get the old page while one refresh runs', async () => {
    const { get, gates, reached } = await siteWithVersions()
    const first = get('/home')
    await expect.poll(() => gates.length).toBe(1)
    gates[0]?.()
    await first
    change('songs.popular')
    for (let count = 0; count < 5; count++) {
      const old = await get('/home')
      expect(await old.text()).toBe('version 1')
      expect(old.headers.get('cache-status')).toBe('SyroMusic; hit; ttl=900; detail=revalidating')
    }
    expect(reached).toHaveLength(2)
    gates[1]?.()
    await expect.poll(async () => (await get('/home')).text()).toBe('version 2')
    expect(reached).toHaveLength(2)
  })

  test('a page whose subject changes too is rendered before it is served', async () => {
    const { read, edit } = await siteWithSecondary()
    await read('/home')
    edit()
    change('albums.newest')
    expect(await read('/home')).toBe('version 2')
  })

  test('a page that is too old is rendered before it is served', async () => {
    const { read, edit, clock } = await siteWithSecondary()
    await read('/home')
    clock.now += 901_000
    edit()
    expect(await read('/home')).toBe('version 2')
  })

  test('a page without secondary content in the table is rendered before it is served', async () => {
    const { read, edit } = await siteWithSecondary()
    await read('/albums')
    edit()
    expect(await read('/albums')).toBe('version 2')
  })
})

describe('the cache', () => {
  for (const [name, headers] of [
    ['private', { 'cache-control': 'private, max-age=900' }],
    ['no-store', { 'cache-control': 'no-store' }],
    ['for one visitor', { ...PUBLIC, 'set-cookie': 'session=1' }],
    ['without Cache-Control', { 'content-type': 'text/html' }],
    ['different for every client', { ...PUBLIC, vary: '*' }],
  ] as const)
    test(`does not store a response that is ${name}`, async () => {
      const { get, reached } = await site((_, response) => response.writeHead(200, headers).end(body))
      await get('/albums')
      expect(await (await get('/albums')).text()).toBe(body)
      expect(reached).toHaveLength(2)
    })

  test('does not store responses of an uncached route', async () => {
    const { get, reached } = await site(ok)
    await get('/api/v1/albums')
    await get('/api/v1/albums')
    expect(reached).toHaveLength(2)
  })

  test('stores no more bytes than allowed', async () => {
    const { get, cache } = await site(ok)
    for (let page = 1; page <= 600; page++) await get(`/albums?page=${page}`)
    expect(cache.bytes).toBeLessThanOrEqual(1_000_000)
    expect(cache.count).toBeGreaterThan(100)
  })
})

describe('the cache key', () => {
  test('has the parameters of the route in a fixed order, and the origin sees no others', async () => {
    const { get, reached } = await site(ok)
    await get('/albums?page=2&sort=title&utm_source=mail&_rsc=abc')
    await get('/albums?sort=title&utm_medium=x&page=2')
    expect(reached.map(({ url }) => url)).toEqual(['/albums?sort=title&page=2'])
  })

  test('leaves out the visitor’s headers, and the origin sees none of them', async () => {
    const { get, reached } = await site(ok)
    await get('/albums', { headers: { cookie: 'session=secret', 'accept-language': 'pt', 'x-evil': '1' } })
    expect(reached[0]?.headers).toEqual({})
  })

  test('differs between pages, their data, prefetches and segments', async () => {
    const { get, reached } = await site((request, response) =>
      response.writeHead(200, PUBLIC).end(JSON.stringify(request.headers).padEnd(300)),
    )
    const kinds: Record<string, string>[] = [
      {},
      { rsc: '1' },
      { rsc: '1', 'next-router-prefetch': '1' },
      { rsc: '1', 'next-router-prefetch': '2' },
      { rsc: '1', 'next-router-prefetch': '3' },
      { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
    ]
    for (const round of [1, 2, 3])
      for (const headers of kinds) {
        const answered = JSON.parse(await (await get('/albums', { headers })).text())
        expect(answered, `round ${round}`).toEqual(headers)
      }
    expect(reached).toHaveLength(kinds.length)
  })

  test('ignores header values that Next.js does not read', async () => {
    const { get, cache, reached } = await site(ok)
    const headerSets = ['0', '1, 1', '2', 'x'.repeat(400)].flatMap((value): Record<string, string>[] => [
      { rsc: value },
      { rsc: value, 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
      { 'next-router-prefetch': value },
      { 'next-router-segment-prefetch': value },
      { rsc: '1', 'next-router-prefetch': `${value}0` },
      { rsc: '1', 'next-router-segment-prefetch': value },
      { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': value },
      { accept: value, 'accept-encoding': value, 'next-url': value, 'next-router-state-tree': value },
    ])
    for (const headers of headerSets) await (await get('/albums', { headers })).text()
    const forms = [{}, { rsc: '1' }, { rsc: '1', 'next-router-prefetch': '1' }]
    expect(cache.count).toBe(forms.length)
    expect(reached.map(({ headers }) => headers)).toEqual(expect.arrayContaining(forms))
    expect(reached).toHaveLength(forms.length)
  })

  test('is the same for all spellings of a path', async () => {
    const { get, reached } = await site(ok)
    for (const path of ['/albums/a-%C3%A9-1', '/albums/%61-%c3%a9-1', '/%61lbums/a-%C3%A9%2d1'])
      await (await get(path)).text()
    expect(reached.map(({ url }) => url)).toEqual(['/albums/a-%C3%A9-1'])
  })
})

describe('invented addresses', () => {
  const missing: RequestListener = (_, response) => response.writeHead(404, PUBLIC).end(body)

  for (const [what, path, listener] of [
    ['a missing page', (index: number) => `/albums?page=${index}`, missing],
    ['a redirect', (index: number) => `/albums?page=${index}`, (_, response) => response.writeHead(308, PUBLIC).end()],
    ['a search', (index: number) => `/search?q=${index}`, ok],
    ['an unknown path', (index: number) => `/x${index}`, ok],
  ] as [string, (index: number) => string, RequestListener][])
    test(`${what} displaces no page, even after many requests`, async () => {
      let isFilled = false
      const { get, cache, reached } = await site((request, response) => (isFilled ? listener : ok)(request, response))
      const pages = Array.from({ length: 60 }, (_, index) => `/songs?page=${index}`)
      for (const page of pages) await (await get(page)).text()
      isFilled = true
      for (let index = 0; index < 200; index++) await (await get(path(index), { redirect: 'manual' })).text()
      expect(cache.bytes).toBeLessThan(60 * 5_000 + 1_000_000 / 8)
      const before = reached.length
      for (const page of pages) expect((await get(page)).headers.get('cache-status')).toMatch(/; hit;/)
      expect(reached).toHaveLength(before)
    })

  test('a missing page is cached for ten seconds', async () => {
    let isThere = false
    const { get, clock, reached } = await site((request, response) => (isThere ? ok : missing)(request, response))
    const first = await get('/albums')
    expect([first.status, first.headers.get('cache-control')]).toEqual([404, 'public, max-age=0, s-maxage=10'])
    isThere = true
    clock.now += 9_999
    expect((await get('/albums')).status).toBe(404)
    expect(reached).toHaveLength(1)
    clock.now += 1
    expect((await get('/albums')).status).toBe(200)
  })
})

describe('HTTP', () => {
  test('a malformed address is refused before it reaches the site', async () => {
    const { get, reached } = await site(ok)
    for (const path of ['/albums/%E0%A4%A', '/%', '/albums?page=%FF']) expect((await get(path)).status, path).toBe(400)
    expect(reached).toHaveLength(0)
  })

  test('a redirect has one Location', async () => {
    const { get } = await site((_, response) => {
      response.setHeader('location', ['/albums/right-1', '/albums/right-1'])
      response.writeHead(308, { 'cache-control': 's-maxage=900' }).end()
    })
    const answer = await get('/albums/wrong-1', { redirect: 'manual' })
    expect([answer.status, answer.headers.get('location')]).toEqual([308, '/albums/right-1'])
  })

  for (const [accepts, coding, decode] of [
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip;q=1.0, br;q=0.5', 'gzip', gunzipSync],
    ['br;q=0, gzip', 'gzip', gunzipSync],
    ['identity', null, (bytes: Buffer) => bytes],
    ['*;q=0.1', 'br', brotliDecompressSync],
  ] as const)
    test(`Accept-Encoding: ${accepts} gets ${coding ?? 'the plain body'}`, async () => {
      const { get, port } = await site(ok)
      for (const _ of [1, 2]) {
        // node:http shows the encoded bytes; fetch would decode them.
        const { request } = await import('node:http')
        const [headers, bytes] = await new Promise<[Record<string, unknown>, Buffer]>((resolve) =>
          request({ port, path: '/albums', headers: { 'accept-encoding': accepts } }, (response) => {
            const chunks: Buffer[] = []
            response.on('data', (chunk) => chunks.push(chunk))
            response.on('end', () => resolve([response.headers, Buffer.concat(chunks)]))
          }).end(),
        )
        expect(headers['content-encoding'] ?? null).toBe(coding)
        expect(headers['content-length']).toBe(String(bytes.length))
        expect(headers.vary).toContain('Accept-Encoding')
        expect(decode(bytes).toString()).toBe(body)
      }
      expect((await get('/albums')).status).toBe(200)
    })

  test('a current ETag gets a 304 without a body; each coding has its own ETag', async () => {
    const { get } = await site(ok)
    const plain = (await get('/albums', { headers: { 'accept-encoding': 'identity' } })).headers.get('etag') ?? ''
    const coded = (await get('/albums', { headers: { 'accept-encoding': 'br' } })).headers.get('etag') ?? ''
    expect(plain).toMatch(/^"[\w-]+"$/)
    expect(coded).not.toBe(plain)
    for (const [tag, status] of [
      [plain, 304],
      [`W/${plain}`, 304],
      [`"x", ${plain}`, 304],
      ['*', 304],
      [coded, 200],
      ['"x"', 200],
      ['"x", *', 200],
    ] as const) {
      const headers = { 'accept-encoding': 'identity', 'if-none-match': tag }
      const answer = await get('/albums', { headers })
      expect(answer.status, tag).toBe(status)
      expect(answer.headers.get('etag')).toBe(plain)
      expect((await answer.text()).length).toBe(status === 304 ? 0 : body.length)
    }
  })

  test('HEAD is GET without the body, and fills the cache for GET', async () => {
    const { get, reached } = await site(ok)
    const head = await get('/albums', { method: 'HEAD', headers: { 'accept-encoding': 'identity' } })
    expect(head.headers.get('content-length')).toBe(String(body.length))
    expect(await head.text()).toBe('')
    expect(await (await get('/albums')).text()).toBe(body)
    expect(reached).toHaveLength(1)
  })

  test('browsers must revalidate, shared caches may keep the page', async () => {
    const { get } = await site(ok)
    expect((await get('/albums')).headers.get('cache-control')).toBe(
      'public, max-age=0, s-maxage=900, stale-while-revalidate=86400, stale-if-error=86400',
    )
  })

  test('a failing origin without a cached page gives a 503 with Retry-After', async () => {
    const { get, errors } = await site(() => Promise.reject(new Error('secret detail')))
    const answer = await get('/albums')
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('5')
    expect(await answer.text()).not.toContain('secret')
    expect(errors).toHaveLength(1)
  })
})

describe('memory', () => {
  const collect = () => {
    setFlagsFromString('--expose-gc')
    runInNewContext('gc')()
  }

  test('the objects of a response are released after it was sent', async () => {
    let reference: WeakRef<object> | undefined
    const { get } = await site((request, response) => {
      reference = new WeakRef(response)
      return ok(request, response)
    })
    await (await get('/albums')).text()
    await nextTurn()
    collect()
    expect(reference).toBeDefined()
    expect(reference?.deref()).toBeUndefined()
  })

  test('an evicted response is released, also after many cache hits', async () => {
    const { get, cache } = await site(ok)
    for (let turn = 0; turn < 4; turn++) await (await get('/albums')).text()
    const stored = new WeakRef(cache.fresh('/albums') ?? expect.fail())
    change('*')
    await (await get('/albums')).text()
    // A dereferenced WeakRef keeps its target alive until the turn ends.
    await nextTurn()
    collect()
    expect(stored.deref()).toBeUndefined()
  })

  test('a body is stored only compressed, and decompressed for clients that need it plain', async () => {
    const long = body.repeat(20)
    const { get, cache } = await site((_, response) => response.writeHead(200, PUBLIC).end(long))
    const etags = new Set<string | null>()
    for (const accepts of ['br', 'identity', 'gzip', 'identity', 'br', 'gzip']) {
      const answer = await get('/albums', { headers: { 'accept-encoding': accepts } })
      expect(await answer.text()).toBe(long)
      etags.add(answer.headers.get('etag'))
      if (accepts === 'br' && etags.size === 1) expect(cache.bytes).toBeLessThan(long.length / 10)
    }
    expect(etags.size).toBe(3)
  })

  for (const coding of ['br', 'gzip'] as const)
    test(`a body in ${coding} holds no larger buffer than its own bytes`, async () => {
      const { get, cache } = await site(ok)
      await (await get('/albums', { headers: { 'accept-encoding': coding } })).text()
      const { body } = cache.fresh('/albums')?.ready(coding) ?? expect.fail()
      expect(body.buffer.byteLength).toBe(body.length)
    })
})
