import { beforeEach, describe, expect, test } from 'vitest'
import { OutsideClient } from '@/lib/enrichment/http/client'
import type { StoredResult } from '@/lib/enrichment/sources/source'
import type { AlbumSubject, ArtistSubject } from '@/lib/enrichment/store/read'
import { isRecorded, RecordedSource } from '@/lib/enrichment/testing/recorded-source'
import { OutsideServer } from '@/lib/enrichment/testing/server'
import { labelOf } from './facts'
import { musicbrainz } from './musicbrainz'
import { dateOf } from './responses'

/** Recorded responses of MusicBrainz; searches are simulated over them. */

let recorded = new RecordedSource()
const server = await OutsideServer.start((...exchange) => recorded.listener(...exchange))
beforeEach(() => {
  recorded = new RecordedSource()
  server.requests.length = 0
})

const client = new OutsideClient({ baseUrl: server.url, isOwn: true, userAgent: 'test', now: () => new Date(0) })
const { signal } = new AbortController()
const asking = {
  json: ((path, shape, ask = {}) => client.json(path, shape, { ...ask, signal })) satisfies Parameters<
    typeof musicbrainz.lookUp
  >[2]['json'],
  get: (path: string, ask: { accept: string; maxBytes: number }) => client.get(path, { ...ask, signal }),
  signal,
}

const nothing: StoredResult = { etag: null, externalId: null, confidence: null, refused: [] }
const artist = (given: Partial<ArtistSubject>): ArtistSubject => ({
  kind: 'artist',
  id: 1,
  name: '',
  disambiguation: '',
  mbids: [],
  albums: [],
  ...given,
})
const album = (given: Partial<AlbumSubject>): AlbumSubject => ({
  kind: 'album',
  id: 1,
  title: '',
  disambiguation: '',
  credit: '',
  year: null,
  label: null,
  mbids: [],
  releaseGroup: null,
  ...given,
})
const look = (subject: ArtistSubject | AlbumSubject, known: Partial<StoredResult> = {}) =>
  musicbrainz.lookUp(subject, { ...nothing, ...known }, asking)

const NIRVANA = '5b11f4ce-a62d-471e-81fc-a69a8278c7da'
const PSY = 'f99b7d67-4e63-4678-aa66-4c6ac0f7d24a'
const COHEN = '65314b12-0e08-43fa-ba33-baaa7b874c15'
const DARK_SIDE = 'f5093c06-23e3-404f-aeaa-40f72885ee3a'
const CULT_ASSASSIN = '53614893-6f25-4519-9cae-b1db904e2887'
const OTHER = '11111111-2222-3333-4444-555555555555'

describe.skipIf(!isRecorded)('by an imported id', () => {
  test('finds an artist', async () => {
    expect(await look(artist({ name: 'Whoever', mbids: [NIRVANA.toUpperCase()] }))).toMatchObject({
      outcome: 'found',
      externalId: NIRVANA,
      confidence: 1,
      etag: `"${NIRVANA}"`,
      data: {
        artistKind: 'group',
        country: 'US',
        area: 'United States',
        begin: { year: 1988, month: 1, day: null },
        end: { year: 1994, month: 4, day: 5 },
        hasEnded: true,
        disambiguation: '90s US grunge band',
      },
    })
  })

  test('returns an artist’s names in other scripts, and no ended links', async () => {
    expect(await look(artist({ mbids: [PSY] }))).toMatchObject({
      data: { aliases: ['Psy', '박재상', '싸이', '싸이(Psy)'], begin: { year: 1977, month: 12, day: 31 }, end: null },
    })
    const found = await look(artist({ mbids: [NIRVANA] }))
    const links = found.outcome === 'found' && 'links' in found.data ? found.data.links : []
    expect(links).toContainEqual({ type: 'allmusic', url: 'https://www.allmusic.com/artist/mn0000357406' })
    // This link has ended.
    expect(links.map(({ type }) => type)).not.toContain('BBC Music page')
  })

  test('finds an album, and its label if none was imported', async () => {
    recorded.labels.set(DARK_SIDE, 'Harvest')
    expect(await look(album({ mbids: [DARK_SIDE] }))).toMatchObject({
      externalId: DARK_SIDE,
      data: { firstReleased: { year: 1973, month: 3, day: 24 }, albumKind: 'album', label: 'Harvest' },
    })
    expect(server.requests).toHaveLength(2)
    expect(await look(album({ mbids: [DARK_SIDE], label: 'Capitol' }))).toMatchObject({ data: { label: null } })
    expect(server.requests).toHaveLength(3)
    expect(await look(album({ mbids: [CULT_ASSASSIN] }))).toMatchObject({ data: { albumKind: 'compilation' } })
  })

  test('follows a release’s id to its release group', async () => {
    const release = recorded.things.release.get('b84ee12a-09ef-421b-82de-0441a926375b')
    Object.assign(release ?? {}, { 'release-group': recorded.things['release-group'].get(DARK_SIDE) })
    expect(await look(album({ mbids: [release?.id ?? ''] }))).toMatchObject({ externalId: DARK_SIDE, confidence: 1 })
  })

  test('does not download unchanged data again', async () => {
    const known = { externalId: NIRVANA, etag: `"${NIRVANA}"`, confidence: 1 }
    expect(await look(artist({ mbids: [NIRVANA] }), known)).toEqual({ outcome: 'unchanged' })
    // The stored data is under another id, so the request is not conditional.
    expect(await look(artist({ mbids: [PSY] }), known)).toMatchObject({ externalId: PSY })
  })

  test('does not request an invalid id', async () => {
    expect(await look(artist({ name: 'Nobody', mbids: ['../../evil?'] }))).toMatchObject({ outcome: 'unknown' })
    expect(server.requests.map(({ path }) => path).join()).not.toContain('evil')
  })
})

