import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createTestDatabase } from '@/lib/db/testing/database'
import { emptyCatalogue, exported, importInput, importValid, inputOf, rebuilt } from '@/lib/imports/testing'
import { readCsv } from './read'

const { pool } = await createTestDatabase()
beforeEach(() => emptyCatalogue(pool))
vi.setConfig({ testTimeout: 120_000 })

const csv = (content: string) => readCsv(inputOf(content, 'x.csv'), { source: 'csv', map: new Map() })
const rows = async (statement: string): Promise<unknown[]> => (await pool.query(statement)).rows
/** "Album / disc.number Title" */
const tracks = async () =>
  (
    await pool.query<{ track: string }>(
      `SELECT concat(album.title, ' / ', disc.position, '.', number, ' ', track.title) AS track
       FROM track JOIN disc ON disc.id = disc_id JOIN album ON album.id = disc.album_id
       ORDER BY album.id, disc.position, track.position`,
    )
  ).rows.map(({ track }) => track)

async function importInTurn(...files: string[]) {
  const outcomes = []
  for (const file of files) outcomes.push(await importInput(csv(file)))
  expect(await rebuilt(pool)).toEqual({})
  return outcomes
}

describe('a later file', () => {
  test('adds its rows to an album and removes none', async () => {
    const [, second] = await importInTurn(
      'id,title,artist,album\n1,A,X,One\n2,B,X,One\n',
      'id,title,artist,album\n3,C,X,One\n',
    )
    expect(await tracks()).toEqual(['One / 1.1 A', 'One / 1.2 B', 'One / 1.3 C'])
    expect(second?.rows).toEqual({ read: 1, created: 1, updated: 0, unchanged: 0, merged: 0, rejected: 0 })
  })

  test('puts rows with a number where the number belongs', async () => {
    await importInTurn(
      'title,artist,album,disc,track\nA,X,One,1,1\nD,X,One,1,4\n',
      'title,artist,album,disc,track\nC,X,One,1,3\nB,X,One,1,2\nE,X,One,2,1\n',
    )
    expect(await tracks()).toEqual(['One / 1.1 A', 'One / 1.2 B', 'One / 1.3 C', 'One / 1.4 D', 'One / 2.1 E'])
  })

  test('moves a track if its number changed', async () => {
    const [, second] = await importInTurn(
      'id,title,artist,album,track\n1,A,X,One,1\n2,B,X,One,2\n3,C,X,One,4\n',
      'id,title,artist,album,track\n1,A,X,One,3\n2,B,X,One,2\n',
    )
    expect(await tracks()).toEqual(['One / 1.2 B', 'One / 1.3 A', 'One / 1.4 C'])
    expect(second?.rows).toMatchObject({ updated: 1, unchanged: 1 })
  })

  test('keeps a field if its column is missing or its cell blank', async () => {
    const before = `id,title,artist,album,disc,track,length,year,genre,label,composer,kind,plays
1,A,X,One,2,5,3:20,2001,Folk,L,Someone,ep,12
`
    const [, fewer, blank, fewest] = await importInTurn(
      before,
      'id,title,artist,album,plays\n1,A,X,One,15\n',
      before.replace(/One,.*\n$/, 'One,,,,,,,,,\n'),
      'id,title\n1,A\n',
    )
    expect(fewer?.rows).toMatchObject({ read: 1, updated: 1 })
    for (const same of [blank, fewest]) expect(same?.rows).toMatchObject({ read: 1, unchanged: 1 })
    expect(await tracks()).toEqual(['One / 2.5 A'])
    expect(await rows('SELECT duration_ms, composer, listens::int FROM song')).toEqual([
      { duration_ms: 200_000, composer: 'Someone', listens: 15 },
    ])
    expect(
      await rows(`SELECT year, label, kind::text, (SELECT name FROM genre JOIN album_genre ON genre_id = genre.id)
                       FROM album`),
    ).toEqual([{ year: 2001, label: 'L', kind: 'ep', name: 'Folk' }])
    expect(await rows('SELECT name FROM song_genre JOIN genre ON genre.id = genre_id')).toEqual([{ name: 'Folk' }])
    expect(await rows('SELECT credited_name FROM song_credit')).toEqual([{ credited_name: 'X' }])
  })

  test('replaces the genre of a song, and that of its album only where no other song has it', async () => {
    const album = (one: string, two: string) => `id,title,artist,album,genre\n1,A,X,One,${one}\n2,B,X,One,${two}\n`
    const genres = () => rows('SELECT name FROM album_genre JOIN genre ON genre.id = genre_id ORDER BY name')
    await importInTurn(album('Rokc', 'Jazz'), 'id,title,artist,album,genre\n1,A,X,One,Rock\n')
    expect(await genres()).toEqual([{ name: 'Jazz' }, { name: 'Rock' }])
    await importInTurn(album('Rock', 'Rock'), 'id,title,artist,album,genre\n1,A,X,One,Folk\n')
    expect(await genres()).toEqual([{ name: 'Folk' }, { name: 'Rock' }])
  })

  test('with a rejected row changes nothing that the row refers to', async () => {
    await importInput(csv('id,title,artist,album,length\n1,A,X,One,1:00\n2,B,Y,Two,1:00\n'))
    await pool.query(`INSERT INTO song_external_id VALUES ('isrc', 'GBAYE9700105', 2)`)
    const before = await exported()
    const { rejected } = await importValid(csv('id,title,artist,album,isrc\n1,New,z,One,GBAYE9700105\n'))
    expect(rejected.map(({ line }) => line)).toEqual([2])
    expect(await exported()).toBe(before)
  })
})

