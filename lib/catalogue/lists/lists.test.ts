import { beforeAll, describe, expect, test } from 'vitest'
import { findAlbum, findAlbums } from '@/lib/catalogue/albums/read'
import {
  findArtist,
  findArtistHead,
  findArtistRoleAlbums,
  findArtistRoleSongs,
  findArtistSongs,
} from '@/lib/catalogue/artists/read'
import { findCredits } from '@/lib/catalogue/credits/read'
import { findGenre, findGenreAlbums, findGenreSongs } from '@/lib/catalogue/genres/read'
import { clearlyPopular, findHome } from '@/lib/catalogue/home'
import { findListNavigation } from '@/lib/catalogue/letters/read'
import { releaseDay } from '@/lib/catalogue/today'
import { createTestDatabase } from '@/lib/db/testing/database'
import { importInput, ndjson } from '@/lib/imports/testing'
import { rebuildAnchors } from './anchors'
import { sortsOf } from './sorts'

const { pool } = await createTestDatabase()

const song = (id: string, more: object = {}) => ({
  type: 'song',
  id,
  title: id,
  credits: [{ artist: 'band' }, { artist: 'maker', role: 'producer' }],
  ...more,
})
const album = (id: string, songs: string[], more: object = {}) => ({
  type: 'album',
  id,
  title: id,
  credits: [{ artist: 'band' }],
  discs: [{ format: 'CD', tracks: songs.map((of) => ({ song: of })) }],
  ...more,
})
const numbered = (count: number, prefix: string) => Array.from({ length: count }, (_, at) => `${prefix} ${at + 1}`)

const crowd = numbered(60, 'guest')
const boxed = numbered(250, 'boxed')

beforeAll(async () => {
  await importInput(
    ndjson([
      { type: 'artist', id: 'band', name: 'Band' },
      { type: 'artist', id: 'maker', name: 'Maker' },
      { type: 'artist', id: 'known', name: 'Known' },
      ...crowd.map((id) => ({ type: 'artist', id, name: id })),
      // In reverse, so that the order of ids is not that of the album.
      ...numbered(12, 'old')
        .reverse()
        .map((id) => song(id, { genres: ['Folk'] })),
      ...['new 2', 'new 1', 'loose'].map((id) => song(id, { genres: ['Rock'] })),
      ...numbered(12, 'hit').map((id, at) => song(id, { credits: [{ artist: 'known' }], listens: at < 3 ? 50 : at })),
      ...boxed.map((id) => song(id, { credits: crowd.map((artist) => ({ artist, join: ', ' })) })),
      album('Old', numbered(12, 'old'), { date: '1999' }),
      album('New', ['new 1', 'new 2'], { date: '2020-05', genres: ['Rock'] }),
      album('Announced', ['new 1'], { date: '2032-01-02' }),
      album('Undated', ['old 1']),
      album('Box', [], {
        credits: crowd.map((artist) => ({ artist, join: ', ' })),
        discs: [
          { tracks: boxed.slice(0, 150).map((of) => ({ song: of })) },
          { title: 'Second', tracks: boxed.slice(150).map((of) => ({ song: of })) },
        ],
      }),
    ]),
  )
})

const idOf = async (name: string): Promise<number> =>
  (await pool.query<{ id: number }>('SELECT id FROM artist WHERE name = $1', [name])).rows[0]?.id ?? 0
const titlesOf = (page: { rows: { title: string }[] } | null | undefined) => page?.rows.map(({ title }) => title)

const artistOf = async (name: string) => {
  const artist = await findArtist(await idOf(name))
  return artist && 'name' in artist ? artist : expect.fail()
}
const headOf = async (name: string) => {
  const artist = await findArtistHead(await idOf(name))
  return artist && 'name' in artist ? artist : expect.fail()
}

