import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { forget, forgetHere, tags } from '@/lib/cache/forget'
import { pool } from '@/lib/db/pool'
import { createTestDatabase } from '@/lib/db/testing/database'
import { API } from '@/lib/http/api/contract'
import { importInput, ndjson } from '@/lib/imports/testing'
import { unchanged } from './conditional'
import { operations } from './operations'
import { ask, matchOf, ORIGIN, read } from './testing/ask'
import { exampleAddresses, fill, fillExtremes, MERGED } from './testing/catalogue'

/** A client with the current version gets a 304; every other client gets the response. */

await createTestDatabase()
let examples: { id: string; address: string }[]

beforeAll(async () => {
  await fill(300)
  await fillExtremes(pool())
  // A resource changed within the current second has no Last-Modified yet.
  await pool().query("UPDATE revision SET changed_at = '2026-01-01T00:00:00.700Z'")
  examples = (await exampleAddresses(pool())).filter(({ id }) => id !== 'getRateLimit')
})
beforeEach(() => forgetHere())

/** Conditions that any version meets. */
const UNNAMED: Record<string, string>[] = [
  { 'if-none-match': '*' },
  { 'if-modified-since': 'Fri, 31 Dec 9999 23:59:59 GMT' },
]
const MODIFIED = 'Thu, 01 Jan 2026 00:00:00 GMT'
const LIST = '/albums?sort=title&limit=5'

const tagOf = async (address: string, headers: Record<string, string> = {}): Promise<string> =>
  (await ask(address, { headers })).headers.get('etag') ?? expect.fail(address)

/** The responses of the gate and of the route to the same conditions. */
async function both(address: string, headers: Record<string, string>, method: 'GET' | 'HEAD' = 'GET') {
  const url = address.startsWith('/') ? ORIGIN + API + address : address
  const request = new Request(url, { method, headers: { host: 'music.test', ...headers } })
  const early = await unchanged(request, matchOf(url), 'id')
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
    await forget(pool(), ['genres'])
    forgetHere()
    for (const [index, address] of STREAMS.entries()) {
      const { statuses } = await both(address, { ...accept, 'if-none-match': tags[index] ?? '' })
      expect(statuses, address).toEqual([null, 200])
    }
    await pool().query("UPDATE revision SET changed_at = '2026-01-01T00:00:00.700Z'")
    forgetHere()
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

test('a change gives new tags only to the resources that depend on it', async () => {
  for (const tag of tags) {
    const before = await Promise.all(examples.map(({ address }) => tagOf(address)))
    await forget(pool(), [tag])
    forgetHere()
    const after = await Promise.all(examples.map(({ address }) => tagOf(address)))
    for (const [index, { id }] of examples.entries()) {
      const isDependent = operations.find((operation) => operation.id === id)?.dependsOn.includes(tag)
      expect(before[index] !== after[index], `${id} after ${tag}`).toBe(isDependent)
    }
  }
})

test('another catalogue with the same number of changes has other versions', async () => {
  const before = await tagOf(LIST)
  await pool().query("UPDATE revision SET changed_at = changed_at - interval '1 day'")
  forgetHere()
  expect(await tagOf(LIST)).not.toBe(before)
})

test('a response has no Last-Modified while its second can still bring changes', async () => {
  await forget(pool(), ['albums'])
  forgetHere()
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
