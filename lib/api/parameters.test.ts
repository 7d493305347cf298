import { beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase } from '@/lib/db/testing/database'
import { updateIndex } from '@/lib/search/testing'
import { operations, parseRequest } from './operations'
import { ask, problemOf, read } from './testing/ask'
import { fill } from './testing/catalogue'

/** Parameters that several operations share: the notation of lists, and unknown values. */

const { pool } = await createTestDatabase()

let slugs: string[]
let merged: { id: number; into: number }

beforeAll(async () => {
  await fill(300)
  const { rows } = await pool.query<{ slug: string }>(
    'SELECT slug FROM genre WHERE album_count > 0 ORDER BY slug LIMIT 2',
  )
  slugs = rows.map(({ slug }) => slug)
  const client = await pool.connect()
  await updateIndex(client).finally(() => client.release())
  merged = { id: 2_000_000_000, into: 1 }
  await pool.query('INSERT INTO artist_redirect (id, artist_id) VALUES ($1, $2)', [merged.id, merged.into])
})

const idsOf = async (address: string) => (await read(`${address}&limit=100&fields=id`)).items.map(({ id }) => id)

describe('a list', () => {
  test('may be separated by commas, repeated, or both, and has one canonical address', async () => {
    const { href, total } = await read('/albums?kind=album,ep,live')
    for (const query of ['kind=album&kind=ep&kind=live', 'kind=live&kind=ep,album', 'kind=album,ep&kind=live,ep'])
      expect(await read(`/albums?${query}`), query).toMatchObject({ href, total })
    expect(await read('/artists/1?include=albums&include=songs&fields=albums&fields=name,songs')).toEqual(
      await read('/artists/1?include=albums,songs&fields=name,albums,songs'),
    )
  })

  test('of genres matches any of them', async () => {
    const [one = '', other = ''] = slugs
    for (const list of ['albums', 'songs']) {
      const either = new Set([...(await idsOf(`/${list}?genre=${one}`)), ...(await idsOf(`/${list}?genre=${other}`))])
      expect(new Set(await idsOf(`/${list}?genre=${other},${one}`)), list).toEqual(either)
      expect((await read(`/${list}?genre=${one}&genre=${other}`)).total, list).toBe(either.size)
    }
  })

  test('is the only kind of parameter that may be repeated', async () => {
    for (const value of ['limit=1&limit=2', 'sort=id&sort=title', 'label=a&label=b'])
      expect((await problemOf(`/albums?${value}`)).detail).toMatch(/is given twice\.$/)
  })
})

describe('an unknown value', () => {
  test('is named in the error, with the known values', async () => {
    for (const [address, field, text] of [
      ['/albums?genre=no-such', 'genre', 'genre is not known: “no-such”; known are '],
      [`/songs?genre=${slugs[0]},no-such,also-not`, 'genre', 'genre is not known: “also-not”, “no-such”; known are '],
      ['/search?q=a&genre=no-such', 'genre', 'genre is not known: “no-such”; known are '],
      ['/albums?artist=1999999999', 'artist', 'artist is not known: 1999999999; /artists lists'],
      ['/search?artist=100000000,1', 'artist', 'artist is not known: 100000000; /artists lists'],
      ['/songs?artist=2000000000', 'artist', 'artist is not known: 2000000000, which was merged into 1; '],
      ['/albums?label=No%20such', 'label', 'label is not known: “No such”; '],
      ['/albums?kind=live,loud', 'kind', 'kind must be one of album, ep, '],
      ['/search?kind=label', 'kind', '; “label” is not.'],
      ['/albums?sort=-loudest', 'sort', '; “-loudest” is not.'],
      ['/search?decade=1993', 'decade', 'decade must be a multiple of 10'],
      [`/songs?ids=${Array.from({ length: 101 }, (_, id) => id + 1)}`, 'ids', 'ids must have at most 100 values.'],
      [`/songs?isrc=${Array(101).fill('GBAYE6700123')}`, 'isrc', 'isrc must have at most 100 values.'],
    ] as const) {
      const { status, detail, errors } = await problemOf(address)
      expect({ status, detail }, address).toEqual({ status: 400, detail: expect.stringContaining(text) })
      expect(errors, address).toMatchObject([{ in: 'query', field }])
    }
    expect((await problemOf('/albums?genre=no-such')).errors?.[0]?.allowed).toEqual(expect.arrayContaining(slugs))
  })

  test('is refused in a stream, and after a response was cached', async () => {
    const headers = { accept: 'application/x-ndjson' }
    expect((await problemOf('/albums?genre=no-such', headers)).status).toBe(400)
    await read(`/albums?genre=${slugs[0]}`)
    expect((await problemOf('/albums?genre=no-such')).status).toBe(400)
  })
})

describe('search', () => {
  type FoundRows = { total: number; facets: Record<string, { value: string; hits: number }[]> }

  test('accepts and returns genres as slugs, as lists do', async () => {
    const { facets } = await read<FoundRows>('/search?q=&kind=album')
    const known = (await read('/genres?limit=100')).items.map(({ slug }) => slug)
    expect(facets.genre?.length).toBeGreaterThan(0)
    for (const { value, hits } of facets.genre ?? []) {
      expect(known).toContain(value)
      expect((await read<FoundRows>(`/search?kind=album&genre=${value}`)).total, value).toBe(hits)
    }
  })

  test('accepts other spellings, and returns the documented one', async () => {
    const { href } = await read('/search?q=a&color=gray,red&sort=popularity')
    expect(new URL(href).search).toBe('?q=a&color=red%2Cgrey&sort=popular')
    const { items } = await read('/genres?limit=1')
    const { total } = await read<FoundRows>(`/search?genre=${items[0]?.slug}`)
    expect((await read<FoundRows>(`/search?genre=${items[0]?.id}`)).total).toBe(total)
  })
})

test('deprecated parameters work, are announced as deprecated, and are in the document', async () => {
  const notices = (path: string) => parseRequest('GET', `/api/v1${path}`)?.notices ?? {}
  const headers = { deprecation: '@1795996800', sunset: 'Tue, 30 Nov 2027 00:00:00 GMT' }
  for (const query of ['sort=popularity', 'genre=12', 'genre=rock&genre=12', 'genre=rock,12'])
    expect(notices(`/search?q=a&${query}`), query).toEqual(headers)
  for (const path of ['/search?sort=popular', '/search?genre=80s', '/albums?sort=popular', '/nothing'])
    expect(notices(path), path).toEqual({})
  const [{ path } = expect.fail()] = operations.filter(({ deprecated }) => deprecated)
  const described = await (await ask('/openapi.json')).text()
  expect(JSON.parse(described).paths[path].get.parameters).toContainEqual(
    expect.objectContaining({ name: 'sort', description: expect.stringContaining('Deprecated since 2026-11-30') }),
  )
})

test('a genre is unknown in a catalogue without genres', async () => {
  await pool.query('TRUNCATE genre CASCADE')
  const { detail, errors } = await problemOf('/albums?genre=none-has-it')
  expect(detail).toBe('genre is not known: “none-has-it”; there are no genres.')
  expect(errors?.[0]?.allowed).toEqual([])
})
