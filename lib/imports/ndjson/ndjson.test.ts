import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createTestDatabase } from '@/lib/db/testing/database'
import {
  emptyCatalogue,
  exported,
  exportedRecords,
  importInput,
  importOnce,
  importValid,
  inputOf,
  ndjson,
  rebuilt,
} from '@/lib/imports/testing'
import { readNdjson } from './read'

const { pool } = await createTestDatabase()
vi.setConfig({ testTimeout: 60_000 })
beforeEach(() => emptyCatalogue(pool))

const artist = (id: string, more: object = {}) => ({ type: 'artist', id, name: `Artist ${id}`, ...more })
const song = (id: string, more: object = {}) => ({ type: 'song', id, title: `Song ${id}`, ...more })
const album = (id: string, more: object = {}) => ({ type: 'album', id, title: `Album ${id}`, ...more })
const playlist = (id: string, more: object = {}) => ({ type: 'playlist', id, name: `Playlist ${id}`, ...more })

const everything = [
  { type: 'genre', name: 'Rock' },
  { type: 'genre', name: 'rock' },
  { type: 'genre', name: '!!!' },
  artist('a', {
    sortName: 'A, Artist',
    disambiguation: 'the first',
    kind: 'person',
    externalIds: [{ source: 'mb', value: '1' }],
  }),
  artist('b', { name: 'The Tab\tand \\N "Quotes" \n😀' }),
  song('s', {
    title: 'Ωmega\r\n',
    disambiguation: 'live',
    durationMs: 0,
    composer: 'Somebody',
    listens: 100_000_000_000,
    credits: [
      { artist: 'a', name: 'A.', join: ' & ' },
      { artist: 'b', join: ' feat. ', role: 'featured' },
      { artist: 'a', role: 'composer' },
    ],
    genres: ['rock', 'Jazz'],
    externalIds: [
      { source: 'mb', value: '2' },
      { source: 'isrc', value: 'X' },
    ],
  }),
  song('t'),
  album('l', {
    disambiguation: 'remaster',
    kind: 'live',
    date: '1999-02-28',
    label: 'Label',
    credits: [{ artist: 'b' }],
    genres: ['Rock', '!!!'],
    discs: [
      {
        position: 2,
        title: 'Two',
        format: 'CD',
        tracks: [{ position: 3, number: 'B3', title: 'Printed', durationMs: 5, song: 's' }, { song: 's' }],
      },
      {
        tracks: [
          { durationMs: null, song: 's' },
          { song: 't', durationMs: 7 },
        ],
      },
      {},
    ],
    externalIds: [{ source: 'mb', value: '3' }],
  }),
  album('m', { date: '2001' }),
  album('n', { date: '2001-05', kind: 'ep', discs: [{ tracks: [{ song: 't' }] }] }),
  playlist('p', {
    description: 'Mine',
    revision: 7,
    items: [{ song: 's' }, { title: 'Lost' }, { title: 'Lost', artist: 'Who', album: '' }, { song: 's' }],
    externalIds: [{ source: 'x', value: '4' }],
  }),
  playlist('q'),
]

test('an export that is imported and exported again is the same, byte by byte', async () => {
  await importInput(ndjson(everything))
  await pool.query('INSERT INTO song_redirect SELECT 900, max(id) FROM song')
  const first = await exported()
  expect(first).toContain('{"type":"redirect","entity":"song","from":900,"to":2}')
  await emptyCatalogue(pool)
  await importInput(readNdjson(inputOf(first)))
  expect(await exported()).toBe(first)

  const again = await importInput(readNdjson(inputOf(first)))
  expect(again.result.songs).toEqual({ created: 0, updated: 0 })
  expect(await exported()).toBe(first)
})

test('an export omits default values', async () => {
  await importInput(ndjson(everything))
  const records = await exportedRecords()
  expect(records).toContainEqual({
    type: 'song',
    id: 2,
    title: 'Song t',
    externalIds: [{ source: 'test', value: 't' }],
  })
  expect(records).toContainEqual(
    expect.objectContaining({
      type: 'album',
      date: '1999-02-28',
      discs: [
        {
          position: 2,
          title: 'Two',
          format: 'CD',
          tracks: [{ position: 3, number: 'B3', title: 'Printed', durationMs: 5, song: 1 }, { song: 1 }],
        },
        {
          tracks: [
            { durationMs: null, song: 1 },
            { durationMs: 7, song: 2 },
          ],
        },
        {},
      ],
    }),
  )
})

