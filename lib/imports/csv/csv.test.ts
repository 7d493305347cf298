import { gzipSync } from 'node:zlib'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createTestDatabase } from '@/lib/db/testing/database'
import type { ImportRecord } from '@/lib/imports/reader'
import type { ImportInput } from '@/lib/imports/run'
import { emptyCatalogue, exportedRecords, importInput, importValid, inputOf, rebuilt } from '@/lib/imports/testing'
import { type CsvOptions, readCsv } from './read'

const { pool } = await createTestDatabase()
beforeEach(() => emptyCatalogue(pool))
vi.setConfig({ testTimeout: 60_000 })

const csv = (content: string | Buffer, options: Partial<CsvOptions> = {}) =>
  readCsv(inputOf(content, 'x.csv'), { source: 'csv', map: new Map(), ...options })

/** @returns the records of a file, without importing them. @throws for its first invalid row, as an import does. */
async function readAll({ name, rows }: ImportInput): Promise<ImportRecord[]> {
  const records: ImportRecord[] = []
  for await (const entries of rows)
    for (const entry of entries) {
      if ('fault' in entry)
        throw new Error(`${name}, line ${entry.line}: ${entry.fault.field} ${entry.fault.expected}.`)
      records.push(...entry.records)
    }
  return records
}

const rows = async (statement: string): Promise<unknown[]> => (await pool.query(statement)).rows
const songs = () => rows('SELECT title, credit, duration_ms, composer, listens::int FROM song ORDER BY id')
const albums = () =>
  rows(`SELECT title, credit, kind::text, concat_ws('-', year, month, day) AS date, label, disc_count AS discs, track_count AS tracks
        FROM album ORDER BY id`)
const tracks = () =>
  rows(`SELECT album.title AS album, disc.position AS disc, number, song.title
        FROM track JOIN disc ON disc.id = disc_id JOIN album ON album.id = disc.album_id JOIN song ON song.id = song_id
        ORDER BY album.id, disc.position, track.position`)

test('imports a table as many programs write it', async () => {
  await importInput(
    csv(`Track Name,Artist,Album Artist,Album,Disc Number,#,Time,Release Date,Genre,Label,Composer,Plays
Airbag,Radiohead,,OK Computer,1/1,1/12,4:44,1997-05-21,Alternative; Rock,Parlophone,Thom Yorke,"1,234"
Paranoid Android,Radiohead,,OK Computer,1/1,2/12,6:23,1997-05-21,Alternative,Parlophone,,99
"Hey, ""You""","Foo;Bar",Various Artists,Hits,2,1,1:02:03,2001,,,,
`),
  )
  expect(await songs()).toEqual([
    { title: 'Airbag', credit: 'Radiohead', duration_ms: 284_000, composer: 'Thom Yorke', listens: 1234 },
    { title: 'Paranoid Android', credit: 'Radiohead', duration_ms: 383_000, composer: null, listens: 99 },
    { title: 'Hey, "You"', credit: 'Foo, Bar', duration_ms: 3_723_000, composer: null, listens: 0 },
  ])
  expect(await albums()).toEqual([
    {
      title: 'OK Computer',
      credit: 'Radiohead',
      kind: 'album',
      date: '1997-5-21',
      label: 'Parlophone',
      discs: 1,
      tracks: 2,
    },
    { title: 'Hits', credit: 'Various Artists', kind: 'album', date: '2001', label: null, discs: 1, tracks: 1 },
  ])
  expect(await rows('SELECT name, album_count FROM genre ORDER BY id')).toEqual([
    { name: 'Alternative', album_count: 1 },
    { name: 'Rock', album_count: 1 },
  ])
  expect(await rebuilt(pool)).toEqual({})
})

test('imports the rows of an album in any order', async () => {
  await importInput(
    csv(`title,artist,album,disc,track
C,X,One,2,1
Z,Y,Other,,
B,X,One,1,7
A,X,One,1,3
Side,X,One,3,A1
Other side,X,One,3,B1
`),
  )
  expect(await tracks()).toEqual([
    { album: 'One', disc: 1, number: '3', title: 'A' },
    { album: 'One', disc: 1, number: '7', title: 'B' },
    { album: 'One', disc: 2, number: '1', title: 'C' },
    { album: 'One', disc: 3, number: 'A1', title: 'Side' },
    { album: 'One', disc: 3, number: 'B1', title: 'Other side' },
    { album: 'Other', disc: 1, number: '1', title: 'Z' },
  ])
})

