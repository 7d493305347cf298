import { beforeAll, describe, expect, test } from 'vitest'
import { OPERATOR, removeCover, setCovers } from '@/lib/artwork/write'
import { doubtAll } from '@/lib/cache/changes/recent'
import { withClient } from '@/lib/db/testing/client'
import { createTestDatabase } from '@/lib/db/testing/database'
import { runImport } from '@/lib/imports/run'
import { syntheticInput } from '@/lib/imports/synthetic/reader'
import { SearchHit, type SearchResult } from '@/lib/search/contract'
import { sorts } from '@/lib/search/find/order'
import { facets } from '@/lib/search/index/document'
import { rebuildIndex } from '@/lib/search/index/update'
import { updateIndex } from '@/lib/search/testing'
import { type ListPage, problemOf, read, readStream } from './testing/ask'

/** Search through the API. */

const { pool } = await createTestDatabase()

beforeAll(async () => {
  const progress = { read: () => {}, step: () => {} }
  await runImport({ format: 'synthetic', inputs: [syntheticInput({ songs: 2_000, seed: 11 })], progress })
  await withClient(pool, (client) => rebuildIndex(client))
  doubtAll()
})

const find = (query: Record<string, string>) => read<SearchResult>(`/search?${new URLSearchParams(query)}`)
const namesOf = ({ items }: Pick<SearchResult, 'items'>) => items.map(({ kind, item }) => `${kind} ${item.id}`)

/** Follows `next` or `previous` to the end. */
async function walk(address: string, way: 'next' | 'previous'): Promise<SearchResult[]> {
  const pages: SearchResult[] = []
  for (let next: string | null = address; next; next = pages.at(-1)?.[way] ?? null) pages.push(await read(next))
  return pages
}

describe('search results', () => {
  for (const sort of sorts)
    test(`by ${sort} are the same forwards, backwards, by page and as a stream, each once`, async () => {
      const address = `/search?q=the&kind=song,artist,playlist&sort=${sort}`
      const { total, isExact } = await find({ q: 'the', kind: 'song,artist,playlist' })
      const pages = await walk(`${address}&limit=90`, 'next')
      const all = pages.flatMap(namesOf)
      expect(isExact).toBe(true)
      expect(all).toHaveLength(total)
      expect(total).toBeGreaterThan(200)
      expect(new Set(all).size).toBe(total)
      const last = pages.at(-1)?.previous ?? expect.fail('there is one page')
      const before = (await walk(last, 'previous')).toReversed().flatMap(namesOf)
      expect([...before, ...namesOf(pages.at(-1) as SearchResult)]).toEqual(all)
      expect(namesOf(await read<SearchResult>(`${address}&limit=50&page=3`))).toEqual(all.slice(100, 150))
      const streamed = await readStream(`${address}&explain=0`)
      expect(streamed.map((line) => SearchHit.parse(line)).map(({ kind, item }) => `${kind} ${item.id}`)).toEqual(all)
    })

  test('are in the requested order', async () => {
    const songs = async (sort: string) =>
      (await find({ q: 'the', kind: 'song', sort, limit: '100' })).items.flatMap((hit) =>
        'listens' in hit.item ? [hit.item] : [],
      )
    const years = (await songs('newest')).map(({ album }) => album?.releaseDate.text ?? '')
    expect(years).toEqual(years.toSorted().toReversed())
    const popularity = (await songs('popular')).map((song) => song.popularity)
    expect(popularity).toEqual(popularity.toSorted((a, b) => b - a))
    expect(new Set(popularity).size).toBeGreaterThan(2)
    const titles = (await songs('title')).map(({ title }) => title.replace(/^(the|an?) /i, '').toLowerCase()[0])
    expect(titles).toEqual(titles.toSorted())
  })

  test('end with an empty page that links back', async () => {
    const { total } = await find({ q: 'love' })
    const beyond = await find({ q: 'love', limit: '7', page: '1000' })
    expect(beyond).toMatchObject({ items: [], total, next: null })
    expect(namesOf(await read<SearchResult>(beyond.previous ?? ''))).toHaveLength(total % 7 || 7)
    expect(await find({ q: 'qqqqxyz', page: '2' })).toMatchObject({ items: [], total: 0, next: null, previous: null })
    expect(await find({})).toMatchObject({ items: [], total: 0, next: null, previous: null })
  })
})

