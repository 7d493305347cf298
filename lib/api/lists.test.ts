import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase } from '@/lib/db/testing/database'
import { pathOf } from '@/lib/http/api/address'
import type { Contract } from '@/lib/http/api/contract'
import { choicesOf } from '@/lib/http/api/parameters'
import { operations } from './operations'
import { type ListPage, problemOf, read, readStream } from './testing/ask'
import { fill, fillExtremes, MBIDS } from './testing/catalogue'
import { expected, keyOf } from './testing/reference'
import { type KnownTexts, rightQuery } from './testing/values'

/**
 * Compares every list, in every order and with any filters, with the result of plain SQL: forwards, backwards, by page
 * and as a stream.
 */

const { pool } = await createTestDatabase()

const PAGING = ['limit', 'page', 'cursor']
const SHOWN = ['include', 'fields']
/** The maximum number of requests of one walk. */
const LONGEST_WALK = 8

/** Search results are not the rows of a table; search.test.ts tests them. */
const lists = operations.filter(({ line, section }) => line && section !== 'Search')
const known: KnownTexts = {}
/** Ids and slugs of parents with few, many and no items, by the first segment of the path. */
const parents: Record<string, string[]> = {}

beforeAll(async () => {
  await fill(300)
  await fillExtremes(pool)
  const values = async (sql: string) => (await pool.query<{ value: string }>(sql)).rows.map(({ value }) => `${value}`)
  const most = (table: string, count: string) => `(SELECT id FROM ${table} ORDER BY ${count} DESC, id LIMIT 1)`
  parents.artists = await values(`
    SELECT id AS value FROM (${most('artist', 'album_count')} UNION ${most('artist', 'song_count')}
      UNION (SELECT id FROM artist ORDER BY album_count, id LIMIT 1)) AS chosen`)
  parents.albums = await values(`
    SELECT id AS value FROM (${most('album', 'track_count')} UNION ${most('album', 'id')}) AS chosen`)
  parents.songs = await values(`
    SELECT id AS value FROM (${most('song', 'album_count')} UNION ${most('song', 'playlist_count')} UNION ${most('song', 'id')}) AS chosen`)
  parents.playlists = await values(`
    SELECT id AS value FROM (${most('playlist', 'item_count')} UNION (SELECT id FROM playlist ORDER BY item_count, id LIMIT 1)) AS chosen`)
  parents.genres = await values('SELECT slug AS value FROM genre ORDER BY album_count DESC LIMIT 4')
  known.genre = await values('SELECT slug AS value FROM genre')
  known.label = await values('SELECT DISTINCT label AS value FROM album WHERE label IS NOT NULL')
  known.artist = [...parents.artists, ...(await values('SELECT id AS value FROM artist ORDER BY id LIMIT 30'))]
  known.mbid = [...MBIDS, MBIDS[0]?.toUpperCase() ?? '', '00000000-0000-4000-8000-000000000000']
  known.isrc = ['GBAYE9700000', 'gb-aye-97-00001', 'USXXX0000000']
  known.externalId = ['syro:of:colons:s1', 'extremes:a1', 'extremes:b1', 'extremes:s1', 'extremes:p1', 'no:such', ':']
  const years = await values('SELECT DISTINCT year AS value FROM album WHERE year IS NOT NULL ORDER BY year')
  known.year = known.from = known.to = [...years, '1', '9999']
  const durations = await values(
    'SELECT duration_ms AS value FROM album UNION SELECT duration_ms FROM song WHERE duration_ms > 0 LIMIT 40',
  )
  known.minDuration = known.maxDuration = [...durations, '0', '2147483647']
  known.updatedSince = await values(
    `SELECT DISTINCT to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS value FROM song`,
  )
})

const parentsOf = ({ path }: Contract): (string | undefined)[] =>
  path.includes('{') ? (parents[path.split('/')[1] ?? ''] ?? []) : [undefined]

const addressOf = (
  { path, params, query }: Contract,
  of: string | undefined,
  values: Record<string, string>,
): string => {
  const [name = ''] = Object.keys(params.shape)
  const fields: Record<string, string> = 'fields' in query.shape ? { fields: 'id' } : {}
  return `${pathOf(path, { [name]: of }).replace(/^.*\/v1/, '')}?${new URLSearchParams({ ...fields, ...values })}`
}

/** Follows the links from one page to the end. */
async function walk(address: string, way: 'next' | 'previous'): Promise<ListPage[]> {
  const pages: ListPage[] = []
  for (let next: string | null = address; next !== null; ) {
    const page: ListPage = await read(next)
    pages.push(page)
    next = page[way]
    if (pages.length > 1_000) throw new Error(`${address} has no end`)
  }
  return pages
}

