import { beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase } from '@/lib/db/testing/database'
import { pathOf } from '@/lib/http/api/address'
import { choicesOf } from '@/lib/http/api/parameters'
import { operations } from './operations'
import { ask, type ListPage, ORIGIN, problemOf, read, readStream } from './testing/ask'
import { fill, fillExtremes, MERGED } from './testing/catalogue'
import { expected, keyOf } from './testing/reference'

/** The shape of a resource: `include`, `fields`, and redirects from merged ids. */

const { pool } = await createTestDatabase()

beforeAll(async () => {
  await fill(300)
  await fillExtremes(pool)
})

type Embedded = { items: { [name: string]: unknown }[]; total: number; next: string | null }
type Thing = { id: number; [name: string]: unknown }

/** Items in an embedded list. The resources of `fillExtremes` have more of each kind. */
const EMBEDDED = 25

/** The operation of an embedded list, by the address of its next page. */
const listOf = (next: string) =>
  operations.find(({ path, line }) => line && new RegExp(`/v1${path.replace(/\{\w+\}/, '\\d+')}\\?`).test(next)) ??
  expect.fail(next)

async function rest(next: string | null): Promise<ListPage['items']> {
  const items: ListPage['items'] = []
  for (let address = next; address !== null; ) {
    const page: ListPage = await read(address)
    items.push(...page.items)
    address = page.next
  }
  return items
}

const lists = operations.filter(({ query, line }) => line && 'include' in query.shape)

describe('an embedded list', () => {
  for (const { id, path, query } of lists.filter(({ path }) => !path.includes('{')))
    for (const include of choicesOf(query.shape.include) ?? [])
      test(`of ${include} in ${id} has the first items and a link to the rest`, async () => {
        let long = 0
        for (let address: string | null = `${path}?include=${include}&limit=100`; address !== null; ) {
          const page: ListPage = await read(address)
          for (const item of page.items as Thing[]) {
            const { items, total, next } = item[include] as Embedded
            expect(items).toHaveLength(Math.min(total, EMBEDDED))
            expect(next === null).toBe(total <= EMBEDDED)
            if (next === null || long > 2) continue
            long++
            const { id: list } = listOf(next)
            const { sort } = Object.fromEntries(new URL(next).searchParams)
            const keys = [...items, ...(await rest(next))].map((each) => keyOf(list, each))
            expect(keys).toEqual(await expected(pool, list, { of: `${item.id}`, query: sort ? { sort } : {} }))
            expect(total).toBe(keys.length)
          }
          address = page.next
        }
        expect(long).toBeGreaterThan(0)
      })

  test('is the same in lists, in nested lists and in a single resource', async () => {
    const album: Thing = await read('/albums/1?include=artists,credits,genres,tracks')
    const { items } = await read('/albums?include=tracks,genres,credits,artists&limit=1')
    expect(items).toEqual([album])
    const song: Thing = await read('/songs/1?include=albums')
    const [shown] = (song.albums as Embedded).items
    expect((await read('/songs/1/albums?limit=1')).items[0]).toEqual(shown)
  })

  test('is empty without items', async () => {
    const { rows } = await pool.query<{ id: number }>(
      "INSERT INTO artist (name, sort_name, sort_key) VALUES ('Nobody', 'Nobody', 'nobody') RETURNING id",
    )
    const none = { items: [], total: 0, next: null }
    expect(await read(`/artists/${rows[0]?.id}?include=albums,songs`)).toMatchObject({ albums: none, songs: none })
    await pool.query("DELETE FROM artist WHERE name = 'Nobody'")
  })
})