test('an export that is imported into a catalogue with content is a source of its own', async () => {
  await importInput(ndjson(everything))
  const file = await exported()
  await emptyCatalogue(pool)
  await importInput(ndjson([artist('z'), song('z')], 'other'))
  await importInput(readNdjson(inputOf(file)))
  const songs = await pool.query('SELECT id, title FROM song ORDER BY id')
  expect(songs.rows.map(({ title }) => title)).toEqual(['Song z', 'Ωmega\r\n', 'Song t'])
  const again = await importInput(readNdjson(inputOf(file)))
  expect(again.result.songs).toEqual({ created: 0, updated: 0 })
  const { rows } = await pool.query(`SELECT count(*)::int AS count FROM song_external_id WHERE source LIKE 'syro:%'`)
  expect(rows).toEqual([{ count: 2 }])
})

test('a file whose ids are MBIDs matches them in upper and lower case', async () => {
  const [one, other] = ['B10BBBFC-CF9E-42E0-BE17-E2C3E1D2600D', '0DA580F2-6768-498F-AF9D-2BECADDF15E0']
  await importInput(ndjson([artist(one), song(other, { credits: [{ artist: one.toLowerCase() }] })], 'musicbrainz'))
  const { result } = await importInput(
    ndjson([song(other.toLowerCase(), { title: 'New', credits: [{ artist: one }] })], 'musicbrainz'),
  )
  expect(result.songs).toMatchObject({ created: 0, updated: 1 })
  const { rows } = await pool.query('SELECT value FROM song_external_id UNION SELECT value FROM artist_external_id')
  expect(rows.map(({ value }) => value).sort()).toEqual([one, other].map((id) => id.toLowerCase()).sort())
})

test('a redirect of another catalogue is a further key of the same thing', async () => {
  await importInput(ndjson([song('1'), { type: 'redirect', entity: 'song', from: 12, to: '1' }]))
  await importInput(ndjson([playlist('p', { items: [{ song: '12' }] })]))
  expect(await exportedRecords()).toContainEqual(expect.objectContaining({ type: 'playlist', items: [{ song: 1 }] }))
})