/** Reads a list in every way. @param limit items a page; raised for lists that would need too many requests. */
async function expectList(operation: Contract, of: string | undefined, query: Record<string, string>, limit: number) {
  const right = await expected(pool, operation.id, { of, query })
  const size = Math.max(limit, Math.ceil(right.length / LONGEST_WALK))
  const slices = Array.from({ length: Math.max(1, Math.ceil(right.length / size)) }, (_, page) =>
    right.slice(page * size, (page + 1) * size),
  )
  const address = addressOf(operation, of, { ...query, limit: `${size}` })
  const keys = (pages: ListPage[]) => pages.map(({ items }) => items.map((item) => keyOf(operation.id, item)))

  const forwards = await walk(address, 'next')
  expect(keys(forwards), address).toEqual(slices)
  for (const { total, limit } of forwards) expect({ total, limit }).toEqual({ total: right.length, limit: size })
  expect(forwards[0]?.previous).toBeNull()

  const last = forwards.at(-1)?.href ?? ''
  expect(keys(await walk(last, 'previous')), `${address}, back`).toEqual(slices.toReversed())

  const numbered: ListPage[] = []
  for (let page = 1; page <= slices.length; page++) numbered.push(await read(`${address}&page=${page}`))
  expect(keys(numbered), `${address}, by page`).toEqual(slices)
  for (const [index, { next, previous, total }] of numbered.entries()) {
    expect([previous !== null, next !== null], `${address}, page ${index + 1}`).toEqual([
      index > 0,
      index < slices.length - 1,
    ])
    expect(total).toBe(right.length)
  }
  if (numbered[1]?.previous) expect(keys([await read(numbered[1].previous)])).toEqual(slices.slice(0, 1))

  const lines = (await readStream(addressOf(operation, of, query))).map((item) => keyOf(operation.id, item))
  expect(lines, `${address}, as a stream`).toEqual(right)
}

const sortsOf = ({ query }: Contract): (string | undefined)[] =>
  query.shape.sort ? (choicesOf(query.shape.sort) ?? []) : [undefined]

describe('the complete list matches plain SQL:', () => {
  for (const operation of lists)
    for (const sort of sortsOf(operation))
      test(`${operation.id}${sort ? ` by ${sort}` : ''}`, async () => {
        for (const of of parentsOf(operation))
          for (const limit of sort?.startsWith('-') ? [30] : [1, 100])
            await expectList(operation, of, sort ? { sort } : {}, limit)
      })
})

describe('the filtered list matches plain SQL:', () => {
  for (const operation of lists.filter(({ query }) =>
    Object.keys(query.shape).some((name) => ![...PAGING, ...SHOWN].includes(name)),
  ))
    test(operation.id, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...parentsOf(operation)),
          rightQuery(operation, known, [...PAGING, ...SHOWN]),
          fc.constantFrom(1, 7, 100),
          (of, query, limit) => expectList(operation, of, query, limit),
        ),
        { numRuns: 8 },
      )
    })
})

test('the page after the last is empty, and links back', async () => {
  for (const operation of lists)
    for (const of of parentsOf(operation)) {
      const right = await expected(pool, operation.id, { of })
      for (const page of [Math.max(2, Math.ceil(right.length / 7) + 1), 2_147_483_647]) {
        const far: ListPage = await read(addressOf(operation, of, { limit: '7', page: `${page}` }))
        expect(far, operation.id).toMatchObject({ items: [], total: right.length, next: null })
        if (right.length === 0) expect(far.previous).toBeNull()
        else {
          const back: ListPage = await read(far.previous ?? '')
          expect(back.items.map((item) => keyOf(operation.id, item))).toEqual(
            right.slice(Math.floor((right.length - 1) / 7) * 7),
          )
        }
      }
    }
})

describe('a cursor', () => {
  const cursorOf = (address: string | null) => new URL(address ?? '').searchParams.get('cursor') ?? ''

  test('is valid for its list at any page size and with any fields', async () => {
    const { next, items } = await read('/albums?sort=title&limit=2')
    const cursor = cursorOf(next)
    for (const other of ['limit=5', 'limit=2&include=tracks', 'limit=2&fields=title'])
      expect((await read(`/albums?sort=title&cursor=${cursor}&${other}`)).items[0]?.id).not.toBe(items.at(-1)?.id)
  })

  test('is invalid for any other list, order or filter', async () => {
    const cursor = cursorOf((await read('/albums?sort=title&limit=2')).next)
    for (const address of [
      '/albums?',
      '/albums?sort=newest&',
      '/albums?sort=title&kind=live&',
      '/songs?sort=title&',
      `/artists/${parents.artists?.[0]}/albums?sort=title&`,
      '/genres?',
    ]) {
      const { status, type, errors } = await problemOf(`${address}cursor=${cursor}`)
      expect({ status, type }, address).toEqual({ status: 400, type: '/api/docs/problems#invalid-cursor' })
      expect(errors).toMatchObject([{ in: 'query', field: 'cursor' }])
    }
  })

  test('is refused if it was changed, or if the request has a page too', async () => {
    const { next } = await read('/songs?sort=popular&limit=2')
    const cursor = cursorOf(next)
    for (let at = 0; at < cursor.length; at++) {
      const changed = cursor.slice(0, at) + (cursor[at] === 'A' ? 'B' : 'A') + cursor.slice(at + 1)
      expect((await problemOf(`/songs?sort=popular&cursor=${changed}`)).type).toMatch(/#invalid-cursor$/)
    }
    expect((await problemOf(`/songs?sort=popular&cursor=${cursor}&page=2`)).errors?.[0]?.field).toBe('cursor')
  })

  test('is refused in a stream, as is a page', async () => {
    const accept = { accept: 'application/x-ndjson' }
    const cursor = cursorOf((await read('/songs?limit=2')).next)
    expect((await problemOf(`/songs?cursor=${cursor}`, accept)).errors?.[0]?.field).toBe('cursor')
    expect((await problemOf('/songs?page=2', accept)).errors?.[0]?.field).toBe('page')
  })
})
