import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { doubtAll } from '@/lib/cache/changes/recent'
import { withClient } from '@/lib/db/testing/client'
import { createTestDatabase } from '@/lib/db/testing/database'
import { runImport } from '@/lib/imports/run'
import { syntheticInput } from '@/lib/imports/synthetic/reader'
import { importInput, ndjson } from '@/lib/imports/testing'
import type { Sort } from '@/lib/search/find/order'
import { rebuildIndex } from '@/lib/search/index/update'
import { stopClock, updateIndex } from '@/lib/search/testing'
import { kinds } from '@/lib/search/text/parse'
import { findResults } from './results'
import { nameOf } from './views'

/** Results of searches in a synthetic catalogue. */

const { pool } = await createTestDatabase()

const find = (q: string, chosen = {}, page = 1, sort: Sort = 'relevance') => findResults({ q, chosen, page, sort })
const names = async (q: string) => (await find(q)).hits.map(nameOf)

/** Imports items of a source, and indexes them. */
const addItems = (items: object[], source: string) =>
  withClient(pool, async (client) => {
    await importInput(ndjson(items), source)
    await updateIndex(client)
  })

beforeAll(async () => {
  stopClock()
  const progress = { read: () => {}, step: () => {} }
  await runImport({ format: 'synthetic', inputs: [syntheticInput({ songs: 1_000, seed: 7 })], progress })
  await withClient(pool, (client) => rebuildIndex(client))
})

test('offers an order by popularity where some songs are more popular', async () => {
  expect((await find('the')).sorts.map(({ name }) => name)).toContain('popular')
})

test('the newest begin with today, and later dates come last, on every page', async () => {
  const titles = Array.from({ length: 60 }, (_, index) => `Zwelm ${String(index).padStart(2, '0')}`)
  const album = (title: string, index: number) => ({
    type: 'album',
    id: title,
    title,
    // Every third is in the future, and every fifth has no date.
    ...(index % 5 > 0 && { date: String(index % 3 === 0 ? 9_000 + index : 1_950 + index) }),
    credits: [],
    discs: [],
  })
  await addItems(titles.map(album), 'dated')
  const pages = await Promise.all([1, 2, 3].map((page) => find('zwelm', {}, page, 'newest')))
  const years = pages.flatMap(({ hits }) => hits.map((hit) => (hit.kind === 'album' ? (hit.row.date.year ?? 0) : -1)))
  expect(years).toHaveLength(60)
  const past = years.filter((year) => year < 9_000)
  expect(years.slice(0, past.length)).toEqual(past.toSorted((a, b) => b - a))
  expect(years.slice(past.length)).toEqual(years.filter((year) => year >= 9_000).toSorted((a, b) => b - a))
})

describe('every text is a valid query', () => {
  test('with any ASCII sign alone, after a word, and within one', async () => {
    const ascii = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))
    const signs = ascii.filter((sign) => !/[a-z\d]/i.test(sign))
    expect(signs).toHaveLength(33)
    for (const sign of [...signs, 'a', '0'])
      for (const text of [sign, `the ${sign}`, `${sign}${sign} a${sign}b`]) await find(text)
  })

  test('of random or hostile characters', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 80 }), async (text) => void (await find(text))),
      { numRuns: 40 },
    )
    for (const hostile of [
      'a'.repeat(10_000),
      'the '.repeat(500),
      '*'.repeat(300),
      '\u0301'.repeat(300),
      '\0',
      '\ud800',
    ])
      await find(hostile)
  })
})

const number = fc.oneof(fc.nat(3_000), fc.nat(999_999)).map(String)
/** Fields with valid values, and with nearly valid ones. */
const fieldText = fc.oneof(
  fc
    .tuple(fc.constantFrom('year:', 'year:>', 'year:<=', 'length:>', 'length:<', 'kind:', 'genre:'), number)
    .map((of) => of.join('')),
  fc.tuple(fc.constantFrom('length:>', 'length:<='), number, fc.constantFrom('s', 'm', 'h')).map((of) => of.join('')),
  fc
    .tuple(fc.nat(9_999), fc.nat(9_999))
    .map(([from, to]) => `year:${`${from}`.padStart(4, '0')}-${`${to}`.padStart(4, '0')}`),
  fc
    .tuple(fc.constantFrom('artist:', 'album:"', 'title:', '"', ''), fc.string({ maxLength: 8 }))
    .map((of) => of.join('')),
  fc.constantFrom(
    'year:1700',
    'year:2999',
    'year:1999-1990',
    'length:>999999h',
    'length:<0s',
    'genre:none',
    'kind:live',
  ),
)