describe('a newer file', () => {
  const before = [
    artist('a'),
    artist('b'),
    song('s', { credits: [{ artist: 'a' }], genres: ['Rock'] }),
    song('t', { credits: [{ artist: 'a' }] }),
    album('l', { credits: [{ artist: 'a' }], discs: [{ tracks: [{ song: 's' }, { song: 't' }] }] }),
    playlist('p', { items: [{ song: 's' }] }),
  ]
  const importBefore = importOnce(pool, before)
  /** `figures`: other things whose counts or album change, and so their date. */
  const changes: [what: string, record: object, updated: object, figures?: object][] = [
    ['a name', artist('a', { name: 'Another' }), { artists: 1 }],
    ['a title', song('s', { title: 'New', credits: [{ artist: 'a' }], genres: ['Rock'] }), { songs: 1 }],
    ['a duration that was unknown', song('t', { durationMs: 5, credits: [{ artist: 'a' }] }), { songs: 1 }],
    ['an artist', song('t', { credits: [{ artist: 'b' }] }), { songs: 1 }, { artists: 2 }],
    ['a join phrase', song('t', { credits: [{ artist: 'a', join: '!' }] }), { songs: 1 }],
    ['a genre', song('s', { credits: [{ artist: 'a' }], genres: ['Jazz'] }), { songs: 1 }],
    ['an external id', artist('b', { externalIds: [{ source: 'mb', value: '1' }] }), { artists: 1 }],
    [
      'a date',
      album('l', { date: '1999', credits: [{ artist: 'a' }], discs: [{ tracks: [{ song: 's' }, { song: 't' }] }] }),
      { albums: 1 },
      { songs: 2 },
    ],
    [
      'the order of tracks',
      album('l', { credits: [{ artist: 'a' }], discs: [{ tracks: [{ song: 't' }, { song: 's' }] }] }),
      { albums: 1 },
    ],
    [
      'the title of a disc',
      album('l', { credits: [{ artist: 'a' }], discs: [{ title: 'One', tracks: [{ song: 's' }, { song: 't' }] }] }),
      { albums: 1 },
    ],
    [
      'a playlist’s items',
      playlist('p', { items: [{ song: 's' }, { song: 't' }] }),
      { playlists: 1 },
      { songs: 1, artists: 1 },
    ],
    ['nothing', song('s', { credits: [{ artist: 'a' }], genres: ['Rock'] }), {}],
  ]
  test.each(changes)('changes %s', async (_what, record, expected, figures = {}) => {
    await importBefore()
    await pool.query(`UPDATE artist SET updated_at = '2000-01-01'; UPDATE song SET updated_at = '2000-01-01';
      UPDATE album SET updated_at = '2000-01-01'; UPDATE playlist SET updated_at = '2000-01-01'`)
    const { result } = await importInput(ndjson([record]))
    const updated = { artists: 0, songs: 0, albums: 0, playlists: 0, ...expected }
    expect({
      artists: result.artists.updated,
      songs: result.songs.updated,
      albums: result.albums.updated,
      playlists: result.playlists.updated,
    }).toEqual(updated)
    for (const [table, count] of Object.entries({ ...updated, ...figures })) {
      const { rows } = await pool.query(
        `SELECT count(*)::int AS count FROM ${table.slice(0, -1)} WHERE updated_at > '2000-01-01'`,
      )
      expect(rows).toEqual([{ count }])
    }
    expect(await rebuilt(pool)).toEqual({})
  })

  test('increments a playlist’s revision only when its items change', async () => {
    await importBefore()
    const revision = async () => (await pool.query('SELECT revision FROM playlist')).rows[0].revision
    await importInput(ndjson([playlist('p', { items: [{ song: 't' }] })]))
    expect(await revision()).toBe(2)
    await importInput(ndjson([playlist('p', { items: [{ song: 't' }] })]))
    expect(await revision()).toBe(2)
    await importInput(ndjson([playlist('p', { revision: 9, items: [] })]))
    expect(await revision()).toBe(9)
  })

  test('keeps absent fields, and clears those that are null or empty', async () => {
    await importInput(ndjson(everything))
    const before = await exported()
    const { rows } = await importInput(
      ndjson([
        { type: 'artist', id: 'a', name: 'Artist a' },
        { type: 'song', id: 's', title: 'Ωmega\r\n' },
        { type: 'album', id: 'l', title: 'Album l' },
        { type: 'playlist', id: 'p', name: 'Playlist p' },
      ]),
    )
    expect(rows).toEqual({ read: 4, created: 0, updated: 0, unchanged: 4, merged: 0, rejected: 0 })
    expect(await exported()).toBe(before)

    await importInput(
      ndjson([
        song('s', { title: 'Ωmega\r\n', durationMs: null, composer: null, credits: [] }),
        album('l', { date: null, genres: [], discs: [] }),
        playlist('p', { items: [] }),
      ]),
    )
    const records = await exportedRecords()
    expect(records).toContainEqual(expect.not.objectContaining({ id: 1, type: 'song', composer: expect.anything() }))
    expect(records).toContainEqual(
      expect.objectContaining({ type: 'song', id: 1, listens: 100_000_000_000, genres: ['rock', 'Jazz'] }),
    )
    const cleared = await pool.query(
      `SELECT year, label, track_count, (SELECT count(*)::int FROM album_genre WHERE album_id = album.id) AS genres
       FROM album WHERE id = 1`,
    )
    expect(cleared.rows).toEqual([{ year: null, label: 'Label', track_count: 0, genres: 0 }])
    expect(await rebuilt(pool)).toEqual({})
  })

  test('that is an export resets omitted fields to their default', async () => {
    await importInput(ndjson([song('s'), album('l')]))
    const file = await exported()
    await pool.query(`UPDATE song SET composer = 'Somebody'; UPDATE album SET label = 'Label'`)
    await importInput(readNdjson(inputOf(file)))
    expect(await exported()).toBe(file)
  })

  test('with rejected records changes nothing of their things', async () => {
    await importBefore()
    const file = await exported()
    const { rejected } = await importValid(
      ndjson([
        song('s', { credits: [{ artist: 'nobody' }], genres: [] }),
        album('l', { discs: [{ tracks: [{ song: 'nothing' }] }] }),
      ]),
    )
    expect(rejected).toHaveLength(2)
    expect(await exported()).toBe(file)
  })

  test('keeps things that it does not mention', async () => {
    await importBefore()
    const records = await exportedRecords()
    await importInput(ndjson([song('u')]))
    expect(await exportedRecords()).toEqual(expect.arrayContaining(records))
  })
})