describe('the newest albums', () => {
  test('start with today; future releases come last, after undated ones', async () => {
    expect(titlesOf(await findAlbums('newest', 1, 20_261_130))).toEqual(['New', 'Old', 'Box', 'Undated', 'Announced'])
    expect(titlesOf(await findAlbums('newest', 1, 20_320_102))?.[0]).toBe('Announced')
    expect(titlesOf(await findAlbums('newest', 1, 20_000_101))).toEqual(['Old', 'Box', 'Undated', 'Announced', 'New'])
  })

  test('on the home page are dated and released', async () => {
    expect((await findHome(20_261_130)).newest.map(({ title }) => title)).toEqual(['New', 'Old'])
    expect((await findHome(20_000_101)).newest.map(({ title }) => title)).toEqual(['Old'])
  })

  test('of a genre start with today too', async () => {
    expect(titlesOf(await findGenreAlbums('rock', 'newest', 1, 20_261_130))).toEqual(['New'])
    expect(titlesOf(await findGenreSongs('rock', 'newest', 1, 20_000_101))).toEqual(['loose', 'new 1', 'new 2'])
  })

  test('use the day in UTC', () => {
    expect(releaseDay(new Date('2026-11-30T23:59:59Z'))).toBe(20_261_130)
    expect(releaseDay(new Date('2026-12-01T00:00:00+01:00'))).toBe(20_261_130)
  })
})

describe('if all songs are equally popular', () => {
  test('the songs of an artist are not ranked', async () => {
    const { topSongs } = await artistOf('Band')
    expect(topSongs).toMatchObject({ isRanked: false, total: 15 })
    expect(titlesOf(topSongs)).toEqual(['new 1', 'new 2', ...numbered(8, 'old')])
    const head = await headOf('Band')
    expect(titlesOf(await findArtistSongs(head, 1))).toEqual(['new 1', 'new 2', ...numbered(12, 'old'), 'loose'])
  })

  test('sorting by popularity is not offered', async () => {
    expect(await findGenre('folk')).toMatchObject({ songCount: 12, albumCount: 0, songsAreRanked: false })
    expect(sortsOf(['popular', 'title'], false)).toEqual(['title'])
    expect((await findListNavigation('songs')).isRanked).toBe(true)
    await pool.query(
      'BEGIN; CREATE TEMP TABLE before AS SELECT id, popularity FROM song; UPDATE song SET popularity = 3',
    )
    await pool.query('COMMIT')
    expect((await findListNavigation('songs')).isRanked).toBe(false)
    expect((await findHome(20_261_130)).popularSongs).toEqual([])
    await pool.query('UPDATE song SET popularity = listens')
  })
})

test('the top songs of an artist are ranked if they differ in popularity', async () => {
  const { topSongs } = await artistOf('Known')
  expect(topSongs.isRanked).toBe(true)
  expect(titlesOf(topSongs)).toEqual(['hit 3', 'hit 2', 'hit 1', ...numbered(12, 'hit').slice(5).reverse()])
})

test.each([
  [[9, 8, 7, 6], 3, 3],
  [[9, 8, 7], 3, 3],
  // Two of three above the fourth are enough, one is not.
  [[9, 8, 2, 2], 3, 3],
  [[9, 2, 2, 2], 3, 0],
  [[2, 2, 2], 3, 0],
  [[], 3, 0],
])('popularities %j on a page of %i give %i clearly popular rows', (popularities, shown, expected) => {
  const rows = popularities.map((popularity) => ({ popularity: BigInt(popularity) }))
  expect(clearlyPopular(rows, shown)).toHaveLength(expected)
})

test("lists a genre's songs in each order, in pages", async () => {
  expect(titlesOf(await findGenreSongs('folk', 'title', 1, 20_261_130))).toEqual(numbered(12, 'old'))
  expect(await findGenreSongs('folk', 'popular', 2, 20_261_130)).toBeNull()
  expect(await findGenreSongs('rock', 'title', 1, 20_261_130)).toMatchObject({ total: 3, pages: 1 })
})