test('makes a compilation one album by various artists', async () => {
  await importInput(csv('title,artist,album,compilation\nA,X,Mix,1\nB,Y,Mix,1\nC,Z,Mix,0\n'))
  expect(await albums()).toEqual([
    expect.objectContaining({ credit: 'Various Artists', kind: 'compilation', tracks: 2 }),
    expect.objectContaining({ credit: 'Z', kind: 'album', tracks: 1 }),
  ])
})

test('puts a song with one ISRC on two albums', async () => {
  await importInput(csv('title,artist,album,isrc\nA,X,One,GBAYE9700105\nA,X,Two,GB-AYE-97-00105\n'))
  expect(await rows('SELECT title, album_count FROM song')).toEqual([{ title: 'A', album_count: 2 }])
})

test('the same file again changes nothing; a newer one updates by the id column', async () => {
  await importInput(csv('id,title,artist\n1,A,X\n2,B,X\n'))
  const records = await exportedRecords()
  await importInput(csv('id,title,artist\n1,A,X\n2,B,X\n'))
  expect(await exportedRecords()).toEqual(records)
  const { result } = await importInput(csv('id,title,artist\n2,Bee,X\n3,C,X\n'))
  expect(result.songs).toEqual({ created: 1, updated: 1 })
  expect(await rows('SELECT title FROM song ORDER BY id')).toEqual([{ title: 'A' }, { title: 'Bee' }, { title: 'C' }])
})

describe('reads a file', () => {
  const plain = 'title;artist\nCafé;Müller\n'
  test.each<[what: string, content: string | Buffer, options?: Partial<CsvOptions>]>([
    ['with a byte order mark', `\ufeff${plain}`],
    ['with Windows line ends', plain.replaceAll('\n', '\r\n')],
    ['without a final line end', plain.trimEnd()],
    ['with tabs', plain.replaceAll(';', '\t')],
    ['with commas', plain.replaceAll(';', ',')],
    ['with a given delimiter', plain.replaceAll(';', '~'), { delimiter: '~' }],
    [
      'with given columns',
      'a;b\nMüller;Café\n',
      {
        map: new Map([
          ['title', 'b'],
          ['artist', 'A'],
        ]),
      },
    ],
    ['with an ignored column', 'title;artist;kind\nCafé;Müller;MPEG\n', { map: new Map([['kind', '']]) }],
    ['with empty lines', plain.replaceAll('\n', '\n\n')],
  ])('%s', async (_what, content, options) => {
    const songs = (await readAll(csv(content, options))).filter(({ type }) => type === 'song')
    expect(songs).toEqual([
      expect.objectContaining({ title: 'Café', credits: [expect.objectContaining({ name: 'Müller' })] }),
    ])
  })

  test.each<[what: string, content: Buffer, message: RegExp]>([
    [
      'in Latin-1',
      Buffer.from(plain, 'latin1'),
      /^x\.csv, line 2: the text is not UTF-8; it looks like Windows-1252 or Latin-1\. Convert it: iconv -f WINDOWS-1252 -t UTF-8 x\.csv > converted/,
    ],
    [
      'in UTF-16',
      Buffer.from(`\ufeff${plain}`, 'utf16le'),
      /^x\.csv, line 1: .* looks like UTF-16\. Convert it: iconv -f UTF-16LE/,
    ],
    ['in UTF-16 without a mark', Buffer.from(plain, 'utf16le'), /looks like UTF-16/],
    ['in truncated UTF-8', Buffer.from(`${plain}é`).subarray(0, -1), /^x\.csv, line 3: the text is not UTF-8/],
    ['compressed', gzipSync(plain), /not UTF-8/],
  ])('%s is refused', async (_what, content, message) => {
    await expect(readAll(csv(content))).rejects.toThrow(message)
  })
})

