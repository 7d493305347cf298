import { beforeAll, expect, test } from 'vitest'
import { findAlbum } from '@/lib/catalogue/albums/read'
import { findArtist } from '@/lib/catalogue/artists/read'
import { createTestDatabase } from '@/lib/db/testing/database'
import { AlbumFacts } from './facts'
import { toSourceFacts } from './source-facts'

const { pool } = await createTestDatabase()

const album: AlbumFacts = {
  firstReleased: { year: 1997, month: 5, day: null },
  albumKind: 'album',
  label: 'Hearth',
  disambiguation: null,
  genres: ['folk'],
}
const artist = {
  artistKind: 'group',
  country: 'GB',
  area: 'Abingdon',
  begin: { year: 1985, month: null, day: null },
  end: null,
  hasEnded: false,
  disambiguation: null,
  aliases: ['On a Friday'],
  links: [],
  genres: [],
}
const fetchedAt = '2026-11-21T10:00:00.000Z'

beforeAll(async () => {
  await pool.query(`INSERT INTO artist (id, name, sort_name, sort_key) VALUES (1, 'A', 'A', 'a')`)
  await pool.query(`INSERT INTO album (id, title, sort_key) VALUES (1, 'A', 'a'), (2, 'B', 'b')`)
  await pool.query(
    `INSERT INTO enrichment (kind, entity_id, source, state, fetched_at, fresh_until, data) VALUES
       ('artist', 1, 'musicbrainz', 'fresh', $1, now(), $2),
       ('album', 1, 'coverart', 'missing', $1, now(), NULL),
       ('album', 1, 'musicbrainz', 'fresh', $1, now(), $3),
       ('album', 1, 'older', 'fresh', $1, now(), '{"label": 7}'),
       ('album', 2, 'musicbrainz', 'waiting', NULL, NULL, NULL)`,
    [fetchedAt, artist, album],
  )
})

test('pages get the facts of sources at any age, but not data of another shape', async () => {
  expect(await findAlbum(1, 1)).toMatchObject({
    label: null,
    date: { year: null },
    sourceFacts: [{ source: 'musicbrainz', fetchedAt, facts: album }],
    coverSource: null,
  })
  expect(await findAlbum(2, 1)).toMatchObject({ sourceFacts: [] })
  expect(await findArtist(1)).toMatchObject({ sourceFacts: [{ source: 'musicbrainz', fetchedAt, facts: artist }] })
})

test('leaves out rows that were never fetched', () => {
  expect(toSourceFacts([{ source: 'a', fetchedAt: null, data: null }, null, 'text'], AlbumFacts)).toEqual([])
})
