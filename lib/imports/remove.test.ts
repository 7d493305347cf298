import pg from 'pg'
import { beforeEach, expect, test } from 'vitest'
import { findTotals } from '@/lib/catalogue/home'
import { createTestDatabase } from '@/lib/db/testing/database'
import { removeSource } from './remove'
import { emptyCatalogue, exported, importInput, ndjson, rebuilt } from './testing'

/** Removing everything that one source imported, such as the demo. */

const { pool, url } = await createTestDatabase()

const ownRecords = [
  { type: 'artist', id: 'a', name: 'Mine' },
  {
    type: 'song',
    id: 's',
    title: 'My song',
    durationMs: 1_000,
    listens: 5,
    credits: [{ artist: 'a' }],
    genres: ['Rock'],
  },
  { type: 'album', id: 'b', title: 'My album', credits: [{ artist: 'a' }], discs: [{ tracks: [{ song: 's' }] }] },
]
const otherRecords = [
  { type: 'artist', id: 'a', name: 'Theirs', externalIds: [{ source: 'musicbrainz', value: 'm' }] },
  { type: 'song', id: 's', title: 'Their song', listens: 7, credits: [{ artist: 'a' }], genres: ['Rock', 'Odd'] },
  { type: 'album', id: 'b', title: 'Their album', credits: [{ artist: 'a' }], discs: [{ tracks: [{ song: 's' }] }] },
  { type: 'playlist', id: 'p', name: 'Their playlist', items: [{ song: 's' }, { title: 'Unknown' }] },
]

async function remove(source: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return removeSource(client, source).finally(() => client.end())
}

beforeEach(() => emptyCatalogue(pool))

test('leaves the catalogue as it was before the import, figures included', async () => {
  await importInput(ndjson(ownRecords, 'mine'))
  const before = await exported()
  await importInput(ndjson(otherRecords, 'theirs'))
  expect(await remove('theirs')).toEqual({ playlist: 1, album: 1, song: 1, artist: 1, genre: 1, stillReferenced: 0 })
  expect(await exported()).toBe(before)
  expect(await rebuilt(pool)).toEqual({})
})

test('keeps things that another source refers to', async () => {
  await importInput(ndjson(otherRecords, 'theirs'))
  const shared = [{ type: 'song', id: 's', title: 'Their song', externalIds: [{ source: 'theirs', value: 's' }] }]
  await importInput(ndjson([...shared, { type: 'playlist', id: 'p', name: 'Mine', items: [{ song: 's' }] }], 'mine'))
  await pool.query(
    `INSERT INTO song_credit (song_id, position, artist_id, credited_name) SELECT song.id, 9, artist.id, 'Theirs' FROM song, artist`,
  )
  expect(await remove('theirs')).toMatchObject({ album: 1, playlist: 1, song: 0, artist: 0, stillReferenced: 1 })
  expect(await findTotals()).toMatchObject({ artists: 1, albums: 0, songs: 1, playlists: 1 })
  expect(await rebuilt(pool)).toEqual({})
})

test('changes nothing for a source that imported nothing', async () => {
  await importInput(ndjson(ownRecords, 'mine'))
  const before = await exported()
  expect(await remove('theirs')).toEqual({ playlist: 0, album: 0, song: 0, artist: 0, genre: 0, stillReferenced: 0 })
  expect(await exported()).toBe(before)
})
