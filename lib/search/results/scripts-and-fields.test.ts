import { beforeAll, describe, expect, test } from 'vitest'
import { withClient } from '@/lib/db/testing/client'
import { createTestDatabase } from '@/lib/db/testing/database'
import { importInput, ndjson } from '@/lib/imports/testing'
import { rebuildIndex } from '@/lib/search/index/update'
import { stopClock } from '@/lib/search/testing'
import { searchAddress } from './address'
import { readSearch } from './parameters'
import { findResults } from './results'
import { nameOf, type SearchView } from './views'

/** Searches for more than the words of a title: other scripts, parts of compounds, labels, composers and ids. */

const { pool } = await createTestDatabase()

const MBID = '0a1b2c3d-0000-4000-8000-00000000000a'
const ISRC = 'GBAYE6700123'
const song = (id: string, title: string, artist: string, more: object = {}) => ({
  type: 'song',
  id,
  title,
  listens: 1,
  credits: [{ artist }],
  ...more,
})

beforeAll(async () => {
  stopClock()
  const artists = ['Кино', 'King', '방탄소년단', 'Jimi Hendrix', 'Jimmy Page', '邓丽君', 'Σωκράτης'].map((name) => ({
    type: 'artist',
    id: name,
    name,
    ...(name === 'Jimi Hendrix' && { externalIds: [{ source: 'musicbrainz', value: MBID }] }),
  }))
  const smiths = ['drummer', 'English singer'].map((disambiguation) => ({
    type: 'artist',
    id: disambiguation,
    name: 'John Smith',
    disambiguation,
  }))
  await importInput(
    ndjson([
      ...artists,
      ...smiths,
      song('1', 'Группа крови', 'Кино'),
      song('2', 'Stand', 'King'),
      song('3', 'Butter', '방탄소년단'),
      song('4', 'Purple Haze', 'Jimi Hendrix', {
        genres: ['Rock'],
        externalIds: [{ source: 'isrc', value: ISRC }],
      }),
      song('5', 'Stairway', 'Jimmy Page'),
      song('8', 'Better', 'King', { genres: ['Rock'] }),
      song('6', 'Song of the Earth', 'drummer', { composer: 'Gustav Mahler' }),
      song('7', 'Song of the Sea', 'English singer', {
        credits: [{ artist: 'English singer' }, { artist: 'King', name: 'Alma Schindler', role: 'lyricist' }],
      }),
      {
        type: 'album',
        id: 'b',
        title: 'Closer',
        label: 'Factory Records',
        credits: [{ artist: 'King' }],
        discs: [{ tracks: [{ song: '2' }] }],
      },
    ]),
  )
  await withClient(pool, (client) => rebuildIndex(client))
})

const results = (q: string) => findResults({ q, chosen: {}, page: 1, sort: 'relevance' })
const names = async (q: string) => (await results(q)).hits.map(nameOf)

test.each([
  ['kino', 'Кино'],
  ['kino gruppa krovi', 'Группа крови'],
  ['artist:kino', 'Кино'],
  ['deng lijun', '邓丽君'],
  ['denglijun', '邓丽君'],
  ['sokratis', 'Σωκράτης'],
])('finds a name in another script by its Latin spelling: %s', async (q, name) => {
  const { hits, instead } = await results(q)
  expect(hits.map(nameOf)).toContain(name)
  expect(instead).toBeNull()
})

test('finds a part of a Korean compound and marks it', async () => {
  for (const q of ['소년단', '소년', '방탄']) {
    const [hit] = (await results(q)).hits
    expect(hit && nameOf(hit), q).toBe('방탄소년단')
    const at = '방탄소년단'.indexOf(q)
    expect(hit?.marked, q).toEqual([[at, at + q.length]])
  }
  expect(await names('소단')).toEqual([])
})

test('finds an artist by a name spelled as it sounds', async () => {
  const { hits, instead } = await results('jimmy hendrix')
  expect(hits.map(nameOf)).toContain('Jimi Hendrix')
  expect(instead).toBe('jimi hendrix')
})

