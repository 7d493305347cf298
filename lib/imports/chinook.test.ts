import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { findTotals } from '@/lib/catalogue/home'
import { createTestDatabase } from '@/lib/db/testing/database'
import { openInput } from '@/lib/imports/files/input'
import { chinookFieldNames, readChinook } from './chinook'
import { runImport } from './run'
import { importInput, inputOf, rebuilt } from './testing'

const { pool } = await createTestDatabase()

const list = async (statement: string): Promise<unknown[]> =>
  (await pool.query<{ value: unknown }>(`SELECT value FROM (${statement}) AS found (value)`)).rows.map(
    ({ value }) => value,
  )

const file = new URL('../../../shared/data/chinook/ChinookData.json', import.meta.url)
const isThere = existsSync(file)
if (!isThere) console.warn(`Tests of the whole Chinook catalogue are left out: ${file.pathname} is not there.`)

describe.skipIf(!isThere)('the whole of Chinook', () => {
  type Table = Record<string, unknown>[]
  let tables: Record<string, Table>

  beforeAll(async () => {
    tables = JSON.parse(await readFile(file, 'utf8'))
    await importInput(readChinook(await openInput(file.pathname)), 'chinook')
  })

  const table = (name: string): Table => tables[name] ?? []

  test('is complete', async () => {
    expect(await findTotals()).toEqual({
      artists: 275,
      albums: 347,
      songs: 3503,
      genres: 25,
      playlists: 18,
      playlistItems: 8715,
    })
    expect(await list('SELECT count(*)::int FROM artist WHERE album_count = 0')).toEqual([71])
    expect(await list('SELECT count(*)::int FROM playlist WHERE item_count = 0')).toEqual([4])
  })

  test('has every name unchanged, in file order', async () => {
    expect(await list('SELECT name FROM artist ORDER BY id')).toEqual(table('Artist').map((row) => row.Name))
    expect(await list('SELECT title FROM album ORDER BY id')).toEqual(table('Album').map((row) => row.Title))
    expect(await list('SELECT name FROM playlist ORDER BY id')).toEqual(table('Playlist').map((row) => row.Name))
    expect(await list('SELECT name FROM genre ORDER BY id')).toEqual(table('Genre').map((row) => row.Name))
    const songs = await pool.query('SELECT title, composer, duration_ms FROM song ORDER BY id')
    expect(songs.rows).toEqual(
      table('Track').map((row) => ({ title: row.Name, composer: row.Composer || null, duration_ms: row.Milliseconds })),
    )
    expect(
      await list(`SELECT name FROM artist WHERE name IN ('Motörhead', 'João Suplicy', 'Os Cariocas') ORDER BY name`),
    ).toEqual(['João Suplicy', 'Motörhead', 'Os Cariocas'])
  })

  test('has the tracks of each album in file order', async () => {
    const expected = new Map<unknown, unknown[]>()
    for (const { AlbumId, TrackId } of table('Track'))
      expected.set(AlbumId, [...(expected.get(AlbumId) ?? []), TrackId])
    const { rows } = await pool.query<{ album: number; tracks: number[]; positions: number[] }>(`
      SELECT album_x.value::int AS album, array_agg(song_x.value::int ORDER BY position) AS tracks,
        array_agg(track.position ORDER BY position) AS positions
      FROM track JOIN (SELECT id, album_id FROM disc WHERE position = 1) AS disc ON disc.id = disc_id
      JOIN album_external_id AS album_x USING (album_id) JOIN song_external_id AS song_x USING (song_id)
      GROUP BY album_x.value`)
    expect(new Map(rows.map(({ album, tracks }) => [album, tracks]))).toEqual(expected)
    for (const { positions } of rows) expect(positions).toEqual(positions.map((_, index) => index + 1))
  })

  test('has the items of each playlist in file order', async () => {
    const expected = table('Playlist').map(({ PlaylistId }) =>
      table('PlaylistTrack')
        .filter((row) => row.PlaylistId === PlaylistId)
        .map((row) => row.TrackId),
    )
    expect(
      await list(`
        SELECT coalesce(array_agg(song_x.value::int ORDER BY position) FILTER (WHERE position > 0), '{}')
        FROM playlist LEFT JOIN playlist_item ON playlist_id = playlist.id LEFT JOIN song_external_id AS song_x USING (song_id)
        GROUP BY playlist.id ORDER BY playlist.id`),
    ).toEqual(expected)
  })

  test('has songs by the artist of their album', async () => {
    expect(
      await list('SELECT count(*)::int FROM song WHERE credit <> (SELECT credit FROM album WHERE id = album_id)'),
    ).toEqual([0])
    expect(await list(`SELECT credit FROM song WHERE title = 'Ace Of Spades'`)).toEqual(['Motörhead'])
  })

  test('changes nothing the second time', async () => {
    const before = await pool.query('SELECT id, updated_at FROM song UNION ALL SELECT id, updated_at FROM playlist')
    const { result } = await importInput(readChinook(await openInput(file.pathname)), 'chinook')
    expect(result).toEqual({
      artists: { created: 0, updated: 0 },
      genres: { created: 0 },
      songs: { created: 0, updated: 0 },
      albums: { created: 0, updated: 0 },
      playlists: { created: 0, updated: 0 },
    })
    expect(
      (await pool.query('SELECT id, updated_at FROM song UNION ALL SELECT id, updated_at FROM playlist')).rows,
    ).toEqual(before.rows)
    expect(await rebuilt(pool)).toEqual({})
  })
})

