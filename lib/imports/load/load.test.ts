import type pg from 'pg'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createTestDatabase } from '@/lib/db/testing/database'
import { syntheticInput } from '@/lib/imports/synthetic/reader'
import { emptyCatalogue, exported, importInput, ndjson, rebuilt } from '@/lib/imports/testing/catalogue'

/** What only a larger catalogue shows. */

const { pool, url } = await createTestDatabase()
vi.setConfig({ testTimeout: 300_000 })
beforeEach(() => emptyCatalogue(pool))

/** With their tracks more than the rows from which on foreign keys are put off (`foreign-keys.ts`). */
const SONGS = 12_000

describe('a large import', () => {
  test('writes figures that a rebuild agrees with, and nothing the second time', async () => {
    const { result } = await importInput(syntheticInput({ songs: SONGS, seed: 7 }))
    expect(result.songs).toEqual({ created: SONGS, updated: 0 })
    expect(await rebuilt(pool)).toEqual({})
    const again = await importInput(syntheticInput({ songs: SONGS, seed: 7 }))
    expect(Object.values(again.result).flatMap((changes) => Object.values(changes))).toEqual(Array(9).fill(0))
  })

  test('leaves every foreign key in force', async () => {
    await importInput(syntheticInput({ songs: SONGS, seed: 7 }))
    const { rows } = await pool.query(`SELECT tgname FROM pg_trigger WHERE tgisinternal AND tgenabled <> 'O'`)
    expect(rows).toEqual([])
    await expect(pool.query('UPDATE track SET song_id = 1000000000')).rejects.toThrow('track_song_id_fkey')
    await expect(pool.query('INSERT INTO song_genre VALUES (1000000000, 1)')).rejects.toThrow('song_genre_song_id_fkey')
  })

  test('is the same for a user who may not put off foreign keys', async () => {
    await importInput(syntheticInput({ songs: SONGS, seed: 7 }))
    const uuid = `SELECT uuid FROM catalogue`
    const own = (text: string, { rows }: pg.QueryResult<{ uuid: string }>) => text.replace(rows[0]?.uuid ?? '', '')
    const expected = own(await exported(), await pool.query(uuid))
    await emptyCatalogue(pool)
    const role = `importer_${process.pid}`
    await pool.query(`CREATE ROLE ${role} LOGIN PASSWORD 'x'; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role};
      GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO ${role}`)
    const address = new URL(url)
    address.username = role
    address.password = 'x'
    process.env.DATABASE_URL = address.href
    try {
      await importInput(syntheticInput({ songs: SONGS, seed: 7 }))
    } finally {
      process.env.DATABASE_URL = url
      await pool.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`)
    }
    expect(own(await exported(), await pool.query(uuid))).toBe(expected)
    expect(await rebuilt(pool)).toEqual({})
  })
})

test('a failed import gives no id away', async () => {
  await importInput(ndjson([{ type: 'song', id: 'a', title: 'A' }]))
  await expect(
    importInput(
      ndjson([
        { type: 'song', id: 'b', title: 'B' },
        { type: 'redirect', entity: 'song', from: 1, to: 'z' },
      ]),
    ),
  ).rejects.toThrow()
  await importInput(ndjson([{ type: 'song', id: 'c', title: 'C' }]))
  const { rows } = await pool.query(`SELECT id FROM song UNION ALL SELECT nextval('song_id_seq')::int ORDER BY id`)
  expect(rows).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }])
})