describe('a thing of two sources', () => {
  const mb = (value: string) => ({ externalIds: [{ source: 'mb', value }] })
  const importTwo = importOnce(pool, [artist('a', mb('1')), artist('b', mb('2'))])

  test('is matched by an external id, and later by its key', async () => {
    await importInput(ndjson([artist('a', mb('1'))], 'one'))
    await importInput(ndjson([artist('x', { name: 'Renamed', ...mb('1') })], 'two'))
    await importInput(ndjson([artist('x', { name: 'Again' })], 'two'))
    const { rows } = await pool.query('SELECT name FROM artist')
    expect(rows).toEqual([{ name: 'Again' }])
  })

  test.each([
    [
      'another record’s external id',
      [artist('a', mb('2'))],
      /line 2: externalIds must not have mb 2, which belongs to another artist, 2/,
    ],
    [
      'external ids of two things',
      [
        artist('z', {
          externalIds: [
            { source: 'mb', value: '1' },
            { source: 'mb', value: '2' },
          ],
        }),
      ],
      /line 2: externalIds must not have mb 2, which belongs to another artist, 2/,
    ],
    [
      'two records of one thing',
      [artist('a'), artist('z', mb('1'))],
      /line 3: id must not be the same artist as line 2: both are 1 in the catalogue/,
    ],
    [
      'a repeated external id',
      [artist('y', mb('9')), artist('z', mb('9'))],
      /line 3: externalIds must not have mb 9, which line 2 has/,
    ],
    [
      'another record’s id as external id',
      [artist('y'), artist('z', { externalIds: [{ source: 'test', value: 'y' }] })],
      /line 3: externalIds must not have test y, which is the id of line 2/,
    ],
  ])('%s is a conflict', async (_what, records, message) => {
    await importTwo()
    const before = await exported()
    await expect(importInput(ndjson(records))).rejects.toThrow(message)
    expect(await exported()).toBe(before)
  })
})

const lines = (...text: string[]) =>
  readNdjson(inputOf(['{"type":"catalogue","version":1,"source":"test"}', ...text].join('\n'), 'x'))

