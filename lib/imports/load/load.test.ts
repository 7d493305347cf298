import { beforeAll, describe, expect, test, vi } from 'vitest'
import { createTestDatabase } from '@/lib/db/testing/database'
import { syntheticInput } from '@/lib/imports/synthetic/reader'
import { emptyCatalogue, exported, importInput, ndjson, rebuilt } from '@/lib/imports/testing'

const { pool, url } = await createTestDatabase()
vi.setConfig({ testTimeout: 300_000 })

/** With their tracks more than the 20,000 rows from which `foreign-keys.ts` suspends foreign keys. */
const SONGS = 9_000
const importSongs = () => importInput(syntheticInput({ songs: SONGS, seed: 7 }))

async function exportedWithoutUuid(): Promise<string> {
  const { rows } = await pool.query<{ uuid: string }>('SELECT uuid FROM catalogue')
  return (await exported()).replace(rows[0]?.uuid ?? '', '')
}

describe('a large import', () => {
  let exportedFirst: string
  beforeAll(async () => {
    await emptyCatalogue(pool)
    const { result } = await importSongs()
    expect(result.songs).toEqual({ created: SONGS, updated: 0 })
    exportedFirst = await exportedWithoutUuid()
  })

  test('leaves every foreign key and every trigger in force', async () => {
    const { rows } = await pool.query(`SELECT tgname FROM pg_trigger WHERE tgenabled <> 'O'`)
    expect(rows).toEqual([])
    await expect(pool.query('UPDATE track SET song_id = 1000000000')).rejects.toThrow('track_song_id_fkey')
    await expect(pool.query('INSERT INTO song_genre VALUES (1000000000, 1)')).rejects.toThrow('song_genre_song_id_fkey')
  })

  test('is one change, of everything', async () => {
    const { rows } = await pool.query(
      'SELECT dependencies FROM change_log JOIN change_counter ON change_counter.number = change_log.number',
    )
    expect(rows).toEqual([{ dependencies: ['*'] }])
  })

  test('writes figures that a rebuild agrees with, and nothing the second time', async () => {
    expect(await rebuilt(pool)).toEqual({})
    const { result } = await importSongs()
    expect(Object.values(result).flatMap((changes) => Object.values(changes))).toEqual(Array(9).fill(0))
  })

  test('is the same for a user who may not suspend foreign keys', async () => {
    await emptyCatalogue(pool)
    const role = `importer_${process.pid}`
    await pool.query(`CREATE ROLE ${role} LOGIN PASSWORD 'x'; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role};
      GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO ${role}`)
    const address = new URL(url)
    address.username = role
    address.password = 'x'
    process.env.DATABASE_URL = address.href
    try {
      await importSongs()
    } finally {
      process.env.DATABASE_URL = url
      await pool.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`)
    }
    expect(await exportedWithoutUuid()).toBe(exportedFirst)
    expect(await rebuilt(pool)).toEqual({})
  })
})

test('a failed import uses up no ids', async () => {
  await emptyCatalogue(pool)
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
