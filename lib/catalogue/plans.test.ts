import { beforeAll, describe, expect, test, vi } from 'vitest'
import { findAlbum, findAlbums } from '@/lib/catalogue/albums/read'
import {
  findArtist,
  findArtistAlbums,
  findArtistRoleAlbums,
  findArtistRoleSongs,
  findArtistSongs,
  findArtists,
} from '@/lib/catalogue/artists/read'
import { findGenre, findGenreAlbums, findGenreSongs, findGenres } from '@/lib/catalogue/genres/read'
import { findListNavigation } from '@/lib/catalogue/letters/read'
import { pageSizes, pageSorts } from '@/lib/catalogue/lists/sorts'
import { findSong, findSongAlbums, findSongHead, findSongPlaylists, findSongs } from '@/lib/catalogue/songs/read'
import { createTestDatabase } from '@/lib/db/testing/database'
import { nodesOf, type PlanNode, plansOf, rowsOf } from '@/lib/db/testing/plans'
import { runImport } from '@/lib/imports/run'
import { syntheticInput } from '@/lib/imports/synthetic/reader'
import { ndjson } from '@/lib/imports/testing'
import { findPlaylist, findPlaylistNavigation, findPlaylists } from '@/lib/playlists/read'
import { findHome } from './home'
import type { OtherRole } from './kinds'
import type { Page } from './views'

/**
 * The query plans of pages, on a catalogue that is large enough to expose a bad one: no page reads a whole table, or sorts
 * or hashes more rows than fit on a page.
 */

const { pool } = await createTestDatabase()
vi.setConfig({ testTimeout: 120_000 })

const SONGS = 30_000
/** The synthetic catalogue has too few for an index to pay off. */
const PLAYLISTS = 5_000
const ARTISTS = 5_000
/** In smaller tables, a scan is as good as an index. */
const SMALL = 1_000
/** Rows that may be sorted: those of the largest page. */
const PAGE = pageSizes.tracks
/** Index entries from an anchor to the end of a page: the spacing of anchors, and a page. */
const FROM_ANCHOR = 4_096 + PAGE
/** Lists of one entity, such as the songs of an artist, have no anchors: their index is read from the start. */
const ANY = Number.POSITIVE_INFINITY

/** Some releases are later. */
const DAY = 20_200_630

const grown = new Set<string>()