describe('rows of one file', () => {
  const merged = (line: number, into: number, title: string) => ({
    file: 'x.csv',
    line,
    note: `is the same song as line ${into}: "${title}"`,
  })

  test('with one ISRC and two ids are one song, on both albums, with both ids', async () => {
    const file =
      'id,title,artist,album,length,isrc\ns1,Lamp,X,One,3:00,NOABC2100001\ns2,Lamp (Live),X,Two,3:10,NOABC2100001\n'
    const { rows: counts, notes } = await importInput(csv(file))
    expect(counts).toEqual({ read: 2, created: 1, updated: 0, unchanged: 0, merged: 1, rejected: 0 })
    expect(notes.merged).toEqual([merged(3, 2, 'Lamp')])
    expect(await tracks()).toEqual(['One / 1.1 Lamp', 'Two / 1.1 Lamp (Live)'])
    expect(await rows('SELECT duration_ms FROM track ORDER BY duration_ms')).toEqual([
      { duration_ms: 180_000 },
      { duration_ms: 190_000 },
    ])
    const again = await importInput(csv(file.replaceAll(/,[^,]*$/gm, '')))
    expect(again.rows).toEqual({ read: 2, created: 0, updated: 0, unchanged: 1, merged: 1, rejected: 0 })
    expect(await rebuilt(pool)).toEqual({})
  })

  test('that are two songs in the catalogue are not merged: the later is rejected', async () => {
    await importInput(csv('id,title,artist\ns1,Lamp,X\ns2,Lamp,X\n'))
    const { rejected, rows: counts } = await importValid(
      csv('id,title,artist,isrc\ns1,Lamp,X,NOABC2100001\ns2,Lamp,X,NOABC2100001\n'),
    )
    expect(rejected.map(({ line, field }) => `${line} ${field}`)).toEqual(['3 externalIds'])
    expect(counts).toMatchObject({ updated: 1, rejected: 1 })
  })

  test('with the same artist and title are one song, and the merge is noted', async () => {
    const { rows: counts, notes } = await importInput(csv('title,artist\nA,X\nB,X\na,x\n'))
    expect(counts).toEqual({ read: 3, created: 2, updated: 0, unchanged: 0, merged: 1, rejected: 0 })
    expect(notes.merged).toEqual([merged(4, 2, 'A')])
    expect(await rows('SELECT rows_read, rows_created, rows_merged, notes FROM import_run')).toEqual([
      { rows_read: 3, rows_created: 2, rows_merged: 1, notes },
    ])
  })

  test('add genres and fields that the first lacks', async () => {
    await importInput(
      csv(`id,title,artist,album,length,genre,year,label
1,A,X,One,,Rock,,
1,A,X,One,2:00,Jazz,,L
2,B,X,One,,,2001,M
`),
    )
    expect(await tracks()).toEqual(['One / 1.1 A', 'One / 1.2 B'])
    expect(await rows('SELECT year, label FROM album')).toEqual([{ year: 2001, label: 'L' }])
    expect(await rows('SELECT duration_ms FROM song ORDER BY id')).toEqual([
      { duration_ms: 120_000 },
      { duration_ms: null },
    ])
    expect(await rows('SELECT name FROM song_genre JOIN genre ON genre.id = genre_id ORDER BY name')).toEqual([
      { name: 'Jazz' },
      { name: 'Rock' },
    ])
  })

  test('that are rejected leave no artist or album, and rows merged into them are rejected too', async () => {
    await importInput(csv('id,title,artist,isrc\n1,A,X,NOABC2100001\n2,B,X,NOABC2100002\n'))
    const { rejected, rows: counts } = await importValid(
      csv(`id,title,artist,album,isrc
1,A,New,Newer,NOABC2100002
1,A,New,,
3,C,X,,
`),
    )
    expect(rejected.map(({ line, expected }) => `${line}: ${expected}`)).toEqual([
      '2: must not have isrc NOABC2100002, which belongs to another song, 2',
      '3: is that of line 2, which was rejected',
    ])
    expect(counts).toEqual({ read: 3, created: 1, updated: 0, unchanged: 0, merged: 0, rejected: 2 })
    expect(await rows('SELECT name FROM artist')).toEqual([{ name: 'X' }])
    expect(await rows('SELECT FROM album')).toEqual([])
  })
})

