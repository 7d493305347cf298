import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { spawnSyro, syro } from '@/bin/testing'
import { forgetHere } from '@/lib/cache/forget'
import { createTestDatabase } from '@/lib/db/testing/database'
import { emptyCatalogue, importInput, ndjson } from '@/lib/imports/testing/catalogue'
import { search } from './find/search'
import { bringUpToDate } from './index/worker'

/** Indexing that is killed, or met by another, when half of it is done. */

const { pool, url } = await createTestDatabase()
const root = process.cwd()

const things = (word: string) => [
  { type: 'artist', id: 'a', name: `${word} Artist` },
  { type: 'song', id: 's', title: `${word} Song`, credits: [{ artist: 'a' }] },
  { type: 'playlist', id: 'p', name: `${word} Playlist`, items: [{ song: 's' }] },
]
const upToDate = () => bringUpToDate(root, new AbortController().signal)

async function found(text: string): Promise<string[]> {
  forgetHere()
  const { hits } = await search({ text, chosen: {}, extent: { size: 10 } })
  return hits.map(({ kind }) => kind).toSorted()
}
const ALL = ['artist', 'playlist', 'song']

async function count(what: string): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${what}`)
  return rows[0]?.count ?? 0
}
const sessions = (which: string) =>
  count(`pg_stat_activity WHERE datname = current_database() AND application_name = 'syromusic search' AND ${which}`)

/** Playlists are read after artists and songs, so whoever holds their table holds the indexing there. */
const gate = { open: async () => {} }
async function closeGate(): Promise<void> {
  const client = await pool.connect()
  await client.query('BEGIN; LOCK TABLE playlist IN ACCESS EXCLUSIVE MODE')
  gate.open = async () => {
    gate.open = async () => {}
    await client.query('ROLLBACK')
    client.release()
  }
}

async function indexUntilGate(command: 'rebuild' | 'update'): Promise<ChildProcess> {
  await closeGate()
  const child = spawnSyro(url, 'search', command)
  await expect.poll(() => sessions(`wait_event_type = 'Lock'`), { timeout: 60_000 }).toBe(1)
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
  await gate.open()
  // PostgreSQL notices that a client is gone when it next speaks to it.
  await expect.poll(() => sessions('true'), { timeout: 60_000 }).toBe(0)
}

beforeEach(async () => {
  await emptyCatalogue(pool)
  await importInput(ndjson(things('Before')))
  await upToDate()
})
afterEach(() => gate.open())

test('kill -9 of a rebuild leaves the index as it was, which is searched meanwhile; the next one works', async () => {
  const child = await indexUntilGate('rebuild')
  expect(await found('before kind:artist')).toEqual(['artist'])
  expect(await syro(['search', 'update'])).toMatchObject({
    code: 1,
    err: 'The index is being changed by another process. Try again when that has ended.\n',
  })
  await kill(child)
  expect(await count(`pg_class WHERE relname IN ('search_new', 'search_staged')`)).toBe(0)
  expect(await found('before')).toEqual(ALL)
  expect((await syro(['search', 'rebuild'])).code).toBe(0)
  expect(await found('before')).toEqual(ALL)
})

test('a rebuild that is asked to end ends at once, also while it waits for what it reads', async () => {
  const child = await indexUntilGate('rebuild')
  child.kill('SIGTERM')
  await once(child, 'exit')
  // The table that it waits for is held still.
  await expect.poll(() => sessions('true'), { timeout: 60_000 }).toBe(0)
  expect(await found('before')).toEqual(ALL)
})

test('kill -9 while changes are made loses none, and makes none twice', async () => {
  await importInput(ndjson(things('After')))
  const pending = await count('catalogue_change')
  expect(pending).toBeGreaterThanOrEqual(3)
  await kill(await indexUntilGate('update'))
  expect(await count('catalogue_change')).toBe(pending)
  expect(await found('before')).toEqual(ALL)
  await upToDate()
  expect(await count('catalogue_change')).toBe(0)
  expect(await found('after')).toEqual(ALL)
  expect(await found('before')).toEqual([])
  expect(await count('search_document')).toBe(3)
})

test('of several that would do it one does, and the others are none the worse', async () => {
  for (const word of ['Second', 'Third']) {
    await importInput(ndjson(things(word)))
    await Promise.all([upToDate(), upToDate(), upToDate()])
    // Who came too late to do it leaves what came later.
    await upToDate()
    expect(await found(word)).toEqual(ALL)
    expect(await count('search_document')).toBe(3)
  }
})