describe('fields', () => {
  test('select the named fields, id and address, and leave out other embedded lists', async () => {
    const { items } = await read('/albums?fields=title,label&limit=1')
    expect(Object.keys(items[0] ?? {}).toSorted()).toEqual(['href', 'id', 'label', 'title'])
    const alone: Thing = await read('/albums/1?fields=title,tracks&include=tracks,credits')
    expect(Object.keys(alone).toSorted()).toEqual(['href', 'id', 'title', 'tracks'])
    const stream = await readStream('/albums?fields=title&include=tracks')
    expect(new Set(stream.flatMap(Object.keys))).toEqual(new Set(['id', 'href', 'title']))
    expect(Object.keys(await read('/albums/1?fields=tracks')).toSorted()).toEqual(['href', 'id'])
  })

  test('that are unknown are named in the error, with the known ones', async () => {
    for (const { path, query } of operations.filter(({ query }) => 'fields' in query.shape))
      for (const [name, right] of Object.entries(query.shape).filter(([, schema]) => choicesOf(schema))) {
        const address = path.replace('{id}', '1').replace('{slug}', 'rock')
        const { errors, detail } = await problemOf(`${address}?${name}=nothing`)
        expect(errors).toMatchObject([{ in: 'query', field: name, allowed: choicesOf(right) }])
        expect(detail).toContain(name)
      }
  })
})

describe('a merged id', () => {
  for (const { id, path, query } of operations.filter(({ moves }) => moves))
    test(`redirects to the remaining resource with the same query: ${id}`, async () => {
      const kind = path.split('/')[1]?.slice(0, -1)
      const { rows } = await pool.query<{ id: number }>(`SELECT max(id) AS id FROM ${kind}`)
      const now = rows[0]?.id ?? 0
      const include = choicesOf(query.shape.include ?? query)?.[0]
      const search = include ? `?include=${include}` : 'limit' in query.shape ? '?limit=3' : ''
      for (const accept of ['application/json', 'application/x-ndjson']) {
        if (accept !== 'application/json' && !('limit' in query.shape)) continue
        const response = await ask(ORIGIN + pathOf(path, { id: MERGED }) + search, { headers: { accept } })
        const href = ORIGIN + pathOf(path, { id: now }) + search
        expect(response.status).toBe(308)
        expect(response.headers.get('location')).toBe(href)
        expect(await response.json()).toEqual({ id: MERGED, movedTo: now, href })
        expect((await ask(href)).status).toBe(200)
      }
    })
})

test('values are plain strings, numbers and nulls', async () => {
  const id = async (where: string) =>
    (await pool.query<{ id: number }>(`SELECT id FROM album WHERE ${where} LIMIT 1`)).rows[0]?.id ?? 0
  for (const [where, releaseDate] of [
    ['year IS NULL', { year: null, month: null, day: null, text: null, precision: null }],
    ['year = 1990 AND month IS NULL', { year: 1990, month: null, day: null, text: '1990', precision: 'year' }],
    [
      'year = 1990 AND month = 5 AND day IS NULL',
      { year: 1990, month: 5, day: null, text: '1990-05', precision: 'month' },
    ],
    ['year = 1990 AND month = 5 AND day = 21', { year: 1990, month: 5, day: 21, text: '1990-05-21', precision: 'day' }],
  ] as const)
    expect(await read<Thing>(`/albums/${await id(where)}`)).toMatchObject({ releaseDate })
  const { rows } = await pool.query<{ id: number }>(
    'SELECT song_id AS id FROM song_credit GROUP BY song_id ORDER BY count(*) DESC LIMIT 1',
  )
  const { credits, ...song } = await read<Thing>(`/songs/${rows[0]?.id}?include=credits`)
  expect(song).toMatchObject({ title: 'Twice 0', durationMs: null, disambiguation: null, composer: null, listens: 0 })
  expect((credits as Embedded).items.slice(0, 2)).toMatchObject([
    { name: 'Same 0', joinPhrase: ', ', role: 'artist', artist: { name: 'Same 0' } },
    { name: 'Same 1', joinPhrase: ', ', role: 'artist', artist: { name: 'Same 1' } },
  ])
  expect(song.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
})

test('links to pages are in the Link header too', async () => {
  const { next, previous, href } = await read('/songs?limit=5&page=2&fields=title&include=genres')
  const { headers } = await ask(href)
  expect(headers.get('link')).toBe(`<${next}>; rel="next", <${previous}>; rel="prev"`)
  expect((await ask('/songs/1')).headers.get('link')).toBeNull()
})
