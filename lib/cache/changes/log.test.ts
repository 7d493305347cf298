import { beforeAll, beforeEach, expect, test } from 'vitest'
import { parseDependency } from '@/lib/cache/dependencies/names'
import { pool } from '@/lib/db/pool'
import { createTestDatabase } from '@/lib/db/testing/database'
import { inTransaction } from '@/lib/db/transaction'
import { importInput, ndjson } from '@/lib/imports/testing'

/** The change log, which triggers write. */

await createTestDatabase()

const credit = { artist: 'artist', name: 'Artist' }
const rows = [
  { type: 'artist', id: 'artist', name: 'Artist' },
  { type: 'artist', id: 'other', name: 'Other' },
  ...[1, 2, 3].map((id) => ({ type: 'song', id: `${id}`, title: `Song ${id}`, credits: [credit], genres: ['Rock'] })),
  {
    type: 'album',
    id: 'album',
    title: 'Album',
    credits: [credit],
    genres: ['Rock'],
    discs: [{ tracks: [{ song: '1' }, { song: '2' }] }],
  },
  { type: 'album', id: 'empty', title: 'Empty', credits: [{ artist: 'other' }] },
  { type: 'playlist', id: 'playlist', name: 'Playlist', items: [{ song: '1' }, { song: '3' }] },
]

beforeAll(() => importInput(ndjson(rows, 'test')))

let last: number
beforeEach(async () => {
  last = await currentNumber()
})

async function currentNumber(): Promise<number> {
  const { rows: found } = await pool().query<{ number: string }>('SELECT number FROM change_counter')
  return Number(found[0]?.number)
}

async function idOf(table: string, title: string): Promise<number> {
  const column = table === 'artist' || table === 'playlist' || table === 'genre' ? 'name' : 'title'
  const { rows: found } = await pool().query<{ id: number }>(`SELECT id FROM ${table} WHERE ${column} = $1`, [title])
  return found[0]?.id ?? expect.fail(title)
}

/** The names of the changes since the test began. */
async function namesSince(): Promise<string[]> {
  const { rows: found } = await pool().query<{ number: string; dependencies: string[] }>(
    'SELECT number, dependencies FROM change_log WHERE number > $1 ORDER BY number',
    [last],
  )
  expect(found.map(({ number }) => Number(number))).toEqual(found.map((_, index) => last + 1 + index))
  return [...new Set(found.flatMap(({ dependencies }) => dependencies))].sort()
}

test('an import names what it has changed', async () => {
  const names = await namesSince()
  expect(names).toEqual([])
  await importInput(ndjson([{ type: 'album', id: 'album', title: 'Renamed' }], 'test'))
  const album = await idOf('album', 'Renamed')
  const song = await idOf('song', 'Song 1')
  const after = await namesSince()
  expect(after).toEqual(
    expect.arrayContaining([`album.label:${album}`, `album:${album}`, 'albums.title', 'albums.filtered']),
  )
  expect(after).not.toContain('albums.newest')
  expect(after).not.toContain(`song.label:${song}`)
  expect(after.filter((name) => name.startsWith('artist'))).toEqual([])
})

test('all names are known', async () => {
  const { rows: found } = await pool().query<{ name: string }>(
    'SELECT DISTINCT unnest(dependencies) AS name FROM change_log',
  )
  expect(found.length).toBeGreaterThan(40)
  expect(found.filter(({ name }) => parseDependency(name) === undefined)).toEqual([])
})

test('a write by hand is noted too', async () => {
  const album = await idOf('album', 'Empty')
  await pool().query("UPDATE album SET cover = 'x' WHERE id = $1", [album])
  expect(await namesSince()).toEqual([
    `album.label:${album}`,
    `album.page:${album}`,
    `album:${album}`,
    'albums.filtered',
  ])
})

test('a write that changes nothing is no change', async () => {
  await pool().query('UPDATE album SET title = title')
  await importInput(ndjson([{ type: 'album', id: 'empty', title: 'Empty' }], 'test'))
  expect(await namesSince()).toEqual([])
})

test('numbers follow the order of commits without gaps', async () => {
  const ids = await Promise.all(['Song 1', 'Song 2', 'Song 3'].map((title) => idOf('song', title)))
  await Promise.all(
    Array.from({ length: 60 }, (_, index) =>
      inTransaction(async (client) => {
        await client.query('UPDATE song SET listens = listens + 1 WHERE id = $1', [ids[index % 3]])
        if (index % 4 === 0) throw new Error('rolled back')
      }).catch(() => {}),
    ),
  )
  expect(await currentNumber()).toBe(last + 45)
  await namesSince()
})

test('nothing is pending after a transaction', async () => {
  const { rows: found } = await pool().query('SELECT FROM pending_change')
  expect(found).toEqual([])
})

test('more than 20,000 names are a change of everything', async () => {
  await pool().query(`INSERT INTO genre (name, slug) SELECT 'g' || n, 'g' || n FROM generate_series(1, 8000) AS n`)
  expect(await namesSince()).toEqual(['*'])
})