test('the page of an artist has albums and songs that credit them in other roles', async () => {
  const { roles, albums, topSongs } = await artistOf('Maker')
  expect([albums, topSongs.total]).toEqual([[], 0])
  expect(roles.map(({ role, albums: of, songs }) => [role, titlesOf(of), of.total, songs.total])).toEqual([
    ['producer', ['Announced', 'New', 'Old', 'Undated'], 4, 15],
  ])
  const maker = await idOf('Maker')
  expect(titlesOf(await findArtistRoleAlbums(maker, 'producer', 1))).toEqual(['Announced', 'New', 'Old', 'Undated'])
  expect(await findArtistRoleSongs(maker, 'producer', 1)).toMatchObject({ total: 15, pages: 1 })
  expect(await findArtistRoleSongs(maker, 'composer', 1)).toMatchObject({ total: 0 })
})

describe('a long album', () => {
  const pageOf = async (page: number) => {
    const { rows } = await pool.query<{ id: number }>("SELECT id FROM album WHERE title = 'Box'")
    const found = await findAlbum(rows[0]?.id ?? 0, page)
    return found && 'title' in found ? found : expect.fail()
  }

  test('has an index of discs, and marks a disc that continues from the previous page', async () => {
    const first = await pageOf(1)
    expect(first.discIndex).toEqual([
      { position: 1, title: '', page: 1 },
      { position: 2, title: 'Second', page: 1 },
    ])
    expect(first.discs.map(({ isContinued, tracks }) => [isContinued, tracks.length])).toEqual([
      [false, 150],
      [false, 50],
    ])
    expect((await pageOf(2)).discs.map(({ isContinued, tracks }) => [isContinued, tracks.length])).toEqual([[true, 50]])
  })

  test('counts the names that credit lines leave out', async () => {
    const { creditCount, credits, discs } = await pageOf(1)
    expect([creditCount, credits.length]).toEqual([60, 60])
    expect(discs[0]?.tracks[0]?.song.creditCount).toBe(60)
    const listed = (await findAlbums('title', 1, 20_261_130))?.rows.find(({ title }) => title === 'Box')
    expect([listed?.creditCount, listed?.credits.length]).toEqual([60, 12])
  })

  test('has all its credits in pages', async () => {
    const { id } = await pageOf(1)
    const credits = await findCredits('album', id, 1)
    expect(credits?.rows.map(({ name }) => name)).toEqual(crowd)
    expect(credits).toMatchObject({ total: 60, pages: 1 })
    expect(await findCredits('album', id, 2)).toBeNull()
  })
})

test('has the format of an album with one disc', async () => {
  const { rows } = await pool.query<{ id: number }>("SELECT id FROM album WHERE title = 'Old'")
  expect(await findAlbum(rows[0]?.id ?? 0, 1)).toMatchObject({ format: 'CD', discIndex: [] })
})

test('pages of a long list by release are as if all of it was sorted from that day', async () => {
  await pool.query(`
    INSERT INTO album (title, sort_key, year, month, day, release_key)
    SELECT 'x', 'x', year, month, day, coalesce(year * 10000 + month * 100 + day, 0)
    FROM generate_series(1, 9000) AS n
    LEFT JOIN LATERAL (
      SELECT 1900 + n * 7919 % 150 AS year, 1 + n % 12 AS month, 1 + n % 28 AS day WHERE n % 10 > 0) AS date ON true;
    UPDATE catalogue SET album_count = (SELECT count(*) FROM album)`)
  const client = await pool.connect()
  await rebuildAnchors(client).finally(() => client.release())
  for (const day of [19_000_102, 19_900_000, 20_350_000, 99_991_231]) {
    const { rows } = await pool.query<{ id: number }>(
      'SELECT id FROM album ORDER BY release_key > $1, release_key DESC, id DESC',
      [day],
    )
    const pages = Math.ceil(rows.length / 25)
    for (const page of [1, 2, 90, 165, 200, 300, pages - 1, pages]) {
      const found = await findAlbums('newest', page, day)
      expect(
        found?.rows.map(({ id }) => id),
        `${day}, page ${page}`,
      ).toEqual(rows.slice((page - 1) * 25, page * 25).map(({ id }) => id))
    }
    expect(await findAlbums('newest', pages + 1, day)).toBeNull()
  }
})