test('every facet value leads to as many results as it shows', async () => {
  const { facets: found } = await find({ q: 'the' })
  for (const facet of facets)
    for (const { value, hits } of found[facet].slice(0, 3)) {
      const narrowed = await find({ q: 'the', [facet]: value })
      expect(narrowed.total, `${facet}=${value}`).toBe(hits)
      expect(narrowed.facets[facet].find((each) => each.value === value)).toMatchObject({ isChosen: true, hits })
    }
  const [first, second] = found.decade
  const both = await find({ q: 'the', decade: `${first?.value},${second?.value}` })
  expect(both.total).toBe((first?.hits ?? 0) + (second?.hits ?? 0))
})

test('albums are filtered by the new colours of their covers after a change', async () => {
  const [one, other] = (await find({ q: 'the', kind: 'album', limit: '2' })).items.map(({ item }) => item.id)
  if (!one || !other) expect.fail('there are too few albums')
  const colours = { red: '#e50000', blue: '#0343df' }
  for (const [index, hex] of Object.values(colours).entries())
    await pool.query(
      `INSERT INTO artwork (hash, type, width, height, bytes, thumb_hash, placeholder, colours)
       VALUES ($1, 'image/png', 9, 9, 9, '', '', $2)`,
      [`${index}`.repeat(64), JSON.stringify([{ hex, share: 1 }])],
    )
  const given = [one, other].map((albumId, index) => ({ albumId, hash: `${index}`.repeat(64), source: OPERATOR }))
  await setCovers(given.map((each) => ({ ...each, fetchedAt: new Date(0) })))
  await withClient(pool, updateIndex)
  const all = await find({ q: 'the' })
  expect(all.facets.color.map(({ value, name, hits }) => [value, name, hits])).toEqual([
    ['red', 'Red', 1],
    ['blue', 'Blue', 1],
  ])
  expect(namesOf(await find({ q: 'the', color: 'red' }))).toEqual([`album ${one}`])
  expect(namesOf(await find({ color: 'blue' }))).toEqual([`album ${other}`])
  const both = await find({ q: 'the', color: 'red,blue' })
  expect(namesOf(both).toSorted()).toEqual([`album ${one}`, `album ${other}`].toSorted())
  expect(both.facets.color.map(({ isChosen }) => isChosen)).toEqual([true, true])
  await removeCover(one)
  await withClient(pool, updateIndex)
  expect((await find({ q: 'the', color: 'red' })).total).toBe(0)
})

test('highlights and the explanation show which words matched, in which field and how', async () => {
  const { items } = await find({ q: 'the', kind: 'artist', limit: '100' })
  const band = items.flatMap((hit) =>
    'sortName' in hit.item && /^The [A-Z][a-z]{5,} [A-Z][a-z]{5,}$/.test(hit.item.name) ? [hit.item] : [],
  )[0]
  const { id, name } = band ?? expect.fail('no such artist')
  const [, first = '', second = ''] = name.toLowerCase().split(' ')
  const hitOf = async (q: string) =>
    (await find({ q, explain: '1' })).items.find(({ kind, item }) => kind === 'artist' && item.id === id)

  const exact = await hitOf(`${first} ${second}`)
  expect(exact?.explanation).toMatchObject({ tier: 'exact', score: { tier: 4 } })
  const marked = exact?.highlights
    .filter(({ field }) => field === 'name')
    .map(({ start, end }) => name.slice(start, end))
  expect(marked?.join(' ').toLowerCase()).toBe(`${first} ${second}`)

  const begun = await hitOf(`${first} ${second.slice(0, 4)}`)
  expect(begun?.explanation).toMatchObject({ tier: 'beginning' })
  expect(begun?.explanation?.words).toContainEqual({
    word: second.slice(0, 4),
    meant: null,
    field: 'name',
    way: 'prefix',
  })

  const accented = await hitOf(`${first}\u0301 ${second}`)
  expect(accented?.explanation?.words).toContainEqual({
    word: `${first}\u0301`,
    meant: null,
    field: 'name',
    way: 'folded',
  })

  const wrong = `${second.slice(0, 3)}${second[4]}${second[3]}${second.slice(5)}`
  const corrected = await find({ q: `${first} ${wrong}`, explain: '1' })
  expect(corrected.instead).toBe(`${first} ${second}`)
  const hit = corrected.items.find(({ kind, item }) => kind === 'artist' && item.id === id)
  expect(hit?.explanation?.words).toContainEqual({ word: wrong, meant: second, field: 'name', way: 'exact' })
  expect((await find({ q: first })).items[0]?.explanation).toBeUndefined()
})

