import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { setListening } from '@/lib/cache/changes/listening'
import { catchUp } from '@/lib/cache/changes/read'
import { createTestDatabase } from '@/lib/db/testing/database'
import { eventually } from '@/lib/db/testing/eventually'
import { createTcpProxy } from '@/lib/db/testing/tcp-proxy'
import { log } from '@/lib/observability/log'
import { ask, problemOf, readStream } from './testing/ask'
import { fill } from './testing/catalogue'

/** Streams of lists: they wait for slow clients, stop when clients leave, and fail visibly. */

const { url } = await createTestDatabase()
const proxy = await createTcpProxy(url)
const [holder, admin] = [new pg.Client({ connectionString: url }), new pg.Client({ connectionString: url })]

/** Enough songs for a list of nearly all of them to be walked in parts. */
const SONGS = 2_600
/** Items in one part of a stream. */
const PART = 250

const ndjson = { accept: 'application/x-ndjson' }
const decoder = new TextDecoder()

beforeAll(async () => {
  await fill(SONGS)
  await catchUp()
  setListening(true)
  await holder.connect()
  await admin.connect()
})
afterAll(async () => {
  setListening(false)
  await holder.end()
  await admin.end()
})
afterEach(async () => {
  vi.restoreAllMocks()
  await proxy.repair()
  await holder.query('ROLLBACK')
})

async function open(address: string, signal?: AbortSignal): Promise<ReadableStreamDefaultReader<Uint8Array>> {
  const response = await ask(address, { headers: ndjson, ...(signal && { signal }) })
  expect(response.status).toBe(200)
  return response.body?.getReader() ?? expect.fail('It has no body')
}

/** Counts the statements sent for clients. */
function countStatements(): () => number {
  const { mock } = vi.spyOn(pg.Client.prototype, 'query')
  return () => mock.contexts.filter((client) => client !== holder && client !== admin).length
}

/** Expects this number of statements, and no more during a few round trips to the database. */
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
    // For each part, one statement for the ids and one for the rows.
    ['/songs?sort=popular', 2, 2],
    // First the total. A filter adds a transaction to both.
    ['/songs?sort=title&from=1900', 3 + 4, 4],
    // The ids of a short list are read once.
    ['/songs?sort=title&from=2000', 3 + 4, 1],
  ] as const)
    test(`has only one part read ahead: ${address}`, async () => {
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

  test('gets the complete list in the end', async () => {
    expect(await readStream('/songs?fields=id')).toHaveLength(SONGS)
  })
})

describe('a client that leaves', () => {
  test('stops its running statement and no other', async () => {
    const reader = await open('/songs?from=1900')
    await holder.query('BEGIN; LOCK TABLE song IN ACCESS EXCLUSIVE MODE')
    await reader.read()
    const pending = reader.read().catch(() => undefined)
    await eventually(async () => expect(await waiting()).toHaveLength(1))
    const [pid] = await waiting()
    const logged = vi.spyOn(log, 'error').mockImplementation(() => {})
    await reader.cancel()
    await pending
    await eventually(async () => expect(await waiting()).toEqual([]))
    await holder.query('ROLLBACK')
    // The connection is closed: a late cancel request would hit the next statement on it.
    await eventually(async () =>
      expect((await admin.query('SELECT FROM pg_stat_activity WHERE pid = $1', [pid])).rowCount).toBe(0),
    )
    expect(logged).not.toHaveBeenCalled()
    expect(await readStream('/songs?from=1900&fields=id&sort=longest')).not.toHaveLength(0)
  })

  test('stops its statement also before the first byte', async () => {
    vi.spyOn(log, 'error').mockImplementation(() => {})
    // Caches the total, which is read for all clients and not cancelled.
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
  test('breaks off a running stream, which is logged', async () => {
    const logged = vi.spyOn(log, 'error').mockImplementation(() => {})
    const reader = await open('/songs')
    proxy.cut()
    // The part that was read before is still sent.
    expect(linesIn((await reader.read()).value)).toBe(PART)
    await expect(
      (async () => {
        while (!(await reader.read()).done);
      })(),
    ).rejects.toThrow()
    expect(logged.mock.calls.flat().some((part) => /broke off/.test(String(part)))).toBe(true)
  })

  test('gives a problem before the first byte, as does a missing resource', async () => {
    vi.spyOn(log, 'error').mockImplementation(() => {})
    expect((await problemOf('/artists/1999999999/songs', ndjson)).status).toBe(404)
    proxy.cut()
    expect((await problemOf('/songs', ndjson)).status).toBe(503)
    await proxy.repair()
    await eventually(async () => expect(await readStream('/songs')).toHaveLength(SONGS))
  })
})

test('HEAD reads nothing', async () => {
  const statements = countStatements()
  const response = await ask('/songs', { headers: ndjson, method: 'HEAD' })
  expect(response.headers.get('content-type')).toBe('application/x-ndjson')
  expect(response.body).toBeNull()
  await expectStatements(statements, 0)
})

test('an empty list is an empty stream', async () => {
  expect(await readStream('/songs?year=1')).toEqual([])
})
