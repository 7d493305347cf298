import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '@/lib/db/testing/database'
import { statementsOf } from '@/lib/db/testing/statements'
import { colourNumber } from './colours'
import { findAlbumNavigation, findAlbumsOfColour, findColours, MAX_ALBUMS } from './read'

const { pool } = await createTestDatabase()
const [red, blue, teal, green] = (['red', 'blue', 'teal', 'green'] as const).map(colourNumber)

beforeAll(async () => {
  await pool.query(`
    INSERT INTO album (id, title, sort_key) SELECT id, 'A' || id, 'a' || id FROM generate_series(1, 3000) AS id`)
  // Red has more albums than its list shows, green exactly as many, blue three.
  await pool.query(`INSERT INTO album_colour SELECT id, $1, id / 2 FROM generate_series(1, 1500) AS id`, [red])
  await pool.query(`INSERT INTO album_colour SELECT id, $1, id / 2 FROM generate_series(10, 12) AS id`, [blue])
  await pool.query(`INSERT INTO album_colour SELECT id, $1, id / 2 FROM generate_series(1, $2::int) AS id`, [
    ...[green, MAX_ALBUMS],
  ])
  await pool.query('ANALYZE')
})

/** Later than all albums here. */
const DAY = 99_991_231
const ids = async (colour = 0, page = 1) => (await findAlbumsOfColour(colour, page, DAY))?.rows.map(({ id }) => id)

test('a colour lists its albums, newest first, in two statements', async () => {
  expect(await ids(blue)).toEqual([12, 11, 10])
  expect((await ids(red))?.slice(0, 3)).toEqual([1500, 1499, 1498])
  expect((await ids(red, 2))?.[0]).toBe(1475)
  expect(await statementsOf(() => findAlbumsOfColour(red ?? 0, 3, DAY))).toBe(2)
  expect(await statementsOf(findColours)).toBe(1)
  expect(await statementsOf(findAlbumNavigation)).toBe(1)
})

test('a long list ends after its newest albums', async () => {
  const last = await findAlbumsOfColour(red ?? 0, MAX_ALBUMS / 25, DAY)
  expect(last).toMatchObject({ total: MAX_ALBUMS, isAll: false, pages: 40 })
  expect(last?.rows.at(-1)?.id).toBe(501)
  expect(await findAlbumsOfColour(red ?? 0, 41, DAY)).toBeNull()
  expect(await findAlbumsOfColour(blue ?? 0, 0, DAY)).toBeNull()
})

test('a colour without albums has one empty page', async () => {
  expect(await findAlbumsOfColour(teal ?? 0, 1, DAY)).toEqual({ rows: [], total: 0, isAll: true, page: 1, pages: 1 })
})

test('counts the albums of each colour up to the length of its list', async () => {
  const colours = [
    { name: 'red', hex: '#e50000', albums: MAX_ALBUMS, isAll: false },
    { name: 'green', hex: '#15b01a', albums: MAX_ALBUMS, isAll: true },
    { name: 'blue', hex: '#0343df', albums: 3, isAll: true },
  ]
  expect(await findColours()).toEqual(colours)
  const { letters, colours: same } = await findAlbumNavigation()
  expect(same).toEqual(colours)
  expect(letters).toEqual([{ letter: 'a', page: 1 }])
})

test('reads a list by colour from its index', async () => {
  const { rows } = await pool.query<{ 'QUERY PLAN': string }>(
    `EXPLAIN SELECT album_id FROM album_colour WHERE colour = 1::smallint ORDER BY release_key DESC, album_id DESC LIMIT 25`,
  )
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
  expect(plan).toContain('album_colour_colour_release_key_album_id_idx')
  expect(plan).not.toContain('Sort')
})
