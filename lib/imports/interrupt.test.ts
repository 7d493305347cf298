import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type pg from 'pg'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { endOf, spawnSyro, syro } from '@/bin/testing'
import { findTotals } from '@/lib/catalogue/home'
import { createTestDatabase } from '@/lib/db/testing/database'
import { findImportRuns } from '@/lib/imports/runs/read'
import { emptyCatalogue, exported, importInput, ndjson } from './testing'

/** Imports that are interrupted, or run into others, after the last write and before the commit. */

const { pool, url } = await createTestDatabase()
vi.setConfig({ testTimeout: 120_000 })

const songs = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ type: 'song', id: `s${index}`, title: `Song ${index}` }))
const file = [{ type: 'catalogue', version: 1, source: 'child' }, ...songs(100)]
  .map((each) => JSON.stringify(each))
  .join('\n')

/** An import writes the catalogue's totals last, so a lock on that row stops it there. */
let gate: pg.PoolClient
beforeEach(async () => {
  await emptyCatalogue(pool)
  await importInput(ndjson([{ type: 'song', id: '1', title: 'Before' }]))
  gate = await pool.connect()
  await gate.query('BEGIN; SELECT FROM catalogue FOR UPDATE')
})
const openGate = () => gate.query('ROLLBACK')
afterEach(async () => {
  await openGate()
  gate.release()
})

/** Sessions of imports into this test's database. */
async function sessions(which = 'true'): Promise<number | null> {
  const { rowCount } = await pool.query(
    `SELECT FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'syromusic import' AND ${which}`,
  )
  return rowCount
}

const untilGate = () => expect.poll(() => sessions(`wait_event_type = 'Lock'`), { timeout: 60_000 }).toBe(1)

async function importUntilGate(): Promise<ChildProcess> {
  const child = spawnSyro(url, 'import', 'ndjson', '-')
  child.stdin?.end(file)
  await untilGate()
  return child
}

/** PostgreSQL notices that a client is gone when it next writes to it. */
const untilSessionEnds = () => expect.poll(() => sessions(), { timeout: 60_000 }).toBe(0)

const oldTotals = { artists: 0, albums: 0, songs: 1, genres: 0, playlists: 0, playlistItems: 0 }

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s cancels the import, prints one line, and exits with %i', async (signal, code) => {
  const before = await exported()
  const child = await importUntilGate()
  child.kill(signal)
  expect(await endOf(child)).toEqual({ code, out: '', err: 'Cancelled; nothing was changed.\n' })
  expect(await exported()).toBe(before)
  expect((await findImportRuns())[0]).toMatchObject({ status: 'failed', error: 'Cancelled; nothing was changed.' })
})

test('an immediate second signal, as from npm after the terminal, is ignored', async () => {
  const child = await importUntilGate()
  child.kill('SIGINT')
  // Two signals of one kind may merge, and two kinds may overtake each other; the first to arrive counts.
  child.kill('SIGTERM')
  const { code, ...output } = await endOf(child)
  expect(output).toEqual({ out: '', err: 'Cancelled; nothing was changed.\n' })
  expect([130, 143]).toContain(code)
})

test('kill -9 changes nothing, and the run shows as interrupted; the next import works', async () => {
  const before = await exported()
  const child = await importUntilGate()
  expect((await findImportRuns())[0]?.status).toBe('running')
  child.kill('SIGKILL')
  await once(child, 'exit')
  await openGate()
  await untilSessionEnds()
  expect((await findImportRuns())[0]?.status).toBe('interrupted')
  expect(await exported()).toBe(before)

  await importInput(ndjson(songs(100), 'child'))
  expect((await findImportRuns()).map((run) => run.status)).toEqual(['succeeded', 'failed', 'succeeded'])
  expect((await findTotals()).songs).toBe(101)
})

test('readers see the old catalogue, without waiting, until the commit', async () => {
  const importing = syro(['import', 'ndjson', '-'], { stdin: file })
  await untilGate()
  expect(await findTotals()).toEqual(oldTotals)
  expect((await pool.query('SELECT title FROM song')).rows).toEqual([{ title: 'Before' }])
  await openGate()
  expect(await importing).toMatchObject({ code: 0, err: '' })
  expect(await findTotals()).toEqual({ ...oldTotals, songs: 101 })
})

test('a second import is refused while one runs', async () => {
  const importing = syro(['import', 'ndjson', '-'], { stdin: file })
  await untilGate()
  await expect(importInput(ndjson(songs(1)))).rejects.toThrow(
    'Another import or rebuild is running. Try again when it has ended.',
  )
  expect(await syro(['rebuild'])).toEqual({
    code: 1,
    out: '',
    err: 'An import or another rebuild is running. Try again when it has ended.\n',
  })
  await openGate()
  expect(await importing).toMatchObject({ code: 0, err: '' })
})
