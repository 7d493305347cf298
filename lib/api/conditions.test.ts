import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { apply, catchUp, readState } from '@/lib/cache/changes/read'
import { doubtAll, NO_DEPENDENCIES } from '@/lib/cache/changes/recent'
import { freshnessOf } from '@/lib/cache/response/freshness'
import { StoredResponse } from '@/lib/cache/response/stored-response'
import { pool } from '@/lib/db/pool'
import { createTestDatabase } from '@/lib/db/testing/database'
import { API } from '@/lib/http/api/contract'
import { importInput, ndjson } from '@/lib/imports/testing'
import { type FindStored, unchanged } from './conditional'
import { ask, matchOf, ORIGIN, read } from './testing/ask'
import { exampleAddresses, fill, fillExtremes, MERGED } from './testing/catalogue'

/** A client with the current version gets a 304; every other client gets the response. */

await createTestDatabase()
let examples: { id: string; address: string }[]

beforeAll(async () => {
  await fill(300)
  await fillExtremes(pool())
  await changeLongAgo()
  examples = (await exampleAddresses(pool())).filter(({ id }) => id !== 'getRateLimit')
})
beforeEach(() => doubtAll())

/** A resource changed within the current second has no Last-Modified yet. */
async function changeLongAgo(): Promise<void> {
  await pool().query("UPDATE revision SET changed_at = '2026-01-01T00:00:00.700Z'")
  apply(await readState(pool()))
}

/** Notes a change as a write does. */
async function change(name: string): Promise<void> {
  await pool().query('SELECT note_changes(ARRAY[$1])', [name])
  await catchUp()
}

/** Conditions that any version meets. */
const UNNAMED: Record<string, string>[] = [
  { 'if-none-match': '*' },
  { 'if-modified-since': 'Fri, 31 Dec 9999 23:59:59 GMT' },
]
const MODIFIED = 'Thu, 01 Jan 2026 00:00:00 GMT'
const LIST = '/albums?sort=title&limit=5'

const tagOf = async (address: string, headers: Record<string, string> = {}): Promise<string> =>
  (await ask(address, { headers })).headers.get('etag') ?? expect.fail(address)

/** Stands in for the response cache, which has every response. */
const findStored: FindStored = async ({ url, headers }) => {
  const response = await ask(url, { headers: { host: headers.get('host') ?? '' } })
  const whole = {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  }
  const freshness = freshnessOf({ ...whole, headers: { ...whole.headers, 'cache-control': 's-maxage=9' } }, Date.now())
  if (response.status >= 300 || !freshness) return undefined
  return new StoredResponse(whole, freshness, { dependencies: NO_DEPENDENCIES, isTagged: true, weighed: () => {} })
}

/** The responses of the gate and of the route to the same conditions. */
async function both(address: string, headers: Record<string, string>, method: 'GET' | 'HEAD' = 'GET') {
  const url = address.startsWith('/') ? ORIGIN + API + address : address
  const request = new Request(url, { method, headers: { host: 'music.test', ...headers } })
  const early = await unchanged(request, matchOf(url), 'id', async () => true, findStored)
  const late = await ask(address, { headers, method })
  return { early, late, statuses: [early?.status ?? null, late.status] }
}

