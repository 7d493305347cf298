import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { findKey } from '@/lib/accounts/keys/find'
import { KEY_BYTES, makeToken } from '@/lib/accounts/keys/token'
import { createKey, revokeKey } from '@/lib/accounts/keys/write'
import { listenForChanges } from '@/lib/cache/changes/listen'
import { doubtAll } from '@/lib/cache/changes/recent'
import { createTestDatabase } from '@/lib/db/testing/database'
import { statementsOf } from '@/lib/db/testing/statements'
import { PassedRequest } from '@/lib/http/gate/gate'
import { Limiter } from '@/lib/http/limits/limiter'
import { countWith } from '@/lib/http/limits/limits'
import { createApiGate } from './gate'

/** Invented keys cost the database little, and do not affect other clients. */

const { pool, url } = await createTestDatabase()

/** Requests, and unknown keys, that an address has in a window. */
const QUOTA = 100

const gate = createApiGate()
let stopListening: () => Promise<void>
let userId: number
let clock: number

beforeAll(async () => {
  stopListening = (await listenForChanges(url)).stop
  const { rows } = await pool.query<{ id: number }>(
    `INSERT INTO user_account (email, name) VALUES ('ada@example.com', 'Ada') RETURNING id`,
  )
  userId = rows[0]?.id ?? 0
})
afterAll(() => stopListening())
beforeEach(async () => {
  await pool.query('DELETE FROM api_key')
  doubtAll()
  clock = 1_000_000
  countWith(new Limiter({ now: () => clock }))
})

const madeUp = () => makeToken(randomBytes(KEY_BYTES))

async function ask(token: string, from = '192.0.2.1'): Promise<number> {
  const headers = { authorization: `Bearer ${token}`, 'x-forwarded-for': from }
  const outcome = await gate.enter(new Request('http://localhost/api/v1/albums', { headers }))
  return outcome instanceof PassedRequest ? 200 : outcome.status
}

/** Sends keys one by one: Prisma would merge concurrent look-ups. */
async function flood(count: number): Promise<number[]> {
  const statuses: number[] = []
  for (let sent = 0; sent < count; sent++) statuses.push(await ask(madeUp()))
  return statuses
}

test('a flood of unknown keys from one address gets a 429 without a statement', async () => {
  let statuses: number[] = []
  const statements = await statementsOf(async () => {
    statuses = await flood(QUOTA + 50)
  })
  expect(statements).toBe(QUOTA)
  expect(statuses.filter((status) => status === 401)).toHaveLength(QUOTA)
  expect(statuses.filter((status) => status === 429)).toHaveLength(50)
  expect(await statementsOf(() => flood(200))).toBe(0)
  clock += 3_600_000
  expect(await flood(1)).toEqual([401])
})

test('a repeated unknown key is looked up once, and gets a 401 each time', async () => {
  const token = madeUp()
  const statements = await statementsOf(async () => {
    for (let sent = 0; sent < QUOTA + 20; sent++) expect(await ask(token)).toBe(401)
  })
  expect(statements).toBe(1)
  // A program that keeps using a revoked key does not block the new one.
  expect(await ask(await createKey(userId, 'New'))).toBe(200)
})

test('during a flood, valid keys work and revoked ones are refused', async () => {
  const [valid, revoked] = [await createKey(userId, 'Kept'), await createKey(userId, 'Revoked')]
  expect([await ask(valid), await ask(revoked)]).toEqual([200, 200])
  await flood(QUOTA + 1)
  // Revoking a key clears the cache of all keys.
  await revokeKey(userId, (await findKey(revoked))?.id ?? 0)
  expect([await ask(valid), await ask(revoked)]).toEqual([200, 401])
  expect(await ask(await createKey(userId, 'New'), '192.0.2.2')).toBe(200)
})

test('the limit also holds in a process that does not hear changes', async () => {
  await stopListening()
  try {
    const token = await createKey(userId, 'Kept')
    expect(await ask(token)).toBe(200)
    expect(await statementsOf(() => flood(QUOTA + 50))).toBe(QUOTA)
    expect(await ask(token)).toBe(200)
  } finally {
    stopListening = (await listenForChanges(url)).stop
  }
})