describe.skipIf(!isRecorded)('by a search', () => {
  const cult = { title: 'Cult Assassin', credit: 'DJ Muggs vs. Ill Bill', year: 2010 }

  test('finds an album by title, credit and year', async () => {
    const found = await look(album(cult))
    expect(found).toMatchObject({ outcome: 'found', externalId: CULT_ASSASSIN, confidence: 1 })
  })

  test('escapes characters of the query syntax', async () => {
    await look(album({ title: 'AC/DC "live" (\\) OR *', credit: 'a:b' }))
    expect(new URL(server.requests[0]?.path ?? '', server.url).searchParams.get('query')).toBe(
      'releasegroup:"AC/DC \\"live\\" (\\\\) OR *" AND artist:"a:b"',
    )
  })

  test('similar results become candidates', async () => {
    const found = await look(album({ ...cult, year: 1990 }))
    expect(found).toMatchObject({
      outcome: 'unknown',
      error: 'No candidate is a sure match.',
      candidates: [
        { id: CULT_ASSASSIN, name: 'Cult Assassin', detail: 'DJ Muggs vs. Ill Bill, 2010, Album', confidence: 0.85 },
      ],
    })
    expect(await look(album(cult), { refused: [CULT_ASSASSIN] })).toMatchObject({ outcome: 'unknown', candidates: [] })
  })

  test('two equally likely results become candidates', async () => {
    const known = recorded.things['release-group'].get(CULT_ASSASSIN)
    recorded.add('release-group', { ...known, id: OTHER })
    const found = await look(album(cult))
    expect(found.outcome === 'unknown' && found.candidates.map(({ id }) => id).sort()).toEqual([OTHER, CULT_ASSASSIN])
  })

  test('an artist with the same name is only a candidate', async () => {
    expect(await look(artist({ name: 'Leonard Cohen' }))).toMatchObject({
      outcome: 'unknown',
      candidates: [{ id: COHEN, name: 'Leonard Cohen', detail: 'Person, CA', confidence: 0.75 }],
    })
    expect(await look(artist({ name: 'PSY', disambiguation: 'South Korean singer and rapper' }))).toMatchObject({
      outcome: 'found',
      externalId: PSY,
      confidence: 0.95,
    })
  })

  test('an artist with the same name and albums is a match', async () => {
    const muggs = 'd9c25451-bec6-4273-abe2-15ce0f0e0621'
    recorded.add('artist', { id: muggs, name: 'DJ Muggs' })
    const albums = [{ title: 'Cult Assassin', year: 2010 }]
    const subject = artist({ name: 'DJ Muggs', albums })
    expect(await look(subject)).toMatchObject({ outcome: 'found', externalId: muggs, confidence: 0.93 })
    // The same name with another album.
    expect(await look({ ...subject, albums: [{ title: 'Cult Assassin', year: 1980 }] })).toMatchObject({
      outcome: 'unknown',
    })
  })

  test('a match found or chosen before is not searched again', async () => {
    expect(await look(artist({ name: 'Cohen' }), { externalId: COHEN, confidence: 0.95 })).toMatchObject({
      externalId: COHEN,
      confidence: 0.95,
    })
    expect(server.requests).toHaveLength(1)
    // The imported id takes precedence.
    expect(await look(artist({ mbids: [PSY] }), { externalId: COHEN, confidence: 1 })).toMatchObject({
      externalId: PSY,
    })
  })
})

test('an entity without results is unknown', async () => {
  expect(await look(artist({ name: 'Nobody', mbids: [OTHER] }))).toEqual({
    outcome: 'unknown',
    error: 'Not found at MusicBrainz.',
    externalId: null,
    candidates: [],
  })
})

for (const [text, date] of [
  ['1973-03-24', { year: 1973, month: 3, day: 24 }],
  ['1988-01', { year: 1988, month: 1, day: null }],
  ['2013', { year: 2013, month: null, day: null }],
  ['', null],
  [null, null],
  ['1973-13-01', null],
  ['????-05', null],
] as const)
  test(`"${text}" is ${date ? 'a date' : 'not a date'}`, () => expect(dateOf(text)).toEqual(date))

test('takes the label of the earliest official release that has one', () => {
  const release = (date: string | null, status: string, name: string | null) => ({
    date,
    status,
    'label-info': [{ label: { name } }],
  })
  const releases = [
    release('1970', 'Bootleg', 'Wrong'),
    release(null, 'Official', 'Unknown date'),
    release('1973', 'Official', 'Harvest'),
    release('1972', 'Official', null),
  ]
  expect(labelOf({ releases })).toBe('Harvest')
  expect(labelOf({ releases: [] })).toBeNull()
})
