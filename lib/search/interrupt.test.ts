import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { spawnSyro, syro } from '@/bin/testing'
import { doubtAll } from '@/lib/cache/changes/recent'
import { createTestDatabase } from '@/lib/db/testing/database'
import { emptyCatalogue, importInput, ndjson } from '@/lib/imports/testing'
import { search } from './find/search'
import { updateOrRebuild } from './index/worker'

/** Indexing that is killed, or that meets another process, halfway. */

const { pool, url } = await createTestDatabase()
const root = process.cwd()

const things = (word: string) => [
  { type: 'artist', id: 'a', name: `${word} Artist` },
  { type: 'song', id: 's', title: `${word} Song`, credits: [{ artist: 'a' }] },
  { type: 'playlist', id: 'p', name: `${word} Playlist`, items: [{ song: 's' }] },
]
const upToDate = () => updateOrRebuild(root, new AbortController().signal)

async function found(text: string): Promise<string[]> {
  doubtAll()
  const { hits } = await search({ text, chosen: {}, range: { size: 10 } })
  return hits.map(({ kind }) => kind).toSorted()
}
const ALL = ['artist', 'playlist', 'song']

async function count(what: string): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${what}`)
  return rows[0]?.count ?? 0
}
const sessions = (which: string) =>
  count(`pg_stat_activity WHERE datname = current_database() AND application_name = 'syromusic search' AND ${which}`)

/** Indexing reads playlists after artists and songs, so a lock on their table stops it halfway. */
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
  // PostgreSQL notices a closed connection when it next writes to it.
  await expect.poll(() => sessions('true'), { timeout: 60_000 }).toBe(0)
}

beforeEach(async () => {
  await emptyCatalogue(pool)
  await importInput(ndjson(things('Before')))
  await upToDate()
})
afterEach(() => gate.open())

test('the old index is searched during a rebuild, survives kill -9, and can be rebuilt again', async () => {
  const child = await indexUntilGate('rebuild')
  expect(await found('before kind:artist')).toEqual(['artist'])
  expect(await syro(['search', 'update'])).toMatchObject({
    code: 1,
    err: 'Another process is changing the index. Try again when it has ended.\n',
  })
  await kill(child)
  expect(await count(`pg_class WHERE relname IN ('search_new', 'search_staged')`)).toBe(0)
  expect(await found('before')).toEqual(ALL)
  expect((await syro(['search', 'rebuild'])).code).toBe(0)
  expect(await found('before')).toEqual(ALL)
})

test('SIGTERM ends a rebuild immediately, also while it waits for a lock', async () => {
  const child = await indexUntilGate('rebuild')
  child.kill('SIGTERM')
  await once(child, 'exit')
  // The table is still locked.
  await expect.poll(() => sessions('true'), { timeout: 60_000 }).toBe(0)
  expect(await found('before')).toEqual(ALL)
})

test('kill -9 of an update loses no changes and applies none twice', async () => {
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

test('of several concurrent updates one does the work, and none fails', async () => {
  for (const word of ['Second', 'Third']) {
    await importInput(ndjson(things(word)))
    await Promise.all([upToDate(), upToDate(), upToDate()])
    // An update that finds the index locked leaves the changes after it.
    await upToDate()
    expect(await found(word)).toEqual(ALL)
    expect(await count('search_document')).toBe(3)
  }
})