describe('an error', () => {
  const good = {
    Genre: [{ GenreId: 1, Name: 'Rock' }],
    Artist: [{ ArtistId: 1, Name: 'AC/DC' }],
    Album: [{ AlbumId: 1, Title: 'Let There Be Rock', ArtistId: 1 }],
    Track: [{ TrackId: 1, Name: 'Overdose', AlbumId: 1, GenreId: 1, Milliseconds: 369319 }],
    Playlist: [{ PlaylistId: 1, Name: 'Music' }],
    PlaylistTrack: [{ PlaylistId: 1, TrackId: 1 }],
  }
  const cases: [what: string, change: object, message: RegExp][] = [
    ['a missing name', { Artist: [{ ArtistId: 1 }] }, /line 11: Name is missing/],
    ['a text for a number', { Track: [{ TrackId: 'x', Name: 'a' }] }, /TrackId must be a number, not "x"/],
    [
      'an unknown artist',
      { Album: [{ AlbumId: 1, Title: 'a', ArtistId: 9999 }] },
      /ArtistId names artist 9999, which is neither/,
    ],
    [
      'an unknown album',
      { Track: [{ TrackId: 1, Name: 'a', AlbumId: 9999, Milliseconds: 1 }] },
      /AlbumId names album 9999/,
    ],
    ['a missing genre', { Genre: [] }, /GenreId names genre 1, which no earlier row has/],
    ['an item of an unknown playlist', { Playlist: [] }, /PlaylistId names playlist 1/],
    ['an item with an unknown track', { PlaylistTrack: [{ PlaylistId: 1, TrackId: 9999 }] }, /TrackId names song 9999/],
    ['a repeated id', { Artist: [...good.Artist, ...good.Artist] }, /ArtistId must be unique, but line 1\d has 1 too/],
  ]
  test.each(cases)('%s', async (_what, change, message) => {
    const text = JSON.stringify({ ...good, ...change }, null, 2)
    const run = runImport({
      format: 'chinook',
      inputs: [readChinook(inputOf(text, 'x.json'))],
      fieldNames: chinookFieldNames,
      progress: { read: () => {}, step: () => {} },
    })
    await expect(run).rejects.toThrow(message)
    await expect(run).rejects.toThrow(/^x\.json, line \d+: /)
  })

  test('for text that is not JSON', async () => {
    await expect(importInput(readChinook(inputOf('{\n"Artist": [\n{"ArtistId": oops}]}', 'x.json')))).rejects.toThrow(
      /^x\.json, line 3: this is not JSON/,
    )
  })

  test.each(['Track', 'PlaylistTrack'])('for a file without its list %s', async (lost) => {
    const text = JSON.stringify({ ...good, [lost]: undefined })
    await expect(importInput(readChinook(inputOf(text, 'x.json')))).rejects.toThrow(`but nothing in ${lost}`)
  })

  test('for another kind of file', async () => {
    await expect(importInput(readChinook(inputOf('{"a": [1]}', 'x.json')))).rejects.toThrow(
      /x\.json has none of Chinook.s lists/,
    )
  })
})
