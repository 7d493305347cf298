import pg from 'pg'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { findAlbum, findAlbums } from '@/lib/catalogue/albums/read'
import {
  findArtist,
  findArtistAlbums,
  findArtistHead,
  findArtistRoleAlbums,
  findArtistRoleSongs,
  findArtistSongs,
  findArtists,
} from '@/lib/catalogue/artists/read'
import { findCredits } from '@/lib/catalogue/credits/read'
import { findGenre, findGenreAlbums, findGenreSongs, findGenres } from '@/lib/catalogue/genres/read'
import { findListNavigation } from '@/lib/catalogue/letters/read'
import { tabs } from '@/lib/catalogue/letters/tabs'
import { pageSizes } from '@/lib/catalogue/lists/sorts'
import { findSong, findSongAlbums, findSongHead, findSongPlaylists, findSongs } from '@/lib/catalogue/songs/read'
import { createTestDatabase } from '@/lib/db/testing/database'
import { runImport } from '@/lib/imports/run'
import { syntheticInput } from '@/lib/imports/synthetic/reader'
import { findPlaylist, findPlaylistNavigation, findPlaylists } from '@/lib/playlists/read'

/** No page takes more than three statements. They are counted in the client of the database driver. */
const MAX_STATEMENTS = 3

/** Some releases are later. */
const DAY = 20_200_630

const { pool } = await createTestDatabase()

beforeAll(async () => {
  const progress = { read: () => {}, step: () => {} }
  await runImport({ format: 'synthetic', inputs: [syntheticInput({ songs: 3_000, seed: 7 })], progress })
}, 120_000)

async function statementsOf(read: () => Promise<unknown>): Promise<number> {
  const query = vi.spyOn(pg.Client.prototype, 'query')
  expect(await read()).toBeTruthy()
  const statements = query.mock.calls.length
  query.mockRestore()
  return statements
}

const idWhere = async (condition: string, table: string): Promise<number> =>
  (await pool.query<{ id: number }>(`SELECT id FROM ${table} WHERE ${condition} ORDER BY id LIMIT 1`)).rows[0]?.id ?? 0

/** Entities with one of everything, and entities with the most of it. */
const details: Record<string, { one: string; many: string; table: string; read: (id: number) => Promise<unknown> }> = {
  artist: {
    table: 'artist',
    one: 'album_count = 1',
    many: 'album_count = (SELECT max(album_count) FROM artist)',
    read: findArtist,
  },
  album: {
    table: 'album',
    one: 'track_count = 1',
    many: 'track_count = (SELECT max(track_count) FROM album)',
    read: (id) => findAlbum(id, 1),
  },
  song: {
    table: 'song',
    one: 'album_count = 1 AND playlist_count = 1',
    many: 'album_count = (SELECT max(album_count) FROM song)',
    read: findSong,
  },
  playlist: {
    table: 'playlist',
    one: 'item_count = 0',
    many: 'item_count = (SELECT max(item_count) FROM playlist)',
    read: (id) => findPlaylist(id, 1),
  },
}

describe('a detail page', () => {
  for (const [kind, { table, one, many, read }] of Object.entries(details))
    test(`of a ${kind}`, async () => {
      const [small, large] = [await idWhere(one, table), await idWhere(many, table)]
      expect(small * large).toBeGreaterThan(0)
      expect(await statementsOf(() => read(large))).toBeLessThanOrEqual(MAX_STATEMENTS)
      expect(await statementsOf(() => read(small))).toBeLessThanOrEqual(MAX_STATEMENTS)
    })
})

const lists: Record<string, () => Promise<unknown>> = {
  artists: async () => [await findArtists('name', 2), await findListNavigation('artists')],
  albums: async () => [await findAlbums('title', 2, DAY), await findListNavigation('albums')],
  songs: async () => [await findSongs('title', 2, DAY), await findListNavigation('songs')],
  playlists: async () => [await findPlaylists('name', 1), await findPlaylistNavigation()],
  genres: () => findGenres(1),
}

