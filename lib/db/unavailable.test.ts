import pg from 'pg'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createTcpProxy } from '@/lib/db/testing/tcp-proxy'
import { isUnavailable } from '@/lib/errors'
import { log } from '@/lib/observability/log'
import { db } from './client'
import { Prisma } from './generated/client'
import { answerPromptly, closePool, PROMPT, pool } from './pool'
import { at } from './testing/admin'
import { createTestDatabase } from './testing/database'
import { eventually } from './testing/eventually'
import { queryWithin } from './time-limit'
import { inTransaction } from './transaction'

/** Temporary errors are distinguished from other errors, whichever way the database is used. */

const { url } = await createTestDatabase()
/** Connects without the proxy. */
const direct = new pg.Client({ connectionString: url })
await direct.connect()
afterAll(() => direct.end())
const proxy = await createTcpProxy(url)

beforeEach(() => vi.spyOn(log, 'error').mockImplementation(() => {}))
afterEach(async () => {
  vi.restoreAllMocks()
  await proxy.repair()
})

const clients: [string, () => Promise<unknown>][] = [
  ['the pool', () => pool().query('SELECT 1')],
  ['a transaction', () => inTransaction((client) => client.query('SELECT 1'))],
  ['a statement with a time limit', () => queryWithin(Prisma.sql`SELECT 1`, { timeout: 1_000, tooLong: 'Too long.' })],
  ['Prisma', () => db().user.count()],
  ['Prisma, with raw SQL', () => db().$queryRaw`SELECT 1`],
  ['Prisma, in a transaction', () => db().$transaction((on) => on.user.count())],
]

const failure = (ask: () => Promise<unknown>): Promise<unknown> =>
  ask().then(
    () => expect.fail('It did not fail'),
    (error) => error,
  )

for (const [client, ask] of clients)
  test(`${client} reports an unreachable database as unavailable, and recovers`, async () => {
    await ask()
    proxy.cut()
    // First the open connections break, then new ones are refused.
    for (const _ of [1, 2]) expect(isUnavailable(await failure(ask))).toBe(true)
    await proxy.repair()
    await eventually(ask)
  })

for (const how of ['reset', 'end'] as const)
  test(`a statement whose connection breaks (${how}) is unavailable`, async () => {
    const sleep = 'SELECT pg_sleep(600)'
    const failures = [() => pool().query(sleep), () => db().$queryRawUnsafe(sleep)].map(failure)
    await eventually(async () => {
      const { rows } = await direct.query('SELECT pid FROM pg_stat_activity WHERE query = $1', [sleep])
      expect(rows).toHaveLength(2)
    })
    proxy.cut(how)
    for (const error of failures) expect(isUnavailable(await error)).toBe(true)
    await direct.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = $1', [sleep])
  })

test('SQLSTATE distinguishes an unavailable database from a wrong statement', async () => {
  for (const code of ['57P01', '53300', '53100', '08006', '57P03']) {
    const raise = `DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '${code}'; END $$`
    expect(isUnavailable(await failure(() => pool().query(raise))), code).toBe(true)
    expect(isUnavailable(await failure(() => db().$executeRawUnsafe(raise))), code).toBe(true)
  }
  for (const statement of ['SELECT 1/0', 'SELECT * FROM nowhere', 'SELEC'])
    expect(isUnavailable(await failure(() => pool().query(statement))), statement).toBe(false)
})

test('a refused connection is unavailable, whatever the reason', async () => {
  const there = process.env.DATABASE_URL
  const move = async (address: string | undefined) => {
    await closePool(AbortSignal.abort())
    process.env.DATABASE_URL = address
  }
  await move(at(url, 'nowhere'))
  const error = await failure(() => inTransaction((client) => client.query('SELECT 1')))
  await move(there)
  expect(error).toMatchObject({ cause: { code: '3D000' } })
  expect(isUnavailable(error)).toBe(true)
})

test('threads that answer requests have timeouts, for slow statements and for a server that does not answer', async () => {
  await answerPromptly()
  const { rows } = await pool().query<{ statement_timeout: string }>('SHOW statement_timeout')
  expect(rows).toEqual([{ statement_timeout: `${PROMPT.statement / 1000}s` }])
  expect(pool().options).toMatchObject({ connectionTimeoutMillis: PROMPT.connect, query_timeout: PROMPT.answer })
  // A short client timeout stands for a server that does not answer.
  const slow = { text: 'SELECT pg_sleep(600)', query_timeout: 1 }
  const late = await failure(() => pool().query(slow))
  expect(isUnavailable(late)).toBe(true)
  const stopped = await failure(() =>
    inTransaction(async (client) => {
      await client.query('SET LOCAL statement_timeout = 1')
      await client.query('SELECT pg_sleep(600)')
    }),
  )
  expect(isUnavailable(stopped)).toBe(true)
  await pool().query('SELECT 1')
})