test('corrected searches have pages, and pasted text is found', async () => {
  const { items } = await find({ q: 'kind:artist', limit: '100' })
  const name =
    items.flatMap(({ item }) =>
      'sortName' in item && /^[A-Z][a-z]{5,} [A-Z][a-z]{5,}$/.test(item.name) ? [item.name] : [],
    )[0] ?? expect.fail()
  const wrong = name.slice(0, 2) + name[3] + name[2] + name.slice(4)
  const first = await find({ q: wrong, limit: '1' })
  expect(first.instead).not.toBeNull()
  const all = (await walk(`/search?q=${encodeURIComponent(wrong)}&limit=1`, 'next')).slice(0, 50)
  expect(new Set(all.flatMap(namesOf)).size).toBe(Math.min(first.total, 50))
  for (const pasted of [`${name} (Remastered 2011)`, `01 ${name} - Live at Home`, `${name} (feat. X) [Official Video]`])
    expect(namesOf(await find({ q: pasted }))[0], pasted).toBe(namesOf(await find({ q: name }))[0])
})

describe('an invalid parameter is refused and named:', () => {
  for (const [query, field] of [
    ['sort=best', 'sort'],
    ['kind=band', 'kind'],
    ['genre=no-such-genre', 'genre'],
    ['length=5', 'length'],
    ['color=reddish', 'color'],
    ['explain=yes', 'explain'],
    ['page=200&limit=100', 'page'],
    ['cursor=made.up', 'cursor'],
    [`genre=${Array.from({ length: 21 }, (_, index) => index + 1).join()}`, 'genre'],
    ['query=love', 'query'],
  ] as const)
    test(query.slice(0, 30), async () => {
      expect(await problemOf(`/search?q=the&${query}`)).toMatchObject({ status: 400, errors: [{ field }] })
    })

  test('a cursor of another search', async () => {
    const { next }: ListPage = await read('/search?q=the&limit=5')
    const cursor = new URL(next ?? '').searchParams.get('cursor') ?? ''
    for (const other of ['q=love', 'q=the&sort=title', 'q=the&kind=song'])
      expect(await problemOf(`/search?${other}&cursor=${cursor}`)).toMatchObject({ errors: [{ field: 'cursor' }] })
  })
})

test('any typed text gets a response', async () => {
  for (const q of [
    '',
    ' ',
    '"',
    '\\',
    "'",
    ':*',
    '&|!()',
    '%00',
    '\0',
    'a'.repeat(3_000),
    '\u0301\u0301',
    'artist:',
    '🎵',
  ])
    expect((await find({ q })).items.length, q).toBeGreaterThanOrEqual(0)
})

test('suggestions link to their page and to their resource in the API', async () => {
  const { items } = await read<{
    items: { kind: string; id: number; name: string; href: string; highlights: object[] }[]
  }>('/suggest?q=sa')
  expect(new Set(items.map(({ kind }) => kind)).size).toBeGreaterThan(2)
  for (const { id, name, href, highlights } of items) {
    const { title, name: named = title, id: found } = await read<{ id: number; title?: string; name?: string }>(href)
    expect([found, named]).toEqual([id, name])
    expect(highlights.length, name).toBeGreaterThan(0)
  }
  expect(await read('/suggest')).toMatchObject({ items: [] })
})