beforeAll(async () => {
  const progress = { read: () => {}, step: () => {} }
  const playlists = Array.from({ length: PLAYLISTS }, (_, index) => ({
    type: 'playlist',
    id: index,
    name: `${String.fromCharCode(97 + (index % 26))} playlist ${index}`,
    items: [{ song: 'known' }, { title: 'Not here' }],
  }))
  const artists = Array.from({ length: ARTISTS }, (_, index) => ({ type: 'artist', id: index, name: `Act ${index}` }))
  const song = { type: 'song', id: 'known', title: 'Known', credits: [] }
  await runImport({ format: 'synthetic', inputs: [syntheticInput({ songs: SONGS, seed: 11 })], progress })
  await runImport({ format: 'ndjson', inputs: [ndjson([song, ...artists, ...playlists])], progress })
  await pool.query('VACUUM ANALYZE')
  const { rows } = await pool.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples > $1`,
    [SMALL],
  )
  for (const { name } of rows) grown.add(name)
  for (const table of [
    'artist',
    'album',
    'song',
    'playlist',
    'track',
    'song_credit',
    'album_genre',
    'song_genre',
    'playlist_item',
  ])
    expect(grown, table).toContain(table)
}, 240_000)

type PlanLimits = {
  /** Index entries that one scan may read. */
  reads?: number
  /** Whether there may be many sorts, each of no more than a page. */
  inParts?: boolean
}

/** The faults of a plan. */
function* faultsOf(plan: PlanNode, { reads = FROM_ANCHOR, inParts = false }: PlanLimits = {}): Generator<string> {
  for (const node of nodesOf(plan)) {
    const { 'Node Type': type, 'Relation Name': table = '', Strategy: strategy } = node
    if (type.endsWith('Seq Scan') && grown.has(table)) yield `reads all of ${table}`
    if (type.includes('Scan') && node['Actual Rows'] > reads) yield `reads ${node['Actual Rows']} of ${table}`
    const gathers = type.includes('Sort') || type === 'Hash' || (type === 'Aggregate' && strategy === 'Hashed')
    const all = Math.max(0, ...(node.Plans ?? []).map(rowsOf))
    const gathered = inParts ? all / Math.max(1, node['Actual Loops']) : all
    if (gathers && gathered > PAGE) yield `${type} of ${gathered} rows`
  }
}

async function expectGoodPlans(
  read: () => Promise<unknown>,
  { name = '', ...limits }: PlanLimits & { name?: string } = {},
): Promise<void> {
  for (const { statement, plan } of await plansOf(pool, read))
    expect([...faultsOf(plan, limits)], `${name}: ${statement}\n${JSON.stringify(plan)}`).toEqual([])
}

/** Checks the first, the middle and the last page of a list. */
async function expectGoodPages(
  read: (page: number) => Promise<Page<unknown> | null>,
  { pages: least = 3, ...limits }: PlanLimits & { pages?: number } = {},
): Promise<void> {
  const pages = (await read(1))?.pages ?? 0
  expect(pages).toBeGreaterThanOrEqual(least)
  for (const page of new Set([1, Math.ceil(pages / 2), pages]))
    await expectGoodPlans(() => read(page), { name: `page ${page}`, ...limits })
}

const idWhere = async (condition: string, table: string): Promise<number> =>
  (await pool.query<{ id: number }>(`SELECT id FROM ${table} WHERE ${condition} ORDER BY id LIMIT 1`)).rows[0]?.id ?? 0
const most = (count: string, table: string) => idWhere(`${count} = (SELECT max(${count}) FROM ${table})`, table)

test('detects a bad plan', async () => {
  const bad = () => pool.query('SELECT id FROM song ORDER BY composer, id LIMIT 1')
  const [{ plan } = expect.fail()] = await plansOf(pool, bad)
  const faults = [...faultsOf(plan)]
  expect(faults).toContain('reads all of song')
  expect(faults).toContainEqual(expect.stringMatching(/^Sort of 3\d{4} rows$/))
})

describe('first, middle and last pages', () => {
  for (const sort of pageSorts.artists)
    test(`of artists by ${sort}`, () => expectGoodPages((page) => findArtists(sort, page)))
  for (const sort of pageSorts.albums)
    test(`of albums by ${sort}`, () => expectGoodPages((page) => findAlbums(sort, page, DAY)))
  for (const sort of pageSorts.songs)
    test(`of songs by ${sort}`, () => expectGoodPages((page) => findSongs(sort, page, DAY)))
  for (const sort of pageSorts.playlists)
    test(`of playlists by ${sort}`, () => expectGoodPages((page) => findPlaylists(sort, page)))
  for (const sort of pageSorts.genreAlbums)
    test(`of a genre's albums by ${sort}`, async () => {
      const { rows } = await pool.query<{ slug: string }>('SELECT slug FROM genre ORDER BY album_count DESC LIMIT 1')
      await expectGoodPages((page) => findGenreAlbums(rows[0]?.slug ?? '', sort, page, DAY))
    })
  for (const sort of pageSorts.genreSongs)
    test(`of a genre's songs by ${sort}`, async () => {
      const { rows } = await pool.query<{ slug: string }>('SELECT slug FROM genre ORDER BY song_count DESC LIMIT 1')
      await expectGoodPages((page) => findGenreSongs(rows[0]?.slug ?? '', sort, page, DAY), { pages: 2 })
    })
  for (const kind of ['album', 'appearances'] as const)
    test(`of an artist's ${kind}`, async () => {
      const id = await most('album_count', 'artist')
      await expectGoodPages((page) => findArtistAlbums(id, kind, page), { reads: ANY, pages: kind === 'album' ? 3 : 1 })
    })
  for (const songsAreRanked of [true, false])
    test(`of an artist's songs, ${songsAreRanked ? 'best known first' : 'in album order'}`, async () => {
      const id = await most('song_count', 'artist')
      await expectGoodPages((page) => findArtistSongs({ id, songsAreRanked }, page), {
        reads: ANY,
        inParts: !songsAreRanked,
      })
    })
  test('of the albums and songs of an artist in another role', async () => {
    const { rows } = await pool.query<{ id: number; role: OtherRole }>(
      `SELECT artist_id AS id, role FROM song_credit WHERE role NOT IN ('artist', 'featured')
       GROUP BY artist_id, role ORDER BY count(*) DESC LIMIT 1`,
    )
    const [{ id, role } = expect.fail()] = rows
    await expectGoodPages((page) => findArtistRoleSongs(id, role, page), { reads: ANY, pages: 1 })
    await expectGoodPages((page) => findArtistRoleAlbums(id, role, page), { reads: ANY, pages: 1 })
  })
  test("of a song's playlists", async () => {
    const id = await most('playlist_count', 'song')
    await expectGoodPages(
      async (page) => {
        const song = await findSongHead(id)
        return song && 'title' in song ? findSongPlaylists(song, page) : null
      },
      { reads: ANY },
    )
  })
  test("of a song's albums", async () => {
    const id = await most('album_count', 'song')
    await expectGoodPages(
      async (page) => {
        const song = await findSongHead(id)
        return song && 'title' in song ? findSongAlbums(song, page) : null
      },
      { reads: ANY, pages: 1 },
    )
  })
  test('of a playlist of 10,000 items', async () => {
    const id = await most('item_count', 'playlist')
    for (const page of [1, 100, 200]) await expectGoodPlans(() => findPlaylist(id, page), { name: `page ${page}` })
  })
})

describe('the navigation', () => {
  for (const list of ['artists', 'albums', 'songs'] as const)
    test(`of ${list}`, () => expectGoodPlans(() => findListNavigation(list)))
  test('of playlists', () => expectGoodPlans(findPlaylistNavigation))
})

describe('the page', () => {
  test('home', () => expectGoodPlans(() => findHome(DAY)))
  test('of a genre', async () => {
    const { rows } = await pool.query<{ slug: string }>('SELECT slug FROM genre ORDER BY song_count DESC LIMIT 1')
    await expectGoodPlans(() => findGenre(rows[0]?.slug ?? ''))
  })
  test('of all genres', () => expectGoodPlans(() => findGenres(1)))
  test('of an artist with thousands of albums', async () => {
    const id = await most('album_count', 'artist')
    await expectGoodPlans(() => findArtist(id))
  })
  test('of the album with the most tracks', async () => {
    const id = await most('track_count', 'album')
    await expectGoodPlans(() => findAlbum(id, 1))
  })
  test('of the song on the most playlists', async () => {
    const id = await most('playlist_count', 'song')
    await expectGoodPlans(() => findSong(id))
  })
})