describe('an invalid row', () => {
  test.each([
    ['title,length\nA,3:75', 'x.csv, line 2: length must be a duration such as 3:45, not "3:75".'],
    ['title,Track #\nA,x-1', 'x.csv, line 2: Track # must be a number such as 3, 3/12 or A1, not "x-1".'],
    ['title,year\nA,199', 'x.csv, line 2: year must be a year or a date such as 1997 or 1997-05-21, not "199".'],
    [
      'title,date\nA,1999-02-30',
      'x.csv, line 2: date must be a year or a date such as 1997 or 1997-05-21, not "1999-02-30".',
    ],
    ['title,isrc\nA,1', 'x.csv, line 2: isrc must be an ISRC such as GBAYE9700123, not "1".'],
    ['title,plays\nA,-1', 'x.csv, line 2: plays must be a whole number, not "-1".'],
    [
      'title,kind\nA,cassette',
      'x.csv, line 2: kind must be album, ep, single, live, compilation, soundtrack, other, not "cassette".',
    ],
    ['title,artist\n,X', 'x.csv, line 2: title must not be blank.'],
    ['title,artist\nA,X,Y', 'x.csv, line 2: row has 3 cells, and the header has 2.'],
    ['title,artist\n"A\nB",X\n\n"C,X\nD,X\nE,X\n', 'x.csv, line 5: row has a quote that is not closed.'],
    ['title,artist\n"A"b,X\nC,Y', 'x.csv, line 2: row has text after a closing quote.'],
    ['title,artist\nA "b" c,X', /^x\.csv, line 2: row has a quote in the middle of a cell/],
    [
      'foo,bar\n1,2',
      'x.csv, line 1: no column is the title of a track. The file has "foo", "bar". Name it with --map title=…',
    ],
    ['', 'x.csv, line 1: there is no header.'],
  ])('%s', async (content, message) => {
    await expect(readAll(csv(content))).rejects.toThrow(message)
  })

  test.each([
    ['title,length\nA,abc', 'x.csv, line 2: length must be a duration such as 3:45, not "abc".'],
    [
      'id,title,artist\na1,One,Ada\na1,Quite another,Ada',
      'x.csv, line 3: id must not be that of line 2, which is "One" by Ada.',
    ],
    ['id,title,artist\na1,One,Ada\na1,One,Bo', 'x.csv, line 3: id must not be that of line 2, which is "One" by Ada.'],
    [
      'title,artist,isrc\nOne,Ada,GBAYE9700105\nOther,Ada,GBAYE9700105',
      'x.csv, line 3: isrc must not be that of line 2, which is "One" by Ada.',
    ],
    [
      'id,title,album,albumid\n1,A,One,x\n2,B,Two,x',
      'x.csv, line 3: album must not be "Two": line 2 has "One" for the same id.',
    ],
  ])('%s fails the import', async (content, message) => {
    await expect(importInput(csv(content))).rejects.toThrow(message)
    expect(await songs()).toEqual([])
  })

  test('is named by its first line', async () => {
    await expect(readAll(csv('title,length\n"A\nB",1:00\n"C\nD",x\n'))).rejects.toThrow('x.csv, line 4: length')
    await expect(readAll(csv('title,length\n\nA,1:00\n\n\nB,x\n'))).rejects.toThrow('x.csv, line 6: length')
    await expect(readAll(csv(`title,artist\n"A,X\n${'B,X\n'.repeat(2_000)}`))).rejects.toThrow(
      'x.csv, line 2: row has a quote that is not closed.',
    )
  })

  test('a missing column is an error', async () => {
    await expect(readAll(csv('a,b\n1,2\n', { map: new Map([['title', 'c']]) }))).rejects.toThrow(
      '--map title=c: x.csv has no column "c". The file has "a", "b".',
    )
    await expect(readAll(csv('a,b\n1,2\n', { map: new Map([['titel', 'a']]) }))).rejects.toThrow(
      '--map titel=a: there is no field "titel".',
    )
  })

  test('is rejected with its reason if invalid rows are skipped', async () => {
    const { rejected } = await importValid(csv('title,length\nA,1:00\nB,x\n,1:00\nD,2:00\nA,1:00\n'))
    expect(rejected.map(({ line, field }) => [line, field])).toEqual([
      [3, 'length'],
      [4, 'title'],
    ])
    expect(rejected[0]?.row).toEqual({ title: 'B', length: 'x' })
    expect(await rows('SELECT title FROM song ORDER BY id')).toEqual([{ title: 'A' }, { title: 'D' }])
  })

  test('without an end is an error, not held in memory', async () => {
    const long = `title\nA\n"${'x'.repeat(3_000_000)}\nB\n`
    await expect(readAll(csv(long))).rejects.toThrow(
      'x.csv, line 3: row must have at most 1,048,576 characters; a quote in it may not be closed.',
    )
  })
})