describe('a list page', () => {
  for (const [kind, read] of Object.entries(lists))
    test(`of ${kind}`, async () => expect(await statementsOf(read)).toBeLessThanOrEqual(MAX_STATEMENTS))

  test('of a genre, without the genre itself', async () => {
    const { rows } = await pool.query<{ slug: string }>('SELECT slug FROM genre ORDER BY album_count DESC LIMIT 1')
    const slug = rows[0]?.slug ?? ''
    expect(await statementsOf(() => findGenreAlbums(slug, 'newest', 1, DAY))).toBeLessThanOrEqual(MAX_STATEMENTS - 1)
    expect(await statementsOf(() => findGenreSongs(slug, 'newest', 1, DAY))).toBeLessThanOrEqual(MAX_STATEMENTS - 1)
    expect(await statementsOf(() => findGenre(slug))).toBe(1)
  })

  test('of an artist’s albums and songs, without the artist', async () => {
    const id = await idWhere('album_count = (SELECT max(album_count) FROM artist)', 'artist')
    expect(await statementsOf(() => findArtistAlbums(id, 'album', 1))).toBeLessThanOrEqual(MAX_STATEMENTS - 1)
    for (const songsAreRanked of [true, false])
      expect(await statementsOf(() => findArtistSongs({ id, songsAreRanked }, 1))).toBeLessThanOrEqual(
        MAX_STATEMENTS - 1,
      )
    expect(await statementsOf(() => findArtistHead(id))).toBe(1)
    expect(await statementsOf(() => findArtistRoleAlbums(id, 'producer', 1))).toBeLessThanOrEqual(MAX_STATEMENTS - 1)
    expect(await statementsOf(() => findArtistRoleSongs(id, 'producer', 1))).toBeLessThanOrEqual(MAX_STATEMENTS - 1)
    expect(await statementsOf(() => findCredits('album', 1, 1))).toBe(1)
  })

  test('of a song’s albums and playlists, with the song', async () => {
    const id = await idWhere('album_count > 0 AND playlist_count > 0', 'song')
    for (const read of [findSongAlbums, findSongPlaylists])
      expect(
        await statementsOf(async () => {
          const song = await findSongHead(id)
          return song && 'title' in song ? read(song, 1) : null
        }),
      ).toBeLessThanOrEqual(MAX_STATEMENTS)
  })
})

test('the pages of every list contain each row once', async () => {
  for (const [read, total] of [
    [(page: number) => findArtists('name', page), 'artist'],
    [(page: number) => findAlbums('newest', page, DAY), 'album'],
    [(page: number) => findSongs('newest', page, DAY), 'song'],
    [(page: number) => findSongs('longest', page, DAY), 'song'],
    [(page: number) => findPlaylists('popular', page), 'playlist'],
  ] as const) {
    const ids: number[] = []
    const first = await read(1)
    for (let page = 1; page <= (first?.pages ?? 0); page++)
      ids.push(...((await read(page))?.rows ?? []).map(({ id }) => id))
    const { rows } = await pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${total}`)
    expect(ids).toHaveLength(rows[0]?.count ?? -1)
    expect(new Set(ids).size).toBe(ids.length)
    expect(await read((first?.pages ?? 0) + 1)).toBeNull()
    expect(await read(0)).toBeNull()
  }
})

test.each([
  ['songs', 'song', pageSizes.songs],
  ['artists', 'artist', pageSizes.artists],
] as const)('each tab of the %s links to the page where it begins, and none is missing', async (list, table, size) => {
  const { rows } = await pool.query<{ key: string }>(`SELECT sort_key AS key FROM ${table} ORDER BY sort_key, id`)
  const begins = new Map<string, number>()
  for (const [before, { key }] of rows.entries()) {
    const tab = tabs.findLast(({ start }) => Buffer.compare(Buffer.from(start), Buffer.from(key)) <= 0)?.name ?? ''
    if (!begins.has(tab)) begins.set(tab, Math.floor(before / size) + 1)
  }
  expect([...begins.keys()]).toEqual(expect.arrayContaining(['a', 'Greek', 'Cyrillic']))
  expect((await findListNavigation(list)).letters).toEqual([...begins].map(([letter, page]) => ({ letter, page })))
})
