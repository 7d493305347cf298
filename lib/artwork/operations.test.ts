import { readdir, rm } from 'node:fs/promises'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { decoderPool } from '@/lib/artwork/decoding/decoder-pool'
import { storage } from '@/lib/artwork/storage/storage'
import { album as albumRoute } from '@/lib/catalogue/albums/operations'
import { createTestDatabase } from '@/lib/db/testing/database'
import { dispatcher } from '@/lib/http/api/dispatch'
import type { Route } from '@/lib/http/api/endpoint'
import { requestParser } from '@/lib/http/api/request'
import { CALLER, type Caller, writeCaller } from '@/lib/http/gate/caller'
import { albumArtwork, noAlbumArtwork } from './operations'
import { claiming, plain, SVG } from './testing'

/** Set before lib/env.ts is loaded and reads it. */
const dataDir = await vi.hoisted(async () => {
  const folder = await (await import('@/lib/db/testing/scratch')).makeScratch('artwork-api')
  process.env.SYRO_DATA_DIR = folder
  return folder
})

const { pool } = await createTestDatabase()
afterAll(async () => {
  decoderPool().end()
  await rm(dataDir, { recursive: true, force: true })
})

const OPERATOR: Caller = { kind: 'key', id: 1, userId: 1, role: 'operator' }
const LISTENER: Caller = { kind: 'key', id: 2, userId: 2, role: 'listener' }
const NOBODY: Caller = { kind: 'anonymous', network: '192.0.2.1' }

const routes = [albumRoute, albumArtwork, noAlbumArtwork]
const answer = dispatcher(
  requestParser(routes.map(({ contract }) => contract)),
  new Map(routes.map((route) => [route.contract.id, route])),
)

type Sent = {
  body?: Uint8Array<ArrayBuffer>
  type?: string
  as?: Caller
  query?: string
  headers?: Record<string, string>
}

async function send(
  route: Route,
  id: number | string,
  { body, type, as = OPERATOR, query = '', headers = {} }: Sent = {},
) {
  const request = new Request(`http://music.test/api/v1/albums/${id}/artwork${query}`, {
    method: route.contract.method,
    headers: {
      host: 'music.test',
      [CALLER]: writeCaller(as),
      ...(type !== undefined && { 'content-type': type }),
      ...headers,
    },
    ...(body && { body }),
  })
  const response = await answer(request)
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined }
}
const put = async (id: number | string, body: Buffer, sent: Sent = {}) =>
  send(albumArtwork, id, { ...sent, body: new Uint8Array(body) })

async function shown(): Promise<{ artwork: unknown; updatedAt: string }> {
  const request = new Request('http://music.test/api/v1/albums/1', {
    headers: { host: 'music.test', [CALLER]: writeCaller(NOBODY) },
  })
  return (await answer(request)).json()
}

beforeEach(async () => {
  await pool.query('TRUNCATE album, album_artwork, album_colour, artwork, album_redirect CASCADE')
  await pool.query(`INSERT INTO album (id, title, sort_key, updated_at) VALUES (1, 'A', 'a', 'epoch')`)
  await pool.query('INSERT INTO album_redirect (id, album_id) VALUES (7, 1)')
})

test('an operator sets a cover, which everybody sees, and deletes it', async () => {
  expect((await shown()).artwork).toBeNull()
  const { status, body } = await put(1, await plain('#e50000', 300, 200), { type: 'image/png' })
  expect(status).toBe(200)
  expect(body).toMatchObject({
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    width: 300,
    height: 200,
    thumbHash: expect.stringMatching(/^[\w+/]+=*$/),
    colours: [{ hex: '#e50000', share: 1 }],
    source: 'operator',
    freshUntil: null,
    stale: false,
  })
  expect(body.variants).toHaveLength(9)
  expect(body.variants[0]).toEqual({
    url: `http://music.test/artwork/${body.hash}/96.avif`,
    type: 'image/avif',
    width: 96,
    height: 64,
  })
  expect(body.variants[8]).toMatchObject({ type: 'image/jpeg', width: 300, height: 200 })
  expect((await (await storage()).names(body.hash)).length).toBe(9)
  expect(await readdir(dataDir)).toEqual(['artwork'])
  const album = await shown()
  expect(album.artwork).toEqual(body)
  expect(album.updatedAt > '2000').toBe(true)

  expect(await send(noAlbumArtwork, 1)).toMatchObject({ status: 204, body: undefined })
  expect((await shown()).artwork).toBeNull()
  expect((await send(noAlbumArtwork, 1)).status).toBe(404)
})