const cases = new URL('../../../../shared/data/cases/', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, cases), 'utf8')
const hasCases = existsSync(cases)
if (!hasCases) console.warn(`Skipping cases of real files: ${cases.pathname} is missing.`)

describe.skipIf(!hasCases)('a case of a real file', () => {
  test.each<[first: string, second: string | undefined, tracks: string[]]>([
    [
      'two-playlists-1.csv',
      'two-playlists-2.csv',
      ['Blue Shelf / 1.1 One', 'Blue Shelf / 1.2 Two', 'Blue Shelf / 1.3 Three', 'Blue Shelf / 1.4 Four'],
    ],
    ['fewer-columns-1.csv', 'fewer-columns-2.csv', ['Blue Shelf / 1.1 One', 'Blue Shelf / 1.2 Two']],
    ['isrc-two-albums.csv', undefined, ['Lamp (Single) / 1.1 Lamp', 'Light Years / 1.1 Lamp']],
    ['ma2506.csv', undefined, ['Sampler One / 1.1 Lamp', 'Sampler Two / 1.1 Lamp']],
  ])('%s', async (first, second, expected) => {
    await importInTurn(read(first), ...(second ? [read(second)] : []))
    expect(await tracks()).toEqual(expected)
  })

  test('same-id-two-titles.csv', async () => {
    const { rejected } = await importValid(csv(read('same-id-two-titles.csv')))
    expect(rejected.map(({ line, field }) => `${line} ${field}`)).toEqual(['3 id'])
    expect(await rows('SELECT name FROM artist')).toEqual([{ name: 'Ada Lark' }])
  })

  test('open-quote.csv', async () => {
    await expect(importInput(csv(read('open-quote.csv')))).rejects.toThrow('line 2: row has a quote that is not closed')
  })
})

const columns = {
  title: fc.constantFrom('Lamp', 'Lamp (Live)', 'lamp', 'Coal', 'Snow', ''),
  artist: fc.constantFrom('Oda', 'oda', 'Per', 'Oda;Per', ''),
  album: fc.constantFrom('One', 'Two', 'one', ''),
  'album artist': fc.constantFrom('', 'Oda', 'Per'),
  disc: fc.constantFrom('', '1', '2'),
  'track number': fc.constantFrom('', '1', '2', '3', '7', 'A1'),
  length: fc.constantFrom('', '1:00', '2:00', 'soon'),
  genre: fc.constantFrom('', 'Rock', 'Jazz;Rock', 'Folk'),
  year: fc.constantFrom('', '2001', '2002'),
  plays: fc.constantFrom('', '1', '2'),
  isrc: fc.constantFrom('', 'NOABC2100001', 'NOABC2100002'),
  id: fc.constantFrom('', 'a', 'b', 'NOABC2100001'),
  'album id': fc.constantFrom('', 'x', 'y'),
  mbid: fc.constantFrom('', 'a74b1b7f-71a5-4011-9441-d0b5e4122711'),
  'artist mbid': fc.constantFrom('', 'a74b1b7f-71a5-4011-9441-d0b5e4122713'),
  'album mbid': fc.constantFrom('', 'a74b1b7f-71a5-4011-9441-d0b5e4122714'),
  compilation: fc.constantFrom('', '1'),
}
const table = fc
  .subarray(Object.entries(columns).slice(1))
  .map((some) => [['title', columns.title] as const, ...some])
  .chain((some) =>
    fc
      .array(fc.tuple(...some.map(([, cell]) => cell)), { minLength: 1, maxLength: 12 })
      .map((cells) => [some.map(([name]) => name), ...cells].map((row) => row.join(',')).join('\n')),
  )

/** "album:song" */
async function places(): Promise<string[]> {
  const { rows } = await pool.query<{ place: string }>(
    `SELECT DISTINCT concat(album_id, ':', song_id) AS place FROM track JOIN disc ON disc.id = disc_id`,
  )
  return rows.map(({ place }) => place)
}

test('loses no row, removes no song from its album, and changes nothing when the last file is repeated', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(table, { minLength: 2, maxLength: 3 }), async (files) => {
      await emptyCatalogue(pool)
      for (const file of files) {
        const before = await places()
        const { rows: counts } = await importValid(csv(file))
        const { read, ...became } = counts
        expect(Object.values(became).reduce((sum, count) => sum + count)).toBe(read)
        expect(await places()).toEqual(expect.arrayContaining(before))
        expect(await rebuilt(pool)).toEqual({})
      }
      const before = await exported()
      const { rows: counts } = await importValid(csv(files.at(-1) ?? ''))
      expect(counts).toMatchObject({ created: 0, updated: 0 })
      expect(await exported()).toBe(before)
    }),
    { numRuns: 4, endOnFailure: true },
  )
})
