import pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import { rebuild } from '@/lib/catalogue/rebuild'
import { createTestDatabase } from '@/lib/db/testing/database'
import { importInput, ndjson } from '@/lib/imports/testing'
import { FIGURES_VERSION } from './version'

const { url, pool } = await createTestDatabase()

const song = (id: string, more: object) => ({ type: 'song', id, title: id, credits: [{ artist: 'a' }], ...more })
const album = (id: string, songs: string[]) => ({
  type: 'album',
  id,
  title: id,
  credits: [{ artist: 'a' }],
  discs: [{ tracks: songs.map((of) => ({ song: of })) }],
})

beforeAll(async () => {
  await importInput(
    ndjson([
      { type: 'artist', id: 'a', name: 'A' },
      song('hit', { durationMs: 180_000, listens: 90, genres: ['Łódź', 'Rock'] }),
      song('filler', { listens: 10 }),
      song('other', { durationMs: null, listens: 20 }),
      album('Long', ['hit', 'filler', 'other', 'filler']),
      album('Short', ['hit', 'filler']),
      album('Untimed', ['other']),
      { type: 'playlist', id: 'p', name: 'P', items: [{ song: 'hit' }, { song: 'other' }, { title: 'Unmatched' }] },
    ]),
  )
})

/** All rows of a table, without `updated_at`. */
const figures = async (table: string) => {
  const order = table === 'song_genre' ? 'sort_key, genre_id' : 'id'
  const { rows } = await pool.query(`SELECT * FROM ${table} ORDER BY ${order}`)
  return rows.map(({ updated_at: _, ...row }) => row)
}

test('counts tracks and items with a known duration', async () => {
  expect((await figures('album')).map((row) => [row.title, row.timed_count, row.track_count])).toEqual([
    ['Long', 1, 4],
    ['Short', 1, 2],
    ['Untimed', 0, 1],
  ])
  expect(await figures('playlist')).toEqual([expect.objectContaining({ timed_count: 1, item_count: 3 })])
})

test('the popularity of an album does not grow with its number of songs', async () => {
  const [long, short] = await figures('album')
  // Songs have 91, 10 and 21: listens, and one for each playlist. A repeated track counts once.
  expect([Number(long.popularity), Number(short.popularity)]).toEqual([41, 51])
})

test("rows of a genre's songs have their sort columns", async () => {
  const [hit] = await figures('song')
  expect(await figures('song_genre')).toEqual([
    expect.objectContaining({ sort_key: 'hit', popularity: hit.popularity, release_key: hit.release_key }),
    expect.objectContaining({ sort_key: 'hit', popularity: '91' }),
  ])
})

test('a rebuild after an import changes nothing, and corrects wrong figures of an older version', async () => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const tables = ['album', 'playlist', 'song', 'song_genre', 'catalogue']
  try {
    expect(await figures('catalogue')).toEqual([expect.objectContaining({ figures_version: FIGURES_VERSION })])
    expect(await rebuild(client)).toEqual({})
    const right = await Promise.all(tables.map(figures))
    await pool.query(`UPDATE catalogue SET figures_version = 0; UPDATE album SET timed_count = 0, sort_key = 'ł', popularity = 1;
      UPDATE playlist SET timed_count = 3, popularity = 0; UPDATE song SET sort_key = 'x';
      UPDATE song_genre SET sort_key = '', popularity = 0; DELETE FROM catalogue_change`)
    expect(Object.keys(await rebuild(client)).sort()).toEqual(['album', 'playlist', 'song', 'song_genre'])
    expect(await Promise.all(tables.map(figures))).toEqual(right)
    expect((await pool.query('SELECT kind FROM catalogue_change')).rows).toEqual([{ kind: 'all' }])
  } finally {
    await client.end()
  }
})