test('finds record labels, composers and lyricists by words and by fields', async () => {
  for (const q of ['factory records', 'label:factory', 'label:"factory records"'])
    expect(await names(q), q).toEqual(['Closer'])
  for (const q of ['mahler', 'composer:mahler', 'composer:"gustav mahler"'])
    expect(await names(q), q).toEqual(['Song of the Earth'])
  expect(await names('composer:schindler')).toEqual(['Song of the Sea'])
  expect(await names('label:mahler')).toEqual([])
  // The hit shows the field that matches.
  const [[album], [song]] = [(await results('factory')).hits, (await results('mahler')).hits]
  expect(album?.kind === 'album' && album.label).toEqual({ text: 'Factory Records', marked: [[0, 7]] })
  expect(song?.kind === 'song' && song.composer).toEqual({ text: 'Gustav Mahler', marked: [[7, 13]] })
})

describe('a pasted id', () => {
  test('finds its item, whatever its case and hyphens', async () => {
    for (const q of [MBID, MBID.toUpperCase(), `https://musicbrainz.org/artist/${MBID}`])
      expect(await names(q), q).toEqual(['Jimi Hendrix'])
    for (const q of [ISRC, 'gb-aye-67-00123']) expect(await names(q), q).toEqual(['Purple Haze'])
  })

  test('has counts by kind, and can be filtered by kind', async () => {
    const { total, isExact, facets } = await results(ISRC)
    expect({ total, isExact }).toEqual({ total: 1, isExact: true })
    expect(facets.kind).toMatchObject([{ name: 'Songs', hits: 1 }])
    const { hits } = await findResults({ q: ISRC, chosen: { kind: [0] }, page: 1, sort: 'relevance' })
    expect(hits).toEqual([])
  })
})

test('distinguishes artists of the same name in the filter', async () => {
  const { facets } = await results('song')
  expect(facets.artist.map(({ name, about }) => [name, about])).toEqual([
    ['John Smith', 'drummer'],
    ['John Smith', 'English singer'],
  ])
})

test('does not correct a query whose hits the filters exclude', async () => {
  const { address } = await readSearch({ q: 'butter', genre: 'rock' })
  const { total, instead } = await findResults(address)
  expect({ total, instead }).toEqual({ total: 0, instead: null })
  // An unknown word is corrected, with or without filters.
  expect(await findResults({ ...address, q: 'bettr' })).toMatchObject({ total: 1, instead: 'better' })
})

test('offers no order by popularity if all songs tie', async () => {
  expect((await results('song')).sorts.map(({ name }) => name)).toEqual(['relevance', 'newest', 'title'])
})

describe('filters in an address', () => {
  test('name genres by slug or id', async () => {
    const { address, unknown } = await readSearch({ q: 'haze', genre: 'rock' })
    expect(address.chosen.genre).toHaveLength(1)
    expect(unknown).toEqual([])
    expect((await readSearch({ q: 'haze', genre: String(address.chosen.genre) })).address).toEqual(address)
  })

  test('are written with the slugs of genres, in every link of the page', async () => {
    const links = ({ facets, allKinds, sorts }: SearchView) =>
      [...facets.artist, ...facets.kind, ...sorts, allKinds].map(({ href }) => href)
    for (const genre of ['rock', String((await readSearch({ genre: 'rock' })).address.chosen.genre)]) {
      const { address } = await readSearch({ q: 'haze', genre })
      expect(searchAddress(address)).toBe('/search?q=haze&genre=rock')
      const chosen = await findResults(address)
      expect(chosen.facets.genre.map(({ href }) => href)).toEqual(['/search?q=haze'])
      for (const href of links(chosen)) expect(href).toContain('genre=rock')
    }
    const [rock] = (await results('haze')).facets.genre
    expect(rock?.href).toBe('/search?q=haze&genre=rock')
  })

  test('are ignored and reported if their values are unknown', async () => {
    const params = { q: 'haze', genre: 'zzz,rock', kind: 'strange', artist: '999999999', length: ['2-4', 'x'] }
    const { address, unknown } = await readSearch(params)
    expect(unknown).toEqual([
      { filter: 'kind', value: 'strange' },
      { filter: 'length', value: 'x' },
      { filter: 'genre', value: 'zzz' },
      { filter: 'artist', value: '999999999' },
    ])
    expect(address.chosen).toMatchObject({ kind: [], artist: [] })
    expect(address.chosen.genre).toHaveLength(1)
  })

  test('report an unknown genre in the query too', async () => {
    expect((await results('genre:zzz')).unknown).toEqual([{ filter: 'genre', value: 'zzz' }])
    expect((await results('genre:rock')).unknown).toEqual([])
  })
})
