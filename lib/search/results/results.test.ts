import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { forgetHere } from '@/lib/cache/forget'
import { withClient } from '@/lib/db/testing/client'
import { createTestDatabase } from '@/lib/db/testing/database'
import { runImport } from '@/lib/imports/run'
import { syntheticInput } from '@/lib/imports/synthetic/reader'
import { importInput, ndjson } from '@/lib/imports/testing/catalogue'
import type { Sort } from '@/lib/search/find/order'
import { rebuildIndex } from '@/lib/search/index/update'
import { updateIndex } from '@/lib/search/testing'
import { kinds } from '@/lib/search/text/parse'
import { findResults } from './results'
import { nameOf } from './views'

/** Searching a made-up catalogue. */

const { pool } = await createTestDatabase()

const find = (q: string, chosen = {}, page = 1, sort: Sort = 'relevance') => findResults({ q, chosen, page, sort })
const names = async (q: string) => (await find(q)).hits.map(nameOf)

beforeAll(async () => {
  const progress = { read: () => {}, step: () => {} }
  await runImport({ format: 'synthetic', inputs: [syntheticInput({ songs: 3_000, seed: 7 })], progress })
  await withClient(pool, (client) => rebuildIndex(client))
})

test('offers an order by popularity where some songs are more popular', async () => {
  expect((await find('the')).sorts.map(({ name }) => name)).toContain('popular')
})

test('the newest begin with today, and what is dated later comes last, on every page', async () => {
  const titles = Array.from({ length: 60 }, (_, index) => `Zwelm ${String(index).padStart(2, '0')}`)
  const album = (title: string, index: number) => ({
    type: 'album',
    id: title,
    title,
    // Every third is yet to come, and every fifth has no date.
    ...(index % 5 > 0 && { date: String(index % 3 === 0 ? 9_000 + index : 1_950 + index) }),
    credits: [],
    discs: [],
  })
  await importInput(ndjson(titles.map(album)), 'dated')
  await withClient(pool, updateIndex)
  const pages = await Promise.all([1, 2, 3].map((page) => find('zwelm', {}, page, 'newest')))
  const years = pages.flatMap(({ hits }) => hits.map((hit) => (hit.kind === 'album' ? (hit.row.date.year ?? 0) : -1)))
  expect(years).toHaveLength(60)
  const ofPast = years.filter((year) => year < 9_000)
  expect(years.slice(0, ofPast.length)).toEqual(ofPast.toSorted((a, b) => b - a))
  expect(years.slice(ofPast.length)).toEqual(years.filter((year) => year >= 9_000).toSorted((a, b) => b - a))
})

