import { beforeAll, expect, test } from 'vitest'
import { FIGURES_VERSION } from '@/lib/catalogue/figures/version'
import { createTestDatabase } from '@/lib/db/testing/database'
import { importInput, ndjson } from '@/lib/imports/testing'
import { Lifetime } from '@/lib/lifetime'
import type { Steps } from '@/lib/observability/steps'
import { ensureFigures } from './figures'

const { pool } = await createTestDatabase()

beforeAll(async () => {
  await importInput(ndjson([{ type: 'artist', id: 'a', name: 'Łona' }]))
})

/** Runs the step of a start. @returns the names of the work it did. */
async function start(): Promise<string[]> {
  const done: string[] = []
  const lifetime = new Lifetime()
  const steps: Steps = {
    say: () => {},
    step: async (what, work) => {
      done.push(what)
      return work(() => {})
    },
  }
  await ensureFigures('.', lifetime, steps)
  await lifetime.close()
  return done
}

const stored = async () =>
  (await pool.query('SELECT sort_key, figures_version FROM artist, catalogue')).rows as unknown[]

test('a start recomputes the figures of an older version once', async () => {
  expect(await start()).toEqual([])
  await pool.query("UPDATE artist SET sort_key = 'łona'; UPDATE catalogue SET figures_version = 0")
  expect(await start()).toEqual(['Recomputing sort keys and counts'])
  expect(await stored()).toEqual([{ sort_key: 'lona', figures_version: FIGURES_VERSION }])
  expect(await start()).toEqual([])
})

test('a start during an import leaves the figures to the next start', async () => {
  await pool.query('UPDATE catalogue SET figures_version = 0')
  const other = await pool.connect()
  try {
    await other.query('SELECT pg_advisory_lock(1398362703, 1)')
    await start()
    expect(await stored()).toEqual([{ sort_key: 'lona', figures_version: 0 }])
  } finally {
    await other.query('SELECT pg_advisory_unlock_all()')
    other.release()
  }
  await start()
  expect(await stored()).toEqual([{ sort_key: 'lona', figures_version: FIGURES_VERSION }])
})