describe('an entity tag', () => {
  test('gives a 304 if it is current, also in a list of tags', async () => {
    const tag = await tagOf(LIST)
    for (const sent of [tag, `W/${tag}`, `"other", ${tag}`, `"a,b",W/"x" ,${tag}`]) {
      const { early, late, statuses } = await both(LIST, { 'if-none-match': sent })
      expect(statuses, sent).toEqual([304, 304])
      for (const response of [early, late]) {
        expect(response?.headers.get('etag')).toBe(tag)
        expect(response?.headers.get('vary')).toBe('Accept, Accept-Encoding')
        expect(response?.headers.get('last-modified')).toBe(MODIFIED)
        expect(response?.headers.has('cache-control')).toBe(true)
      }
    }
  })

  test('gives a full response if it is not current', async () => {
    const tag = await tagOf(LIST)
    const other = await tagOf('/albums?sort=title&limit=6')
    for (const sent of [other, tag.slice(1, -1), `${tag.slice(0, -1)}-zip"`, tag.slice(0, -2), '""', 'W/', ','])
      expect((await both(LIST, { 'if-none-match': sent })).statuses, sent).toEqual([null, 200])
    // The tag takes precedence over the date.
    expect((await both(LIST, { 'if-none-match': other, 'if-modified-since': MODIFIED })).statuses).toEqual([null, 200])
  })

  test('is current in any content coding', async () => {
    // The cache in front of Next.js compresses and adds the coding to the tag.
    const br = `${(await tagOf(LIST)).slice(0, -1)}-br"`
    const { early, late } = await both(LIST, { 'if-none-match': br, 'accept-encoding': 'gzip' })
    for (const response of [early, late]) expect(response?.headers.get('etag')).toBe(br)
  })

  test('of a page is not valid for its stream or for another host', async () => {
    const tag = await tagOf(LIST)
    const headers = { 'if-none-match': tag }
    expect((await both(LIST, { ...headers, accept: 'application/x-ndjson' })).statuses).toEqual([null, 200])
    expect((await both(LIST, { ...headers, accept: 'text/html' })).statuses).toEqual([null, 406])
    expect((await both(LIST, { ...headers, host: 'other.test' })).statuses).toEqual([null, 200])
  })
})

describe('a stream', () => {
  const accept = { accept: 'application/x-ndjson' }
  const STREAMS = ['/albums?sort=title', '/albums?sort=-title', '/artists/1/songs', '/search?q=the', '/genres']

  test('has its own weak tag, which gives a 304', async () => {
    const known = new Set<string>()
    for (const address of STREAMS) {
      const tag = await tagOf(address, accept)
      expect(tag).toMatch(/^W\/"[^"]+"$/)
      known.add(tag)
      for (const method of ['GET', 'HEAD'] as const) {
        const { early, late, statuses } = await both(address, { ...accept, 'if-none-match': tag }, method)
        expect(statuses, address).toEqual([304, 304])
        for (const response of [early, late]) {
          expect(response?.headers.get('etag')).toBe(tag)
          expect(response?.headers.get('cache-control')).toBe('private, max-age=0')
          expect(await response?.text()).toBe('')
        }
      }
      expect((await both(address, { 'if-none-match': tag })).statuses, address).toEqual([null, 200])
    }
    expect(known.size).toBe(STREAMS.length)
  })

  test('is sent again when its data has changed', async () => {
    const tags = await Promise.all(STREAMS.map((address) => tagOf(address, accept)))
    await change('genres.filtered')
    for (const [index, address] of STREAMS.entries()) {
      const { statuses } = await both(address, { ...accept, 'if-none-match': tags[index] ?? '' })
      expect(statuses, address).toEqual([null, 200])
    }
    await changeLongAgo()
  })

  test('with an invalid query is refused under any condition', async () => {
    for (const query of ['page=2', 'genre=no-such', 'artist=1999999999'])
      for (const headers of UNNAMED)
        expect((await both(`/albums?${query}`, { ...accept, ...headers })).statuses, query).toEqual([null, 400])
  })
})

describe('conditions without a version', () => {
  test('apply only to resources that exist', async () => {
    for (const address of [LIST, '/albums/1', '/albums/1/tracks', '/genres', '/stats'])
      for (const headers of UNNAMED) expect((await both(address, headers)).late.status, address).toBe(304)
    for (const [address, status] of [
      ['/albums/1999999999', 404],
      ['/albums/none', 404],
      [`/albums/${MERGED}`, 308],
      ['/albums?cursor=made.up', 400],
      ['/albums?sort=loudest', 400],
    ] as const)
      for (const headers of UNNAMED) expect((await both(address, headers)).statuses, address).toEqual([null, status])
  })

  test('are met by any date since the last change', async () => {
    for (const [since, status] of [
      ['Wed, 31 Dec 2025 23:59:59 GMT', 200],
      [MODIFIED, 304],
      ['Thu, 01 Jan 2026 00:00:01 GMT', 304],
      ['yesterday', 200],
      ['', 200],
    ] as const)
      expect((await ask(LIST, { headers: { 'if-modified-since': since } })).status, since).toBe(status)
  })
})

