import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { doubtAll } from '@/lib/cache/changes/recent'
import { pool } from '@/lib/db/pool'
import { createTestDatabase } from '@/lib/db/testing/database'
import { eventually } from '@/lib/db/testing/eventually'
import { createTcpProxy } from '@/lib/db/testing/tcp-proxy'
import { log } from '@/lib/observability/log'
import { ask, read } from './testing/ask'
import { exampleAddresses, fill } from './testing/catalogue'

/** Responses while the database is away or slow: they say so without internal details. */

const { url } = await createTestDatabase()
const proxy = await createTcpProxy(url)
/** Connects without the proxy. */
const clients = [0, 1].map(() => new pg.Client({ connectionString: url }))
const [holder = expect.fail(), admin = expect.fail()] = clients
let examples: { id: string; address: string }[]

beforeAll(async () => {
  await fill(300)
  examples = (await exampleAddresses(pool())).filter(({ id }) => id !== 'getRateLimit')
  for (const client of clients) await client.connect()
})
afterAll(async () => {
  for (const client of clients) await client.end()
})

afterEach(() => {
  vi.restoreAllMocks()
  return proxy.repair()
})

/** Our own log has the details that clients do not see. */
const hearLog = () => vi.spyOn(log, 'error').mockImplementation(() => {})

async function expectUnavailable(response: Response): Promise<void> {
  expect(response.status).toBe(503)
  expect(response.headers.get('retry-after')).toMatch(/^\d+$/)
  const problem = await response.text()
  expect(JSON.parse(problem).type).toBe('/api/docs/problems#unavailable')
  expect(problem).not.toMatch(/ECONN|SELECT|127\.0\.0\.1|prisma|\.ts/i)
}

describe('while the database is away', () => {
  test('uncached resources answer 503, and recover with the database', async () => {
    const logged = hearLog()
    doubtAll()
    for (const { address } of examples) await read(address)
    doubtAll()
    proxy.cut()
    for (const { address } of examples) {
      await expectUnavailable(await ask(address))
      if (address.includes('/songs?'))
        await expectUnavailable(await ask(address, { headers: { accept: 'application/x-ndjson' } }))
    }
    await expectUnavailable(await ask('/openapi.json'))
    expect(logged).toHaveBeenCalled()
    await proxy.repair()
    // Idle connections break one by one.
    for (const { address } of examples) await eventually(() => read(address))
  })

  test('cached responses are served', async () => {
    hearLog()
    const before = await read('/songs?limit=3')
    proxy.cut()
    expect(await read('/songs?limit=3')).toEqual(before)
    await expectUnavailable(await ask('/songs?limit=4'))
    await proxy.repair()
    await eventually(() => read('/songs?limit=4'))
  })
})

describe('a statement', () => {
  /** Sends a request while a table is locked, and calls back with the statements that wait for it. */
  async function whileLocked(table: string, ask: () => Promise<Response>, end: (pid: number) => Promise<unknown>) {
    await holder.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`)
    const answer = ask()
    const waiting = await eventually(async () => {
      const { rows } = await admin.query<{ pid: number }>(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      )
      expect(rows).not.toEqual([])
      return rows
    })
    for (const { pid } of waiting) await end(pid)
    const response = await answer
    await holder.query('ROLLBACK')
    return response
  }
  const cancel = (pid: number) => admin.query('SELECT pg_cancel_backend($1)', [pid])
  const terminate = (pid: number) => admin.query('SELECT pg_terminate_backend($1)', [pid])

  test('that takes too long is cancelled, and the response suggests a smaller request', async () => {
    const response = await whileLocked('album', () => ask('/albums?kind=live&year=1990'), cancel)
    const { detail } = await response.clone().json()
    await expectUnavailable(response)
    expect(detail).toMatch(/Narrow it/)
    await read('/albums?kind=live&year=1990')
  })

  test('with a filter has a time limit', async () => {
    const query = vi.spyOn(pg.Client.prototype, 'query')
    await read('/albums?kind=live&year=1991')
    const sent = query.mock.calls.map(([statement]) => String(statement))
    expect(sent.filter((text) => /SET LOCAL statement_timeout = \d+/.test(text)).length).toBeGreaterThan(0)
  })

  test('whose connection is terminated gives a 503', async () => {
    hearLog()
    for (const address of ['/albums?kind=live&year=1992', '/albums/1', '/albums?limit=7']) {
      await expectUnavailable(await whileLocked('album', () => ask(address), terminate))
      await eventually(() => read(address))
    }
  })
})
