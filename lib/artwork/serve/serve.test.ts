import { createServer } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Storage } from '@/lib/artwork/storage/storage'
import { applyChange, currentChange } from '@/lib/cache/changes/recent'
import type { PictureSize } from '@/lib/catalogue/artwork/variants'
import { AppError } from '@/lib/errors'
import { createArtworkFront } from './front'
import { artworkOrigin } from './origin'
import { rangeOf } from './range'

const HASH = 'c0'.repeat(32)
const BODY = Buffer.from('0123456789')

const files = new Map<string, Buffer>()
const dimensions = new Map<string, PictureSize>()
const reads: string[] = []
const lookUps: string[] = []
const errors: string[] = []
const clock = { now: Date.UTC(2026, 0, 1) }
let fault: 'none' | 'database' | 'storage' = 'none'

const storage: Pick<Storage, 'read'> = {
  read: async (hash, name) => {
    reads.push(name)
    if (fault === 'storage') throw new AppError('unavailable', 'The bucket is gone')
    return files.get(`${hash}/${name}`) ?? null
  },
}
const { origin, clearSizes } = artworkOrigin({
  storage: async () => storage,
  findPictureSize: async (hash) => {
    lookUps.push(hash)
    if (fault === 'database') throw new Error('The database is gone')
    return dimensions.get(hash) ?? null
  },
  drawn: { draw: async (albumId, mark) => (albumId === 7 ? BODY : mark === 'ffffffff' ? 'busy' : null) },
  now: () => clock.now,
  onError: (error) => errors.push(String(error)),
})
const front = createArtworkFront({
  origin,
  headers: { 'x-content-type-options': 'nosniff' },
  maxBytes: 1_000_000,
  keepAlive: 5_000,
  now: () => clock.now,
  onError: (error) => errors.push(String(error)),
})
const server = createServer(front)
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const { port } = server.address() as { port: number }
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

/** Applies a change that the log reports. */
const change = (name: string) => applyChange({ number: currentChange() + 1, changedAt: clock.now, names: [name] })

beforeEach(() => {
  change('artwork')
  files.clear()
  dimensions.clear()
  clock.now += 120_000
  for (const list of [reads, lookUps, errors]) list.length = 0
  fault = 'none'
  dimensions.set(HASH, { width: 300, height: 200 })
  for (const name of ['96.webp', '96.avif', '250.avif', '500.jpg']) files.set(`${HASH}/${name}`, BODY)
})