test('HEAD has the headers of GET', async () => {
  for (const { address } of examples) {
    const [get, head] = await Promise.all([ask(address), ask(address, { method: 'HEAD' })])
    const { age: _a, 'x-request-id': _b, ...headersOfGet } = Object.fromEntries(get.headers)
    const { age: _c, 'x-request-id': _d, ...headersOfHead } = Object.fromEntries(head.headers)
    expect(headersOfHead, address).toEqual(headersOfGet)
  }
  const { statuses } = await both(LIST, { 'if-none-match': await tagOf(LIST) }, 'HEAD')
  expect(statuses).toEqual([304, 304])
})

test('a write gives new tags exactly to the responses whose content it changes', async () => {
  const all = async () =>
    Promise.all(
      examples.map(async ({ address }) => {
        const response = await ask(address)
        return { tag: response.headers.get('etag'), body: await response.text() }
      }),
    )
  for (const sql of [
    "UPDATE album SET disambiguation = 'other', updated_at = now() WHERE id = 1",
    "UPDATE artist SET name = name || '!' WHERE id = (SELECT artist_id FROM album_credit WHERE album_id = 1 LIMIT 1)",
    "UPDATE genre SET name = name || '!' WHERE id = (SELECT id FROM genre ORDER BY album_count DESC LIMIT 1)",
    'UPDATE playlist SET revision = revision + 1 WHERE id = 1',
    'UPDATE catalogue SET song_count = song_count + 1',
  ]) {
    const before = await all()
    await pool().query(sql)
    await catchUp()
    const after = await all()
    expect(after.some(({ body }, index) => body !== before[index]?.body)).toBe(true)
    for (const [index, { id }] of examples.entries())
      expect(before[index]?.tag === after[index]?.tag, `${id} after ${sql}`).toBe(
        before[index]?.body === after[index]?.body,
      )
  }
})

test('the stream of another catalogue with the same number of changes has another tag', async () => {
  const accept = { accept: 'application/x-ndjson' }
  const before = await tagOf('/albums?sort=title', accept)
  await pool().query("UPDATE revision SET changed_at = changed_at - interval '1 day'")
  apply(await readState(pool()))
  expect(await tagOf('/albums?sort=title', accept)).not.toBe(before)
})

test('a response has no Last-Modified while its second can still bring changes', async () => {
  await change('albums.filtered')
  expect((await ask(LIST)).headers.get('last-modified')).toBeNull()
})

test('the first request after an import shows it, in totals and numbered pages too', async () => {
  const addresses = ['/songs?limit=100&sort=title', '/albums?kind=live&page=2', '/genres', '/stats']
  const before = await Promise.all(addresses.map((address) => read(address)))
  const tag = await tagOf('/stats')
  await importInput(
    ndjson(
      [
        { type: 'song', id: 'new', title: '!', credits: [] },
        {
          type: 'album',
          id: 'new',
          title: '!',
          kind: 'live',
          genres: ['New kind'],
          credits: [],
          discs: [{ tracks: [{ song: 'new' }] }],
        },
      ],
      'later',
    ),
  )
  const after = await Promise.all(addresses.map((address) => read(address)))
  expect((await ask('/stats', { headers: { 'if-none-match': tag } })).status).toBe(200)
  for (const [index, { total }] of before.slice(0, 3).entries()) expect(after[index]?.total).toBe(total + 1)
  expect(after[0]?.items[0]?.title).toBe('!')
})
