import { beforeAll, describe, expect, test } from 'vitest'
import { syro } from '@/bin/testing'
import { findAlbums } from '@/lib/catalogue/albums/read'
import { findArtists } from '@/lib/catalogue/artists/read'
import { findTotals } from '@/lib/catalogue/home'
import { findSongs } from '@/lib/catalogue/songs/read'
import { createTestDatabase } from '@/lib/db/testing/database'
import { findPlaylists } from '@/lib/playlists/read'
import { loadDemoIfWanted } from './load'

/** First impressions: no list is dominated by one artist, kind or script. */

const { pool } = await createTestDatabase()

const progress = { read: () => {}, step: () => {} }

// Several sites start at the same time on one empty database.
beforeAll(async () => {
  expect(await Promise.all([1, 2, 3].map(() => loadDemoIfWanted(progress)))).toEqual([true, true, true])
}, 60_000)

test('several sites that start concurrently load the demo once', async () => {
  expect((await pool.query('SELECT status FROM import_run')).rows).toEqual([{ status: 'succeeded' }])
})

const scripts = [
  /[a-z]/i,
  /[À-ɏ]/,
  /\p{sc=Cyrl}/u,
  /\p{sc=Grek}/u,
  /\p{sc=Arab}/u,
  /\p{sc=Hebr}/u,
  /\p{sc=Han}/u,
  /\p{sc=Hang}/u,
]
const scriptsOf = (texts: string[]): number =>
  scripts.filter((script) => texts.some((text) => script.test(text))).length

const names = (credits: { name: string }[]): string => credits.map(({ name }) => name).join(' ')

/** Later than any release of the demo. */
const DAY = 99_991_231

/** The count of the most frequent value. */
function most<T>(values: T[]): number {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return Math.max(...counts.values())
}

describe('the first page', () => {
  test('of albums, newest first', async () => {
    const page = await findAlbums('newest', 1, DAY)
    const albums = page?.rows ?? []
    expect(page?.total).toBeGreaterThan(900)
    expect(new Set(albums.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(5)
    expect(most(albums.map(({ credits }) => names(credits)))).toBeLessThanOrEqual(3)
    expect(scriptsOf(albums.map(({ title, credits }) => `${title} ${names(credits)}`))).toBeGreaterThanOrEqual(6)
    expect(albums[0]?.date).toMatchObject({ year: 2026, month: 11 })
  })

  test('of albums, most popular first', async () => {
    const albums = (await findAlbums('popular', 1, DAY))?.rows ?? []
    expect(most(albums.map(({ credits }) => names(credits)))).toBeLessThanOrEqual(3)
    expect(scriptsOf(albums.map(({ title, credits }) => `${title} ${names(credits)}`))).toBeGreaterThanOrEqual(6)
  })

  test('of songs, most popular first', async () => {
    const page = await findSongs('popular', 1, DAY)
    const songs = page?.rows ?? []
    expect(page?.total).toBe(10_000)
    expect(most(songs.map(({ credits }) => credits[0]?.artistId))).toBeLessThanOrEqual(8)
    expect(scriptsOf(songs.map(({ title }) => title))).toBeGreaterThanOrEqual(6)
  })

  test('of artists by name', async () => {
    const artists = (await findArtists('name', 1))?.rows ?? []
    expect(new Set(artists.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(3)
    expect(scriptsOf(artists.map(({ name }) => name))).toBeGreaterThanOrEqual(4)
  })

  test('of playlists by name', async () => {
    const page = await findPlaylists('name', 1)
    expect(page?.total).toBeGreaterThan(100)
    expect(most((page?.rows ?? []).map(({ name }) => name))).toBeLessThanOrEqual(3)
  })
})

test('`syro demo remove` removes the demo, and the next start does not load it again', async () => {
  const result = await syro(['demo', 'remove'])
  expect(result).toMatchObject({ code: 0, err: '' })
  expect(result.out).toMatch(/^Removed \d+ playlists, [\d,]+ albums, 10,000 songs, [\d,]+ artists, \d+ genres\.\n$/)
  expect(Object.values(await findTotals()).every((total) => total === 0)).toBe(true)
  await loadDemoIfWanted(progress)
  expect((await findTotals()).songs).toBe(0)
  expect((await syro(['demo', 'remove'])).out).toBe('The demo catalogue is not loaded.\n')
})
