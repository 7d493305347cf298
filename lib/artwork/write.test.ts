import { beforeEach, expect, test } from 'vitest'
import { colourNumber } from '@/lib/artwork/colours/colours'
import { catchUp } from '@/lib/cache/changes/read'
import { onChange } from '@/lib/cache/changes/recent'
import type { ColourValue } from '@/lib/catalogue/artwork/colour-parameter'
import { beginLargeWrite, rebuild } from '@/lib/catalogue/rebuild'
import { createTestDatabase } from '@/lib/db/testing/database'
import { type NewCover, removeCover, setCovers } from './write'

const { pool } = await createTestDatabase()

const RED = 'a'.repeat(64)
const BLUE = 'b'.repeat(64)
const AT = new Date('2026-01-02T03:04:05Z')
const told: (readonly string[] | undefined)[] = []
onChange((names) => told.push(names))

beforeEach(async () => {
  await pool.query('TRUNCATE album, album_artwork, album_colour, artwork CASCADE')
  await pool.query(`
    INSERT INTO artwork (hash, type, width, height, bytes, thumb_hash, colours) VALUES
      ('${RED}', 'image/png', 9, 9, 9, '\\x00', '[{"hex":"#e50000","share":0.9},{"hex":"#15b01a","share":0.05}]'),
      ('${BLUE}', 'image/png', 9, 9, 9, '\\x00', '[{"hex":"#0343df","share":1}]')`)
  await pool.query(`
    INSERT INTO album (id, title, sort_key, year, month, release_key, updated_at)
    SELECT id, 'A', 'a', 1999, id, 19990000 + id * 100, 'epoch' FROM generate_series(1, 3) AS id`)
  await catchUp()
  told.length = 0
})

const coverOf = (albumId: number, hash: string, source = 'coverart'): NewCover => ({
  albumId,
  hash,
  source,
  fetchedAt: AT,
})
const covers = async () =>
  (await pool.query('SELECT album_id, hash, source, fetched_at FROM album_artwork ORDER BY 1')).rows.map((row) => [
    row.album_id,
    row.hash[0],
    row.source,
    +row.fetched_at,
  ])
const listed = async (asked: ColourValue) =>
  (
    await pool.query('SELECT album_id AS id, release_key AS key FROM album_colour WHERE colour = $1 ORDER BY 1', [
      colourNumber(asked),
    ])
  ).rows

test('sets covers and lists their albums by colour', async () => {
  await setCovers([coverOf(2, RED), coverOf(1, BLUE), coverOf(99, RED)])
  expect(await covers()).toEqual([
    [1, 'b', 'coverart', +AT],
    [2, 'a', 'coverart', +AT],
  ])
  expect(await listed('red')).toEqual([{ id: 2, key: 19990200 }])
  expect(await listed('#E50000')).toEqual([{ id: 2, key: 19990200 }])
  expect(await listed('blue')).toEqual([{ id: 1, key: 19990100 }])
  // 5% of a cover is too little to list it by.
  expect(await listed('green')).toEqual([])
  const changed = [1, 2].flatMap((id) => [`album.label:${id}`, `album:${id}`, `album.page:${id}`])
  expect(told.map((names) => [...(names ?? [])].sort())).toEqual([
    [...changed, 'albums.colour', 'albums.filtered'].sort(),
  ])
  const { rows } = await pool.query(`SELECT id FROM album WHERE updated_at > 'epoch' ORDER BY 1`)
  expect(rows).toEqual([{ id: 1 }, { id: 2 }])
})

test('an operator’s cover replaces others and is not replaced by them', async () => {
  await setCovers([coverOf(1, RED)])
  await setCovers([coverOf(1, BLUE, 'operator')])
  expect(await listed('red')).toEqual([])
  told.length = 0
  await setCovers([coverOf(1, RED)])
  expect(told).toEqual([])
  expect(await covers()).toEqual([[1, 'b', 'operator', +AT]])
  await setCovers([coverOf(1, RED, 'operator'), coverOf(1, BLUE)])
  expect(await covers()).toEqual([[1, 'a', 'operator', +AT]])
})

test('sets all covers or none', async () => {
  await expect(setCovers([coverOf(1, RED), coverOf(2, 'c'.repeat(64))])).rejects.toThrow(/foreign key/)
  expect(await covers()).toEqual([])
  expect(told).toEqual([])
})

test('removes a cover once', async () => {
  await setCovers([coverOf(1, RED)])
  expect(await removeCover(1)).toBe(true)
  expect(await covers()).toEqual([])
  expect(await listed('red')).toEqual([])
  told.length = 0
  expect(await removeCover(1)).toBe(false)
  expect(told).toEqual([])
})

test('a change times out while an import is being written, and changes nothing', async () => {
  const importing = await pool.connect()
  try {
    await beginLargeWrite(importing)
    await expect(setCovers([coverOf(1, RED)], { waitMs: 20 })).rejects.toMatchObject({
      code: 'unavailable',
      message: 'An import is being written. Covers can be changed when it is done.',
    })
    const waiting = setCovers([coverOf(1, RED)])
    await importing.query('COMMIT')
    await waiting
    expect(await covers()).toEqual([[1, 'a', 'coverart', +AT]])
  } finally {
    importing.release()
  }
})

test('changes that wait for an import leave connections free', async () => {
  const importing = await pool.connect()
  try {
    await beginLargeWrite(importing)
    const waiting = Array.from({ length: 30 }, () => setCovers([coverOf(1, RED)], { waitMs: 120_000 }))
    // More changes wait than there are connections, and other queries still run.
    for (let asked = 0; asked < 20; asked++) await pool.query('SELECT FROM album WHERE id = 1')
    expect(await covers()).toEqual([])
    await importing.query('COMMIT')
    await Promise.all(waiting)
    expect(await covers()).toEqual([[1, 'a', 'coverart', +AT]])
  } finally {
    importing.release()
  }
})

test('removing an operator’s cover queues the fetched one, also during a fetch', async () => {
  await setCovers([coverOf(1, RED, 'operator')])
  await pool.query(`
    INSERT INTO enrichment (kind, entity_id, source, state, data, due_at, locked_until, locked_by)
    VALUES ('album', 1, 'coverart', 'fresh', '{"hash":"${BLUE}"}', 'epoch', 'infinity', 'w')`)
  expect(await removeCover(1)).toBe(true)
  const { rows } = await pool.query('SELECT due_at, locked_by FROM enrichment')
  expect(rows).toEqual([{ due_at: expect.any(Date), locked_by: null }])
})

test('a rebuild updates lists by colour after a date changed', async () => {
  await setCovers([coverOf(1, RED)])
  await pool.query('UPDATE album SET year = 2001, release_key = 20010100 WHERE id = 1')
  const client = await pool.connect()
  const refreshed = await rebuild(client).finally(() => client.release())
  expect(refreshed.album_colour).toBeGreaterThan(0)
  expect(await listed('red')).toEqual([{ id: 1, key: 20010100 }])
})