const ask = (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${port}${path}`, init)
const url = (name = '96.webp') => `/artwork/${HASH}/${name}`

test('a picture is immutable and public', async () => {
  const response = await ask(url())
  expect(response.status).toBe(200)
  expect(Buffer.from(await response.arrayBuffer())).toEqual(BODY)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'image/webp',
    'content-length': '10',
    'cache-control': 'public, max-age=31536000, immutable',
    'accept-ranges': 'bytes',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
    etag: expect.stringMatching(/^"[^"]+"$/),
  })
  expect(response.headers.get('vary')).toBeNull()
  expect((await ask(url('250.avif'))).headers.get('content-type')).toBe('image/avif')
  expect((await ask(url('500.jpg'))).headers.get('content-type')).toBe('image/jpeg')
})

test('a generated cover is an immutable PNG; other addresses are not found, a full queue is 503', async () => {
  const response = await ask('/artwork/drawn/7-0123abcd.png')
  expect(response.status).toBe(200)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'image/png',
    'cache-control': 'public, max-age=31536000, immutable',
    'cross-origin-resource-policy': 'cross-origin',
  })
  for (const name of [
    '8-0123abcd.png',
    '7-0123ABCD.png',
    '7-0123abcd.jpg',
    '07-0123abcd.png',
    '99999999999-0123abcd.png',
  ])
    expect((await ask(`/artwork/drawn/${name}`)).status, name).toBe(404)
  const busy = await ask('/artwork/drawn/8-ffffffff.png')
  expect([busy.status, busy.headers.get('retry-after'), busy.headers.get('cache-control')]).toEqual([
    503,
    '5',
    'no-store',
  ])
})

test('reads a picture once, whatever its query string', async () => {
  for (const path of [url(), url(), `${url()}?v=1`, `${url()}?v=2`]) await ask(path)
  expect(reads).toEqual(['96.webp'])
  expect(lookUps).toEqual([HASH])
  change('albums.filtered')
  await ask(url())
  expect(reads.length).toBe(1)
  change('artwork')
  await ask(url())
  expect(reads.length).toBe(2)
})

test('HEAD has the headers of GET and no body', async () => {
  const [head, get] = [await ask(url(), { method: 'HEAD' }), await ask(url())]
  expect(await head.text()).toBe('')
  for (const name of ['content-length', 'content-type', 'etag', 'cache-control'])
    expect(head.headers.get(name), name).toBe(get.headers.get(name))
})

test('answers If-None-Match with 304 and a failed If-Match with 412', async () => {
  const etag = (await ask(url())).headers.get('etag') ?? ''
  for (const tag of [etag, `"x", ${etag}`, '*', `W/${etag}`]) {
    const known = await ask(url(), { headers: { 'if-none-match': tag, range: 'bytes=0-1' } })
    expect([known.status, await known.text()]).toEqual([304, ''])
    expect(known.headers.get('etag')).toBe(etag)
  }
  expect((await ask(url(), { headers: { 'if-none-match': '"x"' } })).status).toBe(200)
  expect((await ask(url(), { headers: { 'if-match': etag } })).status).toBe(200)
  expect((await ask(url(), { headers: { 'if-match': '"x"' } })).status).toBe(412)
  expect((await ask(url(), { headers: { 'if-match': `W/${etag}` } })).status).toBe(412)
  // If-Match comes before If-None-Match, which comes before Range.
  expect((await ask(url(), { headers: { 'if-match': '"x"', 'if-none-match': etag } })).status).toBe(412)
  expect((await ask(url(), { headers: { 'if-match': etag, 'if-none-match': etag } })).status).toBe(304)
  expect((await ask(url(), { headers: { range: 'bytes=0-1', 'if-none-match': '"x"' } })).status).toBe(206)
})

test('responses to authorized requests are private, others stay public', async () => {
  for (const headers of [{}, { range: 'bytes=0-3' }, { 'if-none-match': '"x"' }] as Record<string, string>[]) {
    const signed = await ask(url(), { headers: { ...headers, authorization: 'Basic YTpi' } })
    expect(signed.ok).toBe(true)
    expect(signed.headers.get('cache-control')).toBe('private, max-age=31536000, immutable')
  }
  expect((await ask(url())).headers.get('cache-control')).toMatch(/^public/)
})

test('the RSC header makes no other cache entry', async () => {
  for (const rsc of ['1', '2', 'x'.repeat(1000)]) expect((await ask(url(), { headers: { rsc } })).status).toBe(200)
  expect(reads).toEqual(['96.webp'])
})

test('scripts of other sites can read errors', async () => {
  for (const [path, init] of [
    [url('97.webp'), {}],
    [url(), { headers: { range: 'bytes=10-' } }],
    [url(), { headers: { 'if-match': '"x"' } }],
    [url(), { method: 'POST', body: 'x' }],
  ] as [string, RequestInit][]) {
    const { status, headers } = await ask(path, init)
    expect([status >= 400, headers.get('access-control-allow-origin')]).toEqual([true, '*'])
  }
})

for (const [range, status, body, contentRange] of [
  ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
  ['bytes=8-', 206, '89', 'bytes 8-9/10'],
  ['bytes=-3', 206, '789', 'bytes 7-9/10'],
  ['bytes=-30', 206, '0123456789', 'bytes 0-9/10'],
  ['bytes=5-99', 206, '56789', 'bytes 5-9/10'],
  ['bytes=10-', 416, '', 'bytes */10'],
  ['bytes=-0', 416, '', 'bytes */10'],
  ['bytes=5-2', 200, '0123456789', null],
  ['bytes=0-1,4-5', 200, '0123456789', null],
  ['bytes=-', 200, '0123456789', null],
  ['lines=0-1', 200, '0123456789', null],
] as const)
  test(`Range: ${range} is answered with ${status}`, async () => {
    const response = await ask(url(), { headers: { range } })
    expect([response.status, await response.text(), response.headers.get('content-range')]).toEqual([
      status,
      body,
      contentRange,
    ])
    if (status === 206) {
      expect(response.headers.get('content-length')).toBe(String(body.length))
      expect(response.headers.get('etag')).toBe((await ask(url())).headers.get('etag'))
      expect(response.headers.get('content-type')).toBe('image/webp')
    }
  })

test('If-Range of another version gets the whole picture, and HEAD ignores Range', async () => {
  const etag = (await ask(url())).headers.get('etag') ?? ''
  const part = (condition: string) => ask(url(), { headers: { range: 'bytes=0-1', 'if-range': condition } })
  expect((await part(etag)).status).toBe(206)
  expect((await part('"x"')).status).toBe(200)
  expect((await part('Thu, 01 Jan 2026 00:00:00 GMT')).status).toBe(200)
  const head = await ask(url(), { method: 'HEAD', headers: { range: 'bytes=0-1' } })
  expect([head.status, head.headers.get('content-length')]).toEqual([200, '10'])
})

test('a huge first byte is past the end', () => {
  expect(rangeOf('bytes=99999999999999999999-', 10)).toBe('none')
  expect(rangeOf(undefined, 10)).toBeNull()
})

for (const path of [
  `/artwork/${HASH}/97.webp`,
  `/artwork/${HASH}/096.webp`,
  `/artwork/${HASH}/96.png`,
  `/artwork/${HASH}/96`,
  `/artwork/${HASH}/`,
  `/artwork/${HASH.toUpperCase()}/96.webp`,
  `/artwork/${HASH.slice(1)}/96.webp`,
  `/artwork/${HASH}/96.webp/`,
  `/artwork/`,
  `/artwork/%2e%2e/96.webp`,
  `/artwork/${HASH}/..%2f96.webp`,
])
  test(`${path.replace(HASH, '<hash>')} is a 404 without a lookup`, async () => {
    const response = await ask(path)
    expect([response.status, response.headers.get('cache-control')]).toEqual([404, 'no-store'])
    expect((await ask(path, { headers: { range: 'bytes=0-1' } })).status).toBe(404)
    expect([reads, lookUps, errors]).toEqual([[], [], []])
  })

test('a path that leaves the folder is a 404', async () => {
  const socket = connect(port, '127.0.0.1')
  socket.end('GET /artwork/../../etc/passwd HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 404 /)
})

test('unknown hashes and sizes cost one lookup a minute', async () => {
  const unknown = `/artwork/${'d'.repeat(64)}/96.webp`
  for (let times = 0; times < 3; times++) expect((await ask(unknown)).status).toBe(404)
  dimensions.set(HASH, { width: 90, height: 90 })
  for (const size of ['250', '500', '1000']) expect((await ask(url(`${size}.avif`))).status).toBe(404)
  expect(lookUps).toEqual(['d'.repeat(64), HASH])
  expect(reads).toEqual([])
  expect(errors).toEqual([])
  clock.now += 61_000
  dimensions.set('d'.repeat(64), { width: 9, height: 9 })
  files.set(`${'d'.repeat(64)}/96.webp`, BODY)
  expect((await ask(unknown)).status).toBe(200)
})

test('a picture missing from the storage is a 404, logged once a minute', async () => {
  files.clear()
  for (let times = 0; times < 3; times++) expect((await ask(url())).status).toBe(404)
  expect(errors).toEqual([expect.stringContaining(`lost /artwork/${HASH}/96.webp`)])
  clock.now += 61_000
  expect((await ask(url())).status).toBe(404)
  expect(errors).toHaveLength(2)
})

test('a missing file affects no other file of the picture', async () => {
  files.delete(`${HASH}/96.webp`)
  expect((await ask(url())).status).toBe(404)
  expect((await ask(url('250.avif'))).status).toBe(200)
})

test('a picture that is added again is served immediately', async () => {
  const found = [...files]
  files.clear()
  dimensions.clear()
  expect((await ask(url())).status).toBe(404)
  dimensions.set(HASH, { width: 300, height: 200 })
  clearSizes()
  expect((await ask(url())).status).toBe(404)
  for (const [name, bytes] of found) files.set(name, bytes)
  clearSizes()
  expect((await ask(url())).status).toBe(200)
})

test('serves pictures without the database; without the storage, cached ones, and 503 for the rest', async () => {
  fault = 'database'
  expect((await ask(url())).status).toBe(200)
  fault = 'storage'
  const failed = await ask(url('96.avif'))
  expect([failed.status, failed.headers.get('retry-after'), failed.headers.get('cache-control')]).toEqual([
    503,
    '5',
    'no-store',
  ])
  expect((await ask(url('96.avif'), { headers: { range: 'bytes=0-1' } })).status).toBe(503)
  // Cached, and then stale.
  expect((await ask(url())).status).toBe(200)
  change('artwork')
  expect((await ask(url())).status).toBe(200)
  fault = 'none'
  expect((await ask(url('96.avif'))).status).toBe(200)
})

test('refuses other methods than GET and HEAD', async () => {
  const response = await ask(url(), { method: 'POST', body: 'x' })
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
})
