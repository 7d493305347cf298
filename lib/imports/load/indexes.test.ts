import { beforeEach, expect, test } from 'vitest'
import { isCatalogueLocked, lockCatalogue } from '@/lib/catalogue/rebuild'
import { createTestDatabase } from '@/lib/db/testing/database'
import { recoverImports } from '@/lib/imports/recover'
import { startRun } from '@/lib/imports/runs/write'
import { emptyCatalogue, importInput, ndjson } from '@/lib/imports/testing'
import { suspendIndexes } from './indexes'

const { pool } = await createTestDatabase()
beforeEach(() => emptyCatalogue(pool))

const MANY = 20_001
const song = (id: number) => ({ type: 'song', id: `${id}`, title: `Song ${id}` })
const songs = Array.from({ length: MANY }, (_, id) => song(id))

async function indexes(): Promise<string[]> {
  const { rows } = await pool.query<{ indexdef: string }>(
    `SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexdef`,
  )
  return rows.map(({ indexdef }) => indexdef)
}

/** The file of an index. A rebuilt index has another file. */
async function fileOf(index: string): Promise<unknown> {
  const { rows } = await pool.query('SELECT relfilenode FROM pg_class WHERE relname = $1', [index])
  return rows[0]?.relfilenode
}

test('a large first import builds the same indexes at its end', async () => {
  const before = await indexes()
  const file = await fileOf('song_sort_key_id_idx')
  await importInput(ndjson(songs))
  expect(await indexes()).toEqual(before)
  expect(await fileOf('song_sort_key_id_idx')).not.toBe(file)
})

test('a catalogue with content keeps its indexes', async () => {
  await importInput(ndjson([song(0)]))
  const file = await fileOf('song_sort_key_id_idx')
  await importInput(ndjson(songs))
  expect(await fileOf('song_sort_key_id_idx')).toBe(file)
})

test('a first import that fails restores the indexes', async () => {
  const before = await indexes()
  const album = { type: 'album', id: '1', title: 'A', discs: [{ tracks: [{ song: 'none' }] }] }
  await expect(importInput(ndjson([...songs, album]))).rejects.toThrow('names song none')
  expect(await indexes()).toEqual(before)
})

/** The state after an import is killed while its indexes are dropped. */
async function killImport(): Promise<void> {
  const client = await pool.connect()
  await lockCatalogue(client)
  await startRun(client, { format: 'ndjson', files: ['catalogue.ndjson'] })
  await client.query('CREATE TEMP TABLE in_song AS SELECT generate_series(1, 20001)')
  await suspendIndexes(client)
  client.release(true)
  // The server needs a moment to notice the closed connection.
  while (await isCatalogueLocked(pool));
}

for (const [who, recover] of [
  ['the next import', () => importInput(ndjson([song(0)]))],
  ['the next start of the site', recoverImports],
] as const)
  test(`${who} restores the indexes after a killed import`, async () => {
    const before = await indexes()
    await killImport()
    expect((await indexes()).length).toBeLessThan(before.length)

    await recover()
    expect(await indexes()).toEqual(before)
    expect((await pool.query('SELECT FROM suspended_index')).rowCount).toBe(0)
    const { rows } = await pool.query(`SELECT status, error FROM import_run WHERE source = '' ORDER BY id DESC LIMIT 1`)
    expect(rows).toEqual([{ status: 'failed', error: 'Its process ended in the middle.' }])
  })

test('the start of a site does not disturb a running import', async () => {
  const importing = await pool.connect()
  await lockCatalogue(importing)
  const id = await startRun(importing, { format: 'ndjson', files: ['catalogue.ndjson'] })
  await recoverImports()
  expect((await pool.query('SELECT status FROM import_run WHERE id = $1', [id])).rows).toEqual([{ status: 'running' }])
  importing.release(true)
})

test('a table that is locked by readers keeps its indexes, and nobody waits', async () => {
  const reader = await pool.connect()
  await reader.query('BEGIN; SELECT FROM song')
  const file = await fileOf('song_sort_key_id_idx')
  await importInput(ndjson(songs))
  await reader.query('COMMIT')
  reader.release()
  expect(await fileOf('song_sort_key_id_idx')).toBe(file)
})
