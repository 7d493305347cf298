import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { createTestDatabase } from '@/lib/db/testing/database'
import { eventually } from '@/lib/db/testing/eventually'
import { createTcpProxy } from '@/lib/db/testing/tcp-proxy'
import { log } from '@/lib/observability/log'
import { ask, problemOf, readStream } from './testing/ask'
import { fill } from './testing/catalogue'

/** Lists as streams: no faster than their clients, no longer than they stay, and never cut short without a sign. */

const { url } = await createTestDatabase()
const proxy = await createTcpProxy(url)
const [holder, admin] = [new pg.Client({ connectionString: url }), new pg.Client({ connectionString: url })]

/** So many that a list of nearly all of them is walked, and not found whole. */
const SONGS = 2_600
/** Items of a part. */
const PART = 250

const ndjson = { accept: 'application/x-ndjson' }
const decoder = new TextDecoder()

beforeAll(async () => {
  await fill(SONGS)
  await holder.connect()
  await admin.connect()
})
afterAll(async () => {
  await holder.end()
  await admin.end()
})
afterEach(async () => {
  vi.restoreAllMocks()
  await proxy.mend()
  await holder.query('ROLLBACK')
})

async function open(address: string, signal?: AbortSignal): Promise<ReadableStreamDefaultReader<Uint8Array>> {
  const response = await ask(address, { headers: ndjson, ...(signal && { signal }) })
  expect(response.status).toBe(200)
  return response.body?.getReader() ?? expect.fail('It has no body')
}

/** Counts the statements that are sent for clients. */
function countStatements(): () => number {
  const { mock } = vi.spyOn(pg.Client.prototype, 'query')
  return () => mock.contexts.filter((client) => client !== holder && client !== admin).length
}

/** So many are sent, and no more in the time that it takes to ask the database for something else. */
async function expectStatements(count: () => number, right: number): Promise<void> {
  await eventually(() => expect(count()).toBe(right))
  for (let turns = 0; turns < 5; turns++) await admin.query('SELECT')
  expect(count()).toBe(right)
}

const linesIn = (chunk: Uint8Array | undefined) => decoder.decode(chunk).split('\n').length - 1

/** The statements that wait for a lock. */
const waiting = async () =>
  (
    await admin.query<{ pid: number }>(
      "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    )
  ).rows.map(({ pid }) => pid)

describe('a slow client', () => {
  for (const [address, first, each] of [
    // The version; then where a part is, and what is there.
    ['/songs?sort=popular', 1 + 2, 2],
    // Before it the state of the catalogue, and how long the list is; each but the last in a transaction of its own.
    ['/songs?sort=title&from=1900', 1 + 1 + 3 + 4, 4],
    // A short one is found whole, once.
    ['/songs?sort=title&from=2000', 1 + 1 + 3 + 4, 1],
  ] as const)
    test(`has no more read for it than it takes, and one part: ${address}`, async () => {
      const statements = countStatements()
      const reader = await open(address)
      await expectStatements(statements, first)
      for (let taken = 1; taken <= 3; taken++) {
        expect(linesIn((await reader.read()).value)).toBe(PART)
        await expectStatements(statements, first + each * taken)
      }
      await reader.cancel()
      await expectStatements(statements, first + each * 3)
    })

  test('gets all of it in the end', async () => {
    expect(await readStream('/songs?fields=id')).toHaveLength(SONGS)
  })
})

describe('a client that leaves', () => {
  test('stops the statement that is under way, and nobody else’s', async () => {
    const reader = await open('/songs?from=1900')
    await holder.query('BEGIN; LOCK TABLE song IN ACCESS EXCLUSIVE MODE')
    await reader.read()
    const pending = reader.read().catch(() => undefined)
    await eventually(async () => expect(await waiting()).toHaveLength(1))
    const [pid] = await waiting()
    const said = vi.spyOn(log, 'error').mockImplementation(() => {})
    await reader.cancel()
    await pending
    await eventually(async () => expect(await waiting()).toEqual([]))
    await holder.query('ROLLBACK')
    // Whoever comes next is on another connection: being asked to stop may come late.
    await eventually(async () =>
      expect((await admin.query('SELECT FROM pg_stat_activity WHERE pid = $1', [pid])).rowCount).toBe(0),
    )
    expect(said).not.toHaveBeenCalled()
    expect(await readStream('/songs?from=1900&fields=id&sort=longest')).not.toHaveLength(0)
  })

  test('before anything was sent stops it as well', async () => {
    vi.spyOn(log, 'error').mockImplementation(() => {})
    // How long it is, is known: that is for others, too.
    await readStream('/songs?from=1901&fields=id')
    await holder.query('BEGIN; LOCK TABLE song IN ACCESS EXCLUSIVE MODE')
    const leaving = new AbortController()
    const answer = ask('/songs?from=1901', { headers: ndjson, signal: leaving.signal })
    await eventually(async () => expect(await waiting()).toHaveLength(1))
    leaving.abort()
    expect((await answer).status).toBe(503)
    await eventually(async () => expect(await waiting()).toEqual([]))
  })
})

describe('a database that goes away', () => {
  test('in the middle breaks the stream off, which is written down', async () => {
    const said = vi.spyOn(log, 'error').mockImplementation(() => {})
    const reader = await open('/songs')
    proxy.cut()
    // What was read already is sent.
    expect(linesIn((await reader.read()).value)).toBe(PART)
    await expect(
      (async () => {
        while (!(await reader.read()).done);
      })(),
    ).rejects.toThrow()
    expect(said.mock.calls.flat().some((part) => /broke off/.test(String(part)))).toBe(true)
  })

  test('before the beginning is a problem, and so is what is not there', async () => {
    vi.spyOn(log, 'error').mockImplementation(() => {})
    expect((await problemOf('/artists/1999999999/songs', ndjson)).status).toBe(404)
    proxy.cut()
    expect((await problemOf('/songs', ndjson)).status).toBe(503)
    await proxy.mend()
    await eventually(async () => expect(await readStream('/songs')).toHaveLength(SONGS))
  })
})

test('a head reads the version, and nothing of the list', async () => {
  const statements = countStatements()
  const response = await ask('/songs', { headers: ndjson, method: 'HEAD' })
  expect(response.headers.get('content-type')).toBe('application/x-ndjson')
  expect(response.body).toBeNull()
  await expectStatements(statements, 1)
})

test('a list of nothing is a stream of nothing', async () => {
  expect(await readStream('/songs?year=1')).toEqual([])
})
