import { beforeAll, expect, test, vi } from 'vitest'
import { doubtAll } from '@/lib/cache/changes/recent'
import type { AlbumFacts, ArtistFacts } from '@/lib/catalogue/enrichment/facts'
import { createTestDatabase } from '@/lib/db/testing/database'
import { freshnessHeaders } from '@/lib/http/api/version'
import { ask, type ListPage, read } from './testing/ask'
import { fill } from './testing/catalogue'

/** Data from outside sources about artists and albums: the API returns it next to the imported data, and marked. */

const { pool } = await createTestDatabase()

type Thing = { [name: string]: unknown }

const artist: ArtistFacts = {
  artistKind: 'group',
  country: 'US',
  area: 'Duluth',
  begin: { year: 1993, month: null, day: null },
  end: null,
  hasEnded: true,
  disambiguation: null,
  aliases: ['Low (band)'],
  links: [{ type: 'official homepage', url: 'https://low.example/' }],
  genres: ['slowcore'],
}
const album: AlbumFacts = {
  firstReleased: { year: 2001, month: 1, day: 22 },
  albumKind: 'album',
  label: 'Kranky',
  disambiguation: null,
  genres: [],
}

const FETCHED = new Date('2026-01-01T00:00:00Z')
const add = (kind: string, id: number, source: string, freshUntil: Date, data: object | null) =>
  pool.query(
    `INSERT INTO enrichment (kind, entity_id, source, state, fetched_at, fresh_until, external_id, confidence, data)
     VALUES ($1, $2, $3, 'fresh', $4, $5, 'mb-1', 0.93, $6)`,
    [kind, id, source, FETCHED, freshUntil, data],
  )

const LONG_AGO = new Date('2026-01-02T00:00:00Z')
const FAR_OFF = new Date('2999-01-01T00:00:00Z')

beforeAll(async () => {
  await fill(50)
  await add('artist', 1, 'musicbrainz', FAR_OFF, artist)
  await add('album', 1, 'musicbrainz', LONG_AGO, album)
  await add('album', 1, 'coverart', FAR_OFF, { hash: 'a'.repeat(64), url: 'https://covers.example/1' })
  await add('album', 2, 'musicbrainz', FAR_OFF, null)
  await add('album', 3, 'musicbrainz', FAR_OFF, { of: 'another version' })
  doubtAll()
})

test('an artist has its enrichment, with source and age', async () => {
  const { enrichment, name }: Thing = await read('/artists/1')
  expect(name).not.toBe('')
  expect(enrichment).toEqual([
    {
      source: 'musicbrainz',
      id: 'mb-1',
      confidence: 0.93,
      fetchedAt: FETCHED.toISOString(),
      freshUntil: FAR_OFF.toISOString(),
      stale: false,
      kind: 'group',
      country: 'US',
      area: 'Duluth',
      begin: { year: 1993, month: null, day: null, text: '1993', precision: 'year' },
      end: null,
      ended: true,
      disambiguation: null,
      aliases: ['Low (band)'],
      links: [{ type: 'official homepage', url: 'https://low.example/' }],
      genres: ['slowcore'],
    },
  ])
})

test('an album has its enrichment, and expired data is marked', async () => {
  const before = await pool.query('SELECT label, year FROM album WHERE id = 1')
  const { enrichment, label }: Thing = await read('/albums/1')
  expect(enrichment).toMatchObject([
    { source: 'musicbrainz', stale: true, label: 'Kranky', firstReleased: { text: '2001-01-22' } },
  ])
  // The imported data is unchanged.
  expect(label).toBe(before.rows[0]?.label)
})

test('enrichment is the same in lists, and can be selected with fields', async () => {
  const { items }: ListPage = await read('/albums?sort=id&limit=1')
  expect(items[0]).toEqual(await read('/albums/1'))
  const selected: Thing = await read('/albums/1?fields=enrichment')
  expect(Object.keys(selected)).toContain('enrichment')
  expect(Object.keys(selected)).not.toContain('label')
})

test('enrichment is left out if it is missing or unreadable', async () => {
  for (const id of [2, 3, 4]) {
    const { enrichment }: Thing = await read(`/albums/${id}`)
    expect(enrichment).toEqual([])
  }
})

test('a response is current only until its enrichment expires', async () => {
  const now = new Date('2026-03-01T00:00:00Z')
  vi.useFakeTimers({ now, toFake: ['Date'] })
  try {
    await add('artist', 2, 'musicbrainz', new Date(now.getTime() + 90_000), artist)
    await add('artist', 2, 'another', FAR_OFF, artist)
    doubtAll()
    const fetchArtist = (tag?: string | null) => ask('/artists/2', { headers: tag ? { 'if-none-match': tag } : {} })
    const stale = async (response: Response) =>
      (await response.json()).enrichment.map((each: { stale: boolean }) => each.stale)
    const first = await fetchArtist()
    const tag = first.headers.get('etag')
    expect(first.headers.get('last-modified')).toBeNull()
    expect(await stale(first)).toEqual([false, false])
    vi.setSystemTime(now.getTime() + 89_000)
    expect((await fetchArtist(tag)).status).toBe(304)
    vi.setSystemTime(now.getTime() + 90_000)
    const later = await fetchArtist(tag)
    expect(later.status).toBe(200)
    expect(await stale(later)).toEqual([false, true])
    expect(later.headers.get('etag')).not.toBe(tag)
    expect((await fetchArtist(later.headers.get('etag'))).status).toBe(304)
  } finally {
    vi.useRealTimers()
  }
})

test('shared caches keep a response no longer than its expiry, counted from its creation', () => {
  const headers = (expiresAt?: number) =>
    freshnessHeaders({
      version: { name: 'a', changedAt: 0, expiresAt },
      seconds: 300,
      coding: 'identity',
      isShared: true,
      now: 50_000,
      generatedAt: 1_000,
    })['cache-control']
  expect(headers(91_999)).toContain('s-maxage=90,')
  expect(headers(999_999)).toContain('s-maxage=300,')
  expect(headers()).toContain('s-maxage=300,')
})
