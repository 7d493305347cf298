import type pg from 'pg'
import { operations } from '@/lib/api/operations'
import { pathOf } from '@/lib/http/api/address'
import { runImport } from '@/lib/imports/run'
import { syntheticInput } from '@/lib/imports/synthetic/reader'
import { ndjson } from '@/lib/imports/testing'
import { ORIGIN } from './ask'

const progress = { read: () => {}, step: () => {} }

/** Fills an empty database with a synthetic catalogue. */
export const fill = (songs: number, seed = 7) =>
  runImport({ format: 'synthetic', inputs: [syntheticInput({ songs, seed })], progress })

/** An artist, an album and a song have each of these, imported in upper case. */
export const MBIDS = ['1a2b3c4d-0000-4000-8000-00000000000a', '1a2b3c4d-0000-4000-8000-00000000000b']

/** More items than are embedded, or are on a page by default. */
const MANY = 60

/**
 * Adds what synthetic catalogues lack: an album with many discs, credits and genres, a song on many albums, an artist
 * with many songs; equal titles, unknown dates and durations; and merged ids.
 */
export async function fillExtremes(pool: pg.Pool): Promise<void> {
  const each = <T>(make: (index: number) => T) => Array.from({ length: MANY }, (_, index) => make(index))
  /** Some credits of the artist of many songs in other roles, on songs and on sleeves, some twice. */
  const inRole = (index: number) => [
    ...(index % 2 ? [{ artist: 'a0', role: 'composer' }] : []),
    ...(index % 3 ? [{ artist: 'a0', role: 'producer' }] : []),
    ...(index % 6 === 1 ? [{ artist: 'a0', role: 'composer' }] : []),
  ]
  const externalIds = (index: number, more: object[] = []) => {
    const mbid = MBIDS[index]?.toUpperCase()
    return mbid ? [{ source: 'musicbrainz', value: mbid }, ...more] : []
  }
  const artists = each((index) => ({
    type: 'artist',
    id: `a${index}`,
    name: `Same ${index % 3}`,
    kind: 'choir',
    externalIds: externalIds(index),
  }))
  const songs = each((index) => ({
    type: 'song',
    id: `s${index}`,
    title: `Twice ${index % 2}`,
    durationMs: index % 3 === 0 ? null : (index % 7) * 1_000,
    listens: index % 5,
    credits:
      index === 0
        ? each((other) => ({ artist: `a${other}`, join: ', ' }))
        : [{ artist: 'a0' }, { artist: 'a0', role: 'featured' }, ...inRole(index)],
    genres: index === 0 ? each((genre) => `Kind ${genre}`) : [],
    externalIds: externalIds(index, [
      { source: 'isrc', value: `gb-aye-97-0000${index}` },
      { source: 'syro:of', value: `colons:s${index}` },
    ]),
  }))
  const albums = each((index) => ({
    type: 'album',
    id: `b${index}`,
    title: `Twice ${index % 2}`,
    kind: 'live',
    externalIds: externalIds(index),
    date: [null, '1990', '1990-05', '1990-05-21'][index % 4] ?? null,
    credits:
      index === 0 ? each((other) => ({ artist: `a${other}`, join: ' & ' })) : [{ artist: 'a0' }, ...inRole(index + 1)],
    genres: index === 0 ? each((genre) => `Kind ${genre}`) : [],
    discs:
      index === 0
        ? each((disc) => ({ position: disc * 2 + 1, tracks: [{ song: `s${disc}` }, { position: 9, song: 's0' }] }))
        : [{ tracks: [{ song: 's0' }, { song: `s${index}` }] }],
  }))
  const playlists = each((index) => ({
    type: 'playlist',
    id: `p${index}`,
    name: `Twice ${index % 2}`,
    items: index === 0 ? each((song) => (song % 2 ? { song: `s${song}` } : { title: 'Not here' })) : [{ song: 's0' }],
  }))
  await runImport({
    format: 'test',
    inputs: [ndjson([...artists, ...songs, ...albums, ...playlists], 'extremes')],
    progress,
  })
  await pool.query(`INSERT INTO artist (name, sort_name, sort_key)
    SELECT 'Deleted', 'Deleted', '' FROM generate_series(1, ${MANY})`)
  await pool.query("DELETE FROM artist WHERE name = 'Deleted'")
  for (const kind of ['artist', 'album', 'song', 'playlist']) {
    await pool.query(`INSERT INTO ${kind}_redirect (id, ${kind}_id) SELECT $1, max(id) FROM ${kind}`, [MERGED])
    await pool.query('INSERT INTO deletion (kind, entity_id) VALUES ($1, $2)', [kind, MERGED])
  }
}

/** An id, of each kind, that was merged into the last one of its kind. */
export const MERGED = 2_000_000_000

/** The example of each operation on this catalogue, with an existing genre. */
export async function exampleAddresses(pool: pg.Pool): Promise<{ id: string; address: string }[]> {
  const { rows } = await pool.query<{ slug: string }>('SELECT slug FROM genre ORDER BY album_count DESC LIMIT 1')
  return operations.map(({ id, path, example }) => {
    const params = example.params?.slug ? { slug: rows[0]?.slug ?? '' } : example.params
    return { id, address: `${ORIGIN}${pathOf(path, params)}?${new URLSearchParams(example.query)}` }
  })
}