test('any combination of fields is a valid query', async () => {
  for (const one of ['year:1700', 'year:2999', 'year:1999-1990', 'length:>999999h', 'length:<0s', 'genre:none'])
    expect((await find(`the ${one}`)).total, one).toBe(0)
  await fc.assert(
    fc.asyncProperty(
      fc.array(fieldText, { minLength: 1, maxLength: 4 }),
      async (parts) => void (await find(parts.join(' '))),
    ),
    { numRuns: 40 },
  )
})

test('fields without words find the items with these values', async () => {
  const count = async (sql: string) =>
    (await pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${sql}`)).rows[0]?.count
  expect((await find('kind:song length:>5m')).total).toBe(await count('song WHERE duration_ms > 300000'))
  expect((await find('kind:song length:<=90s')).total).toBe(await count('song WHERE duration_ms <= 90000'))
  expect((await find('kind:album year:1994-2003')).total).toBe(await count('album WHERE year BETWEEN 1994 AND 2003'))
  expect((await find('kind:live')).total).toBe(await count(`album WHERE kind = 'live'`))
  expect(await count('song WHERE duration_ms > 300000')).toBeGreaterThan(5)
})

test('fields accept spaces, plurals and quoted names', async () => {
  const artist = (await find('kind:artists the')).hits.map(nameOf).find((name) => /^The \w+ \w+$/.test(name)) ?? ''
  for (const q of [`artist:"${artist}"`, `artist: "${artist}"`])
    expect((await find(q, { kind: [kinds.indexOf('artist')] })).hits.map(nameOf), q).toContain(artist)
  const of = async (q: string) => (await find(`kind:album ${q}`)).total
  expect(await of('year:1990s year:1960s')).toBe((await of('year:1990s')) + (await of('year:1960s')))
})

test('finds albums of any year', async () => {
  await addItems([{ type: 'album', id: 'old', title: 'Qwizzle', date: '1723', credits: [], discs: [] }], 'test')
  expect(await names('qwizzle year:1723')).toEqual(['Qwizzle'])
  expect(await names('qwizzle year:<1800')).toEqual(['Qwizzle'])
})

test('a correction keeps the rest of the query as typed', async () => {
  const [artist] = (await find('kind:artist the')).hits.filter((hit) =>
    /^The [A-Z][a-z]{5,} [A-Z][a-z]{5,}$/.test(nameOf(hit)),
  )
  const name = nameOf(artist ?? expect.fail('no such artist'))
  const [, first = '', second = ''] = name.toLowerCase().split(' ')
  const wrong = `${second.slice(0, 3)}${second[4]}${second[3]}${second.slice(5)}`
  for (const typed of [
    `${first} ${wrong}`,
    `artist:${wrong}`,
    `artist:"${first} ${wrong}"`,
    `"${first} ${wrong}"`,
    `kind:artist ${wrong}`,
  ])
    expect((await find(typed)).instead, typed).toBe(typed.replace(wrong, second))
})

test('a query with few hits gets a suggestion that has more, unless its name matches exactly', async () => {
  const many = Array.from({ length: 12 }, (_, index) => ({ type: 'song', id: `z${index}`, title: `Zwimble ${index}` }))
  await addItems([...many, { type: 'artist', id: 'z', name: 'The Great Zwimbel' }], 'meant')
  const { hits, didYouMean, instead } = await find('zwimbel')
  expect(hits.map(nameOf)).toEqual(['The Great Zwimbel'])
  expect({ didYouMean, instead }).toEqual({
    didYouMean: { text: 'zwimble', href: '/search?q=zwimble' },
    instead: null,
  })
  expect((await find('great zwimbel')).didYouMean).toBeNull()
  expect((await find('zwimble')).didYouMean).toBeNull()
})

test('a last word with too many completions matches exactly, or by its best completions if it has few hits', async () => {
  const titles = [
    'Tuba Plorf',
    'Tuba Plorfish',
    'Plorfish Gantry',
    ...Array.from({ length: 6 }, (_, n) => `Plorf Gantry ${n}`),
  ]
  await addItems(
    titles.map((title, id) => ({ type: 'song', id, title })),
    'beginnings',
  )
  const total = async (q: string) => (await find(q)).total
  const totals = { 'gantry plorf': 7, 'gantry plorfi': 1, 'tuba plorf': 2, plorf: 9 }
  for (const [q, expected] of Object.entries(totals)) expect(await total(q), q).toBe(expected)
  const addTo = (word: string, documents: number) => {
    doubtAll()
    return pool.query('UPDATE search_word SET documents = documents + $2 WHERE word = $1', [word, documents])
  }
  await addTo('plorf', 60_000)
  for (const [q, expected] of Object.entries({ ...totals, 'gantry plorf': 6, plorf: 10_000 }))
    expect(await total(q), q).toBe(expected)
  // Names that begin with the word are still found.
  expect((await find('plorf')).hits.map(nameOf)).toContain('Plorfish Gantry')
  await addTo('plorf', -60_000)
  await addTo('plorfish', 60_000)
  for (const [q, expected] of Object.entries({ ...totals, plorf: 10_000 })) expect(await total(q), q).toBe(expected)
  await addTo('plorfish', -60_000)
})

test('a page after the last has no hits and keeps its number', async () => {
  const { pages, hits, page } = await find('the', { kind: [kinds.indexOf('genre')] }, 7)
  expect({ pages, hits, page }).toEqual({ pages: 1, hits: [], page: 7 })
})

describe('facets', () => {
  test('count the hits that each value leads to', async () => {
    const all = await find('the')
    expect(all.isExact).toBe(true)
    expect(all.facets.kind.reduce((sum, { hits }) => sum + hits, 0)).toBe(all.total)
    for (const facet of ['kind', 'decade', 'genre', 'artist', 'length'] as const)
      for (const { value, hits, name } of all.facets[facet].slice(0, 3))
        expect((await find('the', { [facet]: [value] })).total, `${facet} ${name}`).toBe(hits)
  })

  test('give lower bounds for a word with more hits than are counted', async () => {
    const { total, facets } = await find('the')
    expect(total).toBeGreaterThan(0)
    const has = (documents: number | string) => {
      doubtAll()
      return pool.query(`UPDATE search_word SET documents = ${documents} WHERE word = 'the'`)
    }
    await has('documents + 10_000')
    for (const text of ['the', 'the ', '"the"', 'thé']) {
      const found = await find(text)
      expect({ total: found.total, isExact: found.isExact }, text).toEqual({ total: 10_000, isExact: false })
    }
    // Queries with filters or several words are counted exactly.
    const [kind] = facets.kind
    const narrowed = await find('the', { kind: [kind?.value] })
    expect({ total: narrowed.total, isExact: narrowed.isExact }).toEqual({ total: kind?.hits, isExact: true })
    for (const text of ['the a', 'the kind:song', 'title:the', 'the length:>1m'])
      expect((await find(text)).isExact, text).toBe(true)
    await has('documents - 10_000')
    expect((await find('the')).total).toBe(total)
  })

  test('list a rare value if it is chosen', async () => {
    const { facets } = await find('kind:song')
    expect(facets.artist).toHaveLength(20)
    const { rows } = await pool.query<{ id: number; hits: number }>(
      `SELECT artist_id AS id, count(DISTINCT song_id)::int AS hits FROM song_credit
       WHERE role IN ('artist', 'featured') AND artist_id <> ALL($1::int[]) GROUP BY 1 ORDER BY 2, 1 LIMIT 1`,
      [facets.artist.map(({ value }) => value)],
    )
    const { id, hits } = rows[0] ?? expect.fail('no such artist')
    const { total, facets: narrowed } = await find('kind:song', { artist: [id] })
    expect(total).toBe(hits)
    expect(narrowed.artist.find(({ value }) => value === id)).toMatchObject({ hits, isChosen: true })
  })

  test('match any value of one facet, and all chosen facets', async () => {
    const { facets } = await find('the', { kind: [kinds.indexOf('song')] })
    const [first, second] = facets.decade
    const both = await find('the', { kind: [kinds.indexOf('song')], decade: [first?.value, second?.value] })
    expect(both.total).toBe((first?.hits ?? 0) + (second?.hits ?? 0))
    expect(both.facets.decade.find(({ value }) => value === first?.value)?.hits).toBe(first?.hits)
    expect(both.hits.every(({ kind }) => kind === 'song')).toBe(true)
  })
})

test('pages have no gaps or repeats', async () => {
  const { pages, total } = await find('the', { kind: [kinds.indexOf('song')] })
  expect(pages).toBeGreaterThan(2)
  const seen: string[] = []
  for (let page = 1; page <= pages; page++)
    seen.push(...(await find('the', { kind: [kinds.indexOf('song')] }, page)).hits.map(({ row }) => `${row.id}`))
  expect(seen).toHaveLength(Math.min(total, 1_000))
  expect(new Set(seen).size).toBe(seen.length)
})

test('marks matches in credits and album titles too', async () => {
  const credits = [
    { artist: 'k', name: 'Kwimble', join: ' & ' },
    { artist: 'd', name: 'D' },
  ]
  await addItems(
    [
      { type: 'artist', id: 'k', name: 'Kwimble' },
      { type: 'artist', id: 'd', name: 'D' },
      { type: 'song', id: 's', title: 'Kwimble Dance', credits },
      { type: 'album', id: 'l', title: 'Kwimbles Ahoy', credits, discs: [{ tracks: [{ song: 's' }] }] },
    ],
    'marked',
  )
  const marks = async (q: string) =>
    Object.fromEntries(
      (await find(q)).hits.flatMap((hit) =>
        hit.kind === 'song' || hit.kind === 'album'
          ? [[hit.kind, [hit.marked, hit.credit.marked, hit.kind === 'song' ? hit.album.marked : []]]]
          : [],
      ),
    )
  expect((await find('artist:kwimble')).hits.map(({ kind }) => kind).toSorted()).toEqual(['album', 'artist', 'song'])
  expect(await marks('artist:kwimble')).toEqual({ song: [[], [[0, 7]], []], album: [[], [[0, 7]], []] })
  expect((await marks('kwimble ahoy')).song).toEqual([[[0, 7]], [[0, 7]], [[9, 13]]])
  expect((await find('kwimble ahoy')).hits.find(({ kind }) => kind === 'song')).toMatchObject({
    credit: { text: 'Kwimble & D' },
    album: { text: 'Kwimbles Ahoy' },
  })
})

test('a field without a valid value is not corrected', async () => {
  for (const q of ['length:>', 'year:', 'genre:"', 'length:>5x'])
    expect(await find(q).then(({ instead, didYouMean }) => ({ instead, didYouMean })), q).toEqual({
      instead: null,
      didYouMean: null,
    })
})

test('a phrase matches within one field only', async () => {
  await addItems(
    [
      { type: 'artist', id: 'p', name: 'Vrobel Quandt' },
      { type: 'song', id: 'q', title: 'Plonk Grimble', credits: [{ artist: 'p' }] },
    ],
    'phrases',
  )
  const songs = async (q: string) => (await find(q)).hits.filter(({ kind }) => kind === 'song').length
  expect(await songs('"plonk grimble"')).toBe(1)
  expect(await songs('"vrobel quandt"')).toBe(1)
  expect(await songs('"quandt vrobel"')).toBe(0)
  expect(await songs('"grimble vrobel"')).toBe(0)
  expect(await songs('grimble vrobel')).toBe(1)
})