describe('free text is never wrong', () => {
  test('whatever sign is in it', async () => {
    for (let code = 32; code < 127; code++) {
      const sign = String.fromCharCode(code)
      for (const text of [sign, `the ${sign}`, `${sign}${sign} a${sign}b`]) await find(text)
    }
  })

  test('whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 80 }), async (text) => void (await find(text))),
      { numRuns: 150 },
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
/** Fields with values that they know, and with such as they nearly know. */
const fielded = fc.oneof(
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

test('fields in any mixture find something or nothing, and never fail', async () => {
  for (const one of ['year:1700', 'year:2999', 'year:1999-1990', 'length:>999999h', 'length:<0s', 'genre:none'])
    expect((await find(`the ${one}`)).total, one).toBe(0)
  await fc.assert(
    fc.asyncProperty(
      fc.array(fielded, { minLength: 1, maxLength: 4 }),
      async (parts) => void (await find(parts.join(' '))),
    ),
    { numRuns: 150 },
  )
})

test('fields alone find what they say', async () => {
  const count = async (sql: string) =>
    (await pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${sql}`)).rows[0]?.count
  expect((await find('kind:song length:>5m')).total).toBe(await count('song WHERE duration_ms > 300000'))
  expect((await find('kind:song length:<=90s')).total).toBe(await count('song WHERE duration_ms <= 90000'))
  expect((await find('kind:album year:1994-2003')).total).toBe(await count('album WHERE year BETWEEN 1994 AND 2003'))
  expect((await find('kind:live')).total).toBe(await count(`album WHERE kind = 'live'`))
  expect(await count('song WHERE duration_ms > 300000')).toBeGreaterThan(5)
})

test('fields take spaces, plurals, and names in quotes', async () => {
  const artist = (await find('kind:artists the')).hits.map(nameOf).find((name) => /^The \w+ \w+$/.test(name)) ?? ''
  for (const q of [`artist:"${artist}"`, `artist: "${artist}"`])
    expect((await find(q, { kind: [kinds.indexOf('artist')] })).hits.map(nameOf), q).toContain(artist)
  const of = async (q: string) => (await find(`kind:album ${q}`)).total
  expect(await of('year:1990s year:1960s')).toBe((await of('year:1990s')) + (await of('year:1960s')))
})

test('a year that is far off is found too', async () => {
  await withClient(pool, async (client) => {
    const album = { type: 'album', id: 'old', title: 'Qwizzle', date: '1723', credits: [], discs: [] }
    await importInput(ndjson([album]), 'test')
    await updateIndex(client)
  })
  expect(await names('qwizzle year:1723')).toEqual(['Qwizzle'])
  expect(await names('qwizzle year:<1800')).toEqual(['Qwizzle'])
})

test('what was meant is told in whole, whatever stands around it', async () => {
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

test('where little is called so it asks whether something else was meant, and shows it', async () => {
  await withClient(pool, async (client) => {
    const many = Array.from({ length: 12 }, (_, index) => ({
      type: 'song',
      id: `z${index}`,
      title: `Zwimble ${index}`,
    }))
    await importInput(ndjson([...many, { type: 'artist', id: 'z', name: 'The Great Zwimbel' }]), 'meant')
    await updateIndex(client)
  })
  const { hits, didYouMean, instead } = await find('zwimbel')
  expect(hits.map(nameOf)).toEqual(['The Great Zwimbel'])
  expect({ didYouMean, instead }).toEqual({
    didYouMean: { text: 'zwimble', href: '/search?q=zwimble' },
    instead: null,
  })
  expect((await find('great zwimbel')).didYouMean).toBeNull()
  expect((await find('zwimble')).didYouMean).toBeNull()
})

test('a last word that too many begin with is looked for as it is, and goes on where little has it', async () => {
  const titles = [
    'Tuba Plorf',
    'Tuba Plorfish',
    'Plorfish Gantry',
    ...Array.from({ length: 6 }, (_, n) => `Plorf Gantry ${n}`),
  ]
  await withClient(pool, async (client) => {
    await importInput(ndjson(titles.map((title, id) => ({ type: 'song', id, title }))), 'beginnings')
    await updateIndex(client)
  })
  const found = async (q: string) => (await find(q)).total
  const asFew = { 'gantry plorf': 7, 'gantry plorfi': 1, 'tuba plorf': 2, plorf: 9 }
  for (const [q, total] of Object.entries(asFew)) expect(await found(q), q).toBe(total)
  const addTo = (word: string, documents: number) => {
    forgetHere(['search'])
    return pool.query('UPDATE search_word SET documents = documents + $2 WHERE word = $1', [word, documents])
  }
  await addTo('plorf', 60_000)
  for (const [q, total] of Object.entries({ ...asFew, 'gantry plorf': 6, plorf: 10_000 }))
    expect(await found(q), q).toBe(total)
  // What is called so is found all the same.
  expect((await find('plorf')).hits.map(nameOf)).toContain('Plorfish Gantry')
  await addTo('plorf', -60_000)
  await addTo('plorfish', 60_000)
  for (const [q, total] of Object.entries({ ...asFew, plorf: 10_000 })) expect(await found(q), q).toBe(total)
  await addTo('plorfish', -60_000)
})

test('a page behind the last has no hits, and says which it is', async () => {
  const { pages, hits, page } = await find('the', { kind: [kinds.indexOf('genre')] }, 7)
  expect({ pages, hits, page }).toEqual({ pages: 1, hits: [], page: 7 })
})

describe('facets', () => {
  test('count what is found with each value, and following them gives as much', async () => {
    const all = await find('the')
    expect(all.isExact).toBe(true)
    expect(all.facets.kind.reduce((sum, { hits }) => sum + hits, 0)).toBe(all.total)
    for (const facet of ['kind', 'decade', 'genre', 'artist', 'length'] as const)
      for (const { value, hits, name } of all.facets[facet].slice(0, 3))
        expect((await find('the', { [facet]: [value] })).total, `${facet} ${name}`).toBe(hits)
  })

  test('of a word that more have than are counted say the least there is', async () => {
    const { total, facets } = await find('the')
    expect(total).toBeGreaterThan(0)
    const has = (documents: number | string) => {
      forgetHere(['search'])
      return pool.query(`UPDATE search_word SET documents = ${documents} WHERE word = 'the'`)
    }
    await has('documents + 10_000')
    for (const text of ['the', 'the ', '"the"', 'thé']) {
      const found = await find(text)
      expect({ total: found.total, isExact: found.isExact }, text).toEqual({ total: 10_000, isExact: false })
    }
    // Of what has other words too, or is narrowed, nothing is known.
    const [kind] = facets.kind
    const narrowed = await find('the', { kind: [kind?.value] })
    expect({ total: narrowed.total, isExact: narrowed.isExact }).toEqual({ total: kind?.hits, isExact: true })
    for (const text of ['the a', 'the kind:song', 'title:the', 'the length:>1m'])
      expect((await find(text)).isExact, text).toBe(true)
    await has('documents - 10_000')
    expect((await find('the')).total).toBe(total)
  })

  test('a value that few have is told where it is chosen', async () => {
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

  test('of one any, of several each; and the others count what is left', async () => {
    const { facets } = await find('the', { kind: [kinds.indexOf('song')] })
    const [first, second] = facets.decade
    const both = await find('the', { kind: [kinds.indexOf('song')], decade: [first?.value, second?.value] })
    expect(both.total).toBe((first?.hits ?? 0) + (second?.hits ?? 0))
    expect(both.facets.decade.find(({ value }) => value === first?.value)?.hits).toBe(first?.hits)
    expect(both.hits.every(({ kind }) => kind === 'song')).toBe(true)
  })
})

test('pages are of one order, without gaps or repeats', async () => {
  const { pages, total } = await find('the', { kind: [kinds.indexOf('song')] })
  const seen: string[] = []
  for (let page = 1; page <= pages; page++)
    seen.push(...(await find('the', { kind: [kinds.indexOf('song')] }, page)).hits.map(({ row }) => `${row.id}`))
  expect(seen).toHaveLength(Math.min(total, 1_000))
  expect(new Set(seen).size).toBe(seen.length)
})

test('whose a hit is, and what it is on, are marked too', async () => {
  await withClient(pool, async (client) => {
    const by = [
      { artist: 'k', name: 'Kwimble', join: ' & ' },
      { artist: 'd', name: 'D' },
    ]
    await importInput(
      ndjson([
        { type: 'artist', id: 'k', name: 'Kwimble' },
        { type: 'artist', id: 'd', name: 'D' },
        { type: 'song', id: 's', title: 'Kwimble Dance', credits: by },
        { type: 'album', id: 'l', title: 'Kwimbles Ahoy', credits: by, discs: [{ tracks: [{ song: 's' }] }] },
      ]),
      'marked',
    )
    await updateIndex(client)
  })
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

test('a field that has no value yet is text, and not corrected', async () => {
  for (const q of ['length:>', 'year:', 'genre:"', 'length:>5x'])
    expect(await find(q).then(({ instead, didYouMean }) => ({ instead, didYouMean })), q).toEqual({
      instead: null,
      didYouMean: null,
    })
})

test('a phrase is one of a field: words that only meet where two fields do are none', async () => {
  await withClient(pool, async (client) => {
    const by = [{ artist: 'p' }]
    await importInput(
      ndjson([
        { type: 'artist', id: 'p', name: 'Vrobel Quandt' },
        { type: 'song', id: 'q', title: 'Plonk Grimble', credits: by },
      ]),
      'phrases',
    )
    await updateIndex(client)
  })
  const songs = async (q: string) => (await find(q)).hits.filter(({ kind }) => kind === 'song').length
  expect(await songs('"plonk grimble"')).toBe(1)
  expect(await songs('"vrobel quandt"')).toBe(1)
  expect(await songs('"quandt vrobel"')).toBe(0)
  expect(await songs('"grimble vrobel"')).toBe(0)
  expect(await songs('grimble vrobel')).toBe(1)
})