test('only operators may set or delete covers', async () => {
  const picture = await plain('blue')
  const anonymous = await put(1, picture, { as: NOBODY })
  expect([anonymous.status, anonymous.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="SyroMusic"'])
  expect((await put(1, picture, { as: LISTENER })).status).toBe(403)
  expect((await send(noAlbumArtwork, 1, { as: LISTENER })).status).toBe(403)
  expect((await shown()).artwork).toBeNull()
})

test('an unknown album is a 404; a merged id redirects', async () => {
  const picture = await plain('blue')
  for (const id of [2, 0, 'x', 99_999_999_999]) expect((await put(id, picture)).status, `${id}`).toBe(404)
  const moved = await put(7, picture)
  expect([moved.status, moved.headers.get('location')]).toEqual([308, 'http://music.test/api/v1/albums/1/artwork'])
  expect((await send(noAlbumArtwork, 7)).status).toBe(308)
  expect((await shown()).artwork).toBeNull()
})

for (const [what, make, type, status, detail] of [
  ['SVG', async () => SVG, 'image/svg+xml', 415, /takes image\/jpeg, image\/png, image\/gif, image\/webp, image\/avif/],
  ['SVG declared as PNG', async () => SVG, 'image/png', 415, /has another type/],
  ['JSON', async () => Buffer.from('{}'), 'application/json', 415, /takes image/],
  ['an empty body', async () => Buffer.alloc(0), 'image/png', 422, /empty/],
  [
    'a decompression bomb',
    async () => claiming(100_000, 100_000),
    'image/png',
    422,
    /can’t be used\. It can’t be decoded/,
  ],
  ['a truncated picture', async () => (await plain('red', 500)).subarray(0, 200), '', 422, /can’t be decoded/],
  ['a body over 20 MiB', async () => Buffer.alloc(20 * 1024 ** 2 + 1), 'image/png', 413, /20971520 bytes/],
] as const)
  test(`refuses ${what} with ${status}, and the album keeps its cover`, async () => {
    await put(1, await plain('gold'))
    const before = await shown()
    const answer = await put(1, await make(), { type })
    expect(answer.status).toBe(status)
    expect(answer.body.detail).toMatch(detail)
    expect(await shown()).toEqual(before)
  })

test('detects the type from the first bytes', async () => {
  for (const type of ['image/jpeg', 'application/octet-stream', 'IMAGE/PNG; x=y'])
    expect((await put(1, await plain('red'), { type })).status, type).toBe(200)
})

describe('conditions', async () => {
  const [red, blue] = await Promise.all([plain('red'), plain('blue')])
  const OTHER = `"${'0'.repeat(64)}"`

  test.each([
    [{ 'if-match': '*' }, 412, 200],
    [{ 'if-match': OTHER }, 412, 412],
    [{ 'if-match': 'CURRENT' }, 412, 200],
    [{ 'if-match': `${OTHER}, CURRENT` }, 412, 200],
    [{ 'if-match': 'W/CURRENT' }, 412, 412],
    [{ 'if-match': 'nonsense' }, 412, 412],
    [{ 'if-none-match': '*' }, 200, 412],
    [{ 'if-none-match': OTHER }, 200, 200],
    [{ 'if-none-match': 'W/CURRENT' }, 200, 412],
  ])('%j: %i without a cover, %i with one', async (conditions, without, withOne) => {
    const headersFor = (current: string) =>
      Object.fromEntries(Object.entries(conditions).map(([name, value]) => [name, value.replace('CURRENT', current)]))
    const first = await put(1, blue, { headers: headersFor('"none"') })
    expect(first.status).toBe(without)
    await send(noAlbumArtwork, 1)
    const etag = (await put(1, red)).headers.get('etag') ?? ''
    expect(etag).toMatch(/^"[0-9a-f]{64}"$/)
    const before = await shown()
    const second = await put(1, blue, { headers: headersFor(etag) })
    expect(second.status).toBe(withOne)
    if (withOne === 412) {
      expect(second.body).toMatchObject({ type: '/api/docs/problems#precondition-failed', errors: [{ in: 'header' }] })
      expect(await shown()).toEqual(before)
    } else await put(1, red)
    expect((await send(noAlbumArtwork, 1, { headers: headersFor(etag) })).status).toBe(withOne === 412 ? 412 : 204)
  })

  test('are ignored if there is no cover to delete or the picture is refused', async () => {
    expect((await send(noAlbumArtwork, 1, { headers: { 'if-match': '*' } })).status).toBe(404)
    expect((await put(1, SVG, { headers: { 'if-match': OTHER } })).status).toBe(415)
  })

  test('let one of two concurrent first uploads win', async () => {
    const answers = await Promise.all([red, blue].map((body) => put(1, body, { headers: { 'if-none-match': '*' } })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412])
  })
})

test('refuses unknown parameters', async () => {
  expect((await put(1, await plain('red'), { query: '?force=1' })).body).toMatchObject({
    status: 400,
    errors: [{ in: 'query', field: 'force' }],
  })
})