describe('an invalid line', () => {
  /** Valid, and a blank line, which counts. */
  const first = ['{"type":"song","id":4,"title":"S"}', '']
  const invalid: [line: string, fault: string][] = [
    ['{"type":"song","id":"4","title":"S"}', 'id must be unique, but line 2 has 4 too'],
    ['{', 'row is not JSON'],
    ['[]', 'row must be an object, not a list'],
    ['{"type":"band"}', 'type must be "artist", "genre", "song", "album", "playlist" or "redirect"'],
    ['{"type":"artist","id":"a"}', 'name is missing'],
    ['{"type":"artist","id":"a","name":" "}', 'name must not be blank'],
    [
      '{"type":"artist","id":"a","name":"A","kind":"robot"}',
      'kind must be "person", "group", "orchestra", "choir", "character" or "other", not "robot"',
    ],
    ['{"type":"artist","id":"a","name":"\\ud800"}', 'name must be valid Unicode without NUL'],
    ['{"type":"artist","id":"a","name":"a\\u0000"}', 'name must be valid Unicode without NUL'],
    ['{"type":"artist","id":1.5,"name":"A"}', 'id must be a string or a whole number'],
    ['{"type":"artist","id":"a","name":"A","age":3}', 'age is not a known field'],
    [`{"type":"artist","id":"a","name":"${'a'.repeat(1001)}"}`, 'name must have at most 1000 characters'],
    ['{"type":"song","id":1,"title":"S","durationMs":-1}', 'durationMs must be at least 0'],
    ['{"type":"song","id":1,"title":"S","durationMs":"3:45"}', 'durationMs must be a number, not "3:45"'],
    [
      '{"type":"song","id":2,"title":"S","credits":[{"artist":"z"}]}',
      'credits[0].artist names artist z, which is neither in the file nor in the catalogue',
    ],
    [
      '{"type":"album","id":1,"title":"A","date":"1999-02-29"}',
      'date must be a date such as "1997", "1997-05" or "1997-05-21"',
    ],
    [
      '{"type":"album","id":2,"title":"A","discs":[{"tracks":[{"song":9}]}]}',
      'discs[0].tracks[0].song names song 9, which is neither in the file nor in the catalogue',
    ],
    [
      '{"type":"album","id":3,"title":"A","discs":[{"position":2},{"position":2}]}',
      'discs[1].position must be unique, but 2 is repeated',
    ],
    [
      '{"type":"playlist","id":1,"name":"P","items":[{"song":1,"title":"x"}]}',
      'items[0] must have a song, or a title with an optional artist and album',
    ],
    [
      '{"type":"playlist","id":2,"name":"P","items":[{"song":7}]}',
      'items[0].song names song 7, which is neither in the file nor in the catalogue',
    ],
    [
      '{"type":"redirect","entity":"song","from":5,"to":"s"}',
      'to names song s, which is neither in the file nor in the catalogue',
    ],
  ]

  test('is rejected with its reason', async () => {
    const { rejected } = await importValid(lines(...first, ...invalid.map(([line]) => line)))
    expect(rejected.map(({ line, field, expected }) => `line ${line}: ${field} ${expected}`)).toEqual(
      invalid.map(([, fault], index) => `line ${index + 4}: ${fault}`),
    )
    expect(await exportedRecords()).toHaveLength(1)
  })

  // One that the reader finds, and two that the database finds.
  test.each(invalid.filter((_, index) => [0, 1, 20].includes(index)))('%s fails the import', async (line, fault) => {
    const message = `x, line 4: ${fault}.`
    await expect(importInput(lines(...first, line))).rejects.toThrow(message)
    expect(await exportedRecords()).toEqual([])
    const { rows } = await pool.query('SELECT status, error FROM import_run')
    expect(rows).toEqual([{ status: 'failed', error: message }])
  })

  test('a file without a header is an error', async () => {
    await expect(importInput(readNdjson(inputOf('{"type":"genre","name":"Rock"}', 'x')))).rejects.toThrow(
      'x, line 1: the first line must be a header',
    )
    await expect(importInput(readNdjson(inputOf('', 'x')))).rejects.toThrow(
      'x, line 1: the first line must be a header',
    )
  })

  test('is rejected with the rows that depend on it', async () => {
    const { rejected, rows } = await importValid(
      ndjson([
        artist('a', { kind: 'robot' }),
        artist('b'),
        song('s', { credits: [{ artist: 'a' }] }),
        song('t', { credits: [{ artist: 'b' }] }),
        album('l', { discs: [{ tracks: [{ song: 't' }, { song: 's' }] }] }),
        album('m', { discs: [{ tracks: [{ song: 't' }] }] }),
        playlist('p', { items: [{ song: 's' }] }),
      ]),
    )
    expect(rejected.map(({ line, field, expected }) => `${line}: ${field} ${expected}`)).toEqual([
      '2: kind must be "person", "group", "orchestra", "choir", "character" or "other", not "robot"',
      '4: credits[0].artist names artist a, which was rejected (line 2)',
      '6: discs[0].tracks[1].song names song s, which was rejected (line 4)',
      '8: items[0].song names song s, which was rejected (line 4)',
    ])
    expect(rejected[1]?.row).toEqual(song('s', { credits: [{ artist: 'a' }] }))
    expect(rows).toEqual({ read: 7, created: 3, updated: 0, unchanged: 0, merged: 0, rejected: 4 })
    expect((await exportedRecords()).map((record) => JSON.stringify(record).slice(0, 40))).toHaveLength(3)
    expect(await rebuilt(pool)).toEqual({})
  })
})

test('the error for a file of another version names the version', async () => {
  const header = '{"type":"catalogue","version":2,"source":"test"}'
  await expect(importInput(readNdjson(inputOf(header, 'x')))).rejects.toThrow(
    'x, line 1: version must be 1 in this SyroMusic, not 2.',
  )
})
