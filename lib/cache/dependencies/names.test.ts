import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTestDatabase } from '@/lib/db/testing/database'
import { parseDependency, textId, toDependency } from './names'

const { pool } = await createTestDatabase()

test('the names of the change log are the dependencies that readers record', () => {
  expect(parseDependency('albums.newest')).toBe(toDependency('albums.newest'))
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (id) => {
      for (const kind of ['artist.label', 'album', 'playlist.page', 'genre-albums.title', 'song-playlists'] as const) {
        expect(parseDependency(`${kind}:${id}`)).toBe(toDependency(kind, id))
        expect(Number.isSafeInteger(toDependency(kind, id))).toBe(true)
      }
    }),
  )
  const [one, other] = [toDependency('song', 2 ** 32 - 1), toDependency('song.page', 0)]
  expect(one).not.toBe(other)
})

test('the names of another version are unknown', () => {
  for (const name of ['', '*', 'concert:1', 'albums.saddest']) expect(parseDependency(name), name).toBeUndefined()
})

test('the id of a text is the same in the database', async () => {
  const texts = ['', 'rock', 'drum-and-bass', 'Ænima', '演歌', '🎷']
  const { rows } = await pool.query<{ id: string }>('SELECT text_id(text) AS id FROM unnest($1::text[]) AS text', [
    texts,
  ])
  expect(rows.map(({ id }) => Number(id))).toEqual(texts.map(textId))
})
