import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { findKey } from '@/lib/accounts/keys/find'
import { KEY_BYTES, makeToken } from '@/lib/accounts/keys/token'
import { createKey, revokeKey } from '@/lib/accounts/keys/write'
import { forgetHere } from '@/lib/cache/forget'
import { listenForForgets } from '@/lib/cache/listen'
import { createTestDatabase } from '@/lib/db/testing/database'
import { statementsOf } from '@/lib/db/testing/statements'
import { PassedRequest } from '@/lib/http/gate/gate'
import { Limiter } from '@/lib/http/limits/limiter'
import { countWith } from '@/lib/http/limits/limits'
import { gate } from './gate'

/** Keys that somebody makes up: they cost the database next to nothing, and nobody else anything. */

const { pool, url } = await createTestDatabase()

/** What an address may ask, and how many unknown keys it may try. */
const QUOTA = 100

let stopListening: () => Promise<void>
let userId: number
let clock: number

beforeAll(async () => {
  stopListening = await listenForForgets(url)
  const { rows } = await pool.query<{ id: number }>(
    `INSERT INTO user_account (email, name) VALUES ('ada@example.com', 'Ada') RETURNING id`,
  )
  userId = rows[0]?.id ?? 0
})
afterAll(() => stopListening())
beforeEach(async () => {
  await pool.query('DELETE FROM api_key')
  forgetHere()
  clock = 1_000_000
  countWith(new Limiter({ now: () => clock }))
})

const madeUp = () => makeToken(randomBytes(KEY_BYTES))

async function ask(token: string, from = '192.0.2.1'): Promise<number> {
  const headers = { authorization: `Bearer ${token}`, 'x-forwarded-for': from }
  const outcome = await gate.enter(new Request('http://localhost/api/v1/albums', { headers }))
  return outcome instanceof PassedRequest ? 200 : outcome.status
}

/** One after the other: those of one moment Prisma looks up together. */
async function flood(count: number): Promise<number[]> {
  const statuses: number[] = []
  for (let sent = 0; sent < count; sent++) statuses.push(await ask(madeUp()))
  return statuses
}

test('a flood of them from one address is cut off: 429, and no statement', async () => {
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

test('one that is sent again and again is looked up once, and is a 401 each time', async () => {
  const token = madeUp()
  const statements = await statementsOf(async () => {
    for (let asked = 0; asked < QUOTA + 20; asked++) expect(await ask(token)).toBe(401)
  })
  expect(statements).toBe(1)
  // So a program that goes on with a key that was revoked doesn't keep the new one out.
  expect(await ask(await createKey(userId, 'New'))).toBe(200)
})

test('beside them, keys that are in use go on to work, and revoked ones are none', async () => {
  const [kept, revoked] = [await createKey(userId, 'Kept'), await createKey(userId, 'Revoked')]
  expect([await ask(kept), await ask(revoked)]).toEqual([200, 200])
  await flood(QUOTA + 1)
  // All of memory is forgotten when any key is revoked.
  await revokeKey(userId, (await findKey(revoked))?.id ?? 0)
  expect([await ask(kept), await ask(revoked)]).toEqual([200, 401])
  expect(await ask(await createKey(userId, 'New'), '192.0.2.2')).toBe(200)
})

test('a process that hears of nothing is no worse off', async () => {
  await stopListening()
  try {
    const token = await createKey(userId, 'Kept')
    expect(await ask(token)).toBe(200)
    expect(await statementsOf(() => flood(QUOTA + 50))).toBe(QUOTA)
    expect(await ask(token)).toBe(200)
  } finally {
    stopListening = await listenForForgets(url)
  }
})
