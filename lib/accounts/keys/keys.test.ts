import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { listenForChanges } from '@/lib/cache/changes/listen'
import { noteChange } from '@/lib/cache/changes/note'
import { catchUp } from '@/lib/cache/changes/read'
import { doubtAll, isCurrent, onChange } from '@/lib/cache/changes/recent'
import { dependOn, recording } from '@/lib/cache/dependencies/recorder'
import { createTestDatabase } from '@/lib/db/testing/database'
import { statementsOf } from '@/lib/db/testing/statements'
import { findKey } from './find'
import { KEY_BYTES, makeToken } from './token'
import { KeyUses, keyUses } from './uses'
import { createKey, MAX_KEYS, revokeKey } from './write'

const { pool, url } = await createTestDatabase()

let userId: number
let stopListening: () => Promise<void>

beforeEach(async () => {
  await pool.query('DELETE FROM user_account')
  userId = await makeUser('ada@example.com')
  const listener = await listenForChanges(url)
  stopListening = listener.stop
})
afterEach(() => stopListening())

async function makeUser(email: string): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(
    `INSERT INTO user_account (email, name) VALUES ($1, 'Ada') RETURNING id`,
    [email],
  )
  return rows[0]?.id ?? 0
}

test('finds a key and its owner', async () => {
  const token = await createKey(userId, 'Player')
  expect(await findKey(token)).toMatchObject({ userId, role: 'listener' })
})

test('a cached key costs no statement; an invalid one costs one, once', async () => {
  const token = await createKey(userId, 'Player')
  const key = makeToken(randomBytes(KEY_BYTES))
  expect(await statementsOf(() => findKey(token))).toBe(1)
  expect(await statementsOf(() => findKey(token))).toBe(0)
  expect(await statementsOf(async () => expect(await findKey(key)).toBeNull())).toBe(1)
  expect(await statementsOf(async () => expect(await findKey(key)).toBeNull())).toBe(0)
})

test('a mistyped key costs no statement at all', async () => {
  const token = await createKey(userId, 'Player')
  const mistyped = `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`
  expect(await statementsOf(async () => expect(await findKey(mistyped)).toBeNull())).toBe(0)
})

test('concurrent lookups of a key share one statement', async () => {
  const token = await createKey(userId, 'Player')
  expect(await statementsOf(() => Promise.all(Array.from({ length: 20 }, () => findKey(token))))).toBe(1)
})

test('a revoked key is invalid immediately', async () => {
  const token = await createKey(userId, 'Player')
  const key = await findKey(token)
  expect(await revokeKey(userId, key?.id ?? 0)).toBe(true)
  expect(await findKey(token)).toBeNull()
  expect(await revokeKey(userId, key?.id ?? 0)).toBe(false)
})

test('a user can’t revoke another’s key', async () => {
  const token = await createKey(userId, 'Player')
  const key = await findKey(token)
  expect(await revokeKey(await makeUser('eve@example.com'), key?.id ?? 0)).toBe(false)
  expect(await findKey(token)).not.toBeNull()
})

/** Changes data as another process does: this process is only notified. */
async function elsewhere(statement: string): Promise<void> {
  const notified = new Promise<void>((resolve) => onChange((names) => names?.includes('keys') && resolve()))
  const other = new pg.Client({ connectionString: url })
  await other.connect()
  await other.query('BEGIN')
  await other.query(statement)
  await noteChange(other, 'keys')
  await other.query('COMMIT')
  await other.end()
  await notified
}

test('a revocation in another process takes effect', async () => {
  const token = await createKey(userId, 'Player')
  expect(await findKey(token)).not.toBeNull()
  await elsewhere('UPDATE api_key SET revoked_at = now()')
  expect(await findKey(token)).toBeNull()
})

test('a role change in another process takes effect', async () => {
  const token = await createKey(userId, 'Player')
  expect(await findKey(token)).toMatchObject({ role: 'listener' })
  await elsewhere(`UPDATE user_account SET role = 'operator'`)
  expect(await findKey(token)).toMatchObject({ role: 'operator' })
})

test('a lookup during a revocation is not cached', async () => {
  const token = await createKey(userId, 'Player')
  const found = findKey(token)
  doubtAll()
  await found
  expect(await statementsOf(() => findKey(token))).toBe(1)
})

test('a process without notifications caches nothing', async () => {
  const token = await createKey(userId, 'Player')
  await findKey(token)
  await stopListening()
  await pool.query('UPDATE api_key SET revoked_at = now()')
  expect(await findKey(token)).toBeNull()
  expect(await statementsOf(() => findKey(token))).toBe(1)
})

test('a revocation leaves pages current', async () => {
  const { dependencies } = await recording(async () => dependOn('songs.title'))
  await revokeKey(userId, (await findKey(await createKey(userId, 'Player')))?.id ?? 0)
  expect(isCurrent(dependencies)).toBe(true)
  await pool.query(`INSERT INTO song (title, sort_key) VALUES ('Song', 'song')`)
  await catchUp()
  expect(isCurrent(dependencies)).toBe(false)
})

test('a name is unique among a user’s valid keys', async () => {
  const token = await createKey(userId, 'Player')
  await expect(createKey(userId, 'PLAYER')).rejects.toThrow('You already have a key with this name')
  await revokeKey(userId, (await findKey(token))?.id ?? 0)
  await createKey(userId, 'Player')
})

test('limits keys per user, also for concurrent requests', async () => {
  const results = await Promise.allSettled(
    Array.from({ length: MAX_KEYS + 5 }, (_, index) => createKey(userId, `${index}`)),
  )
  const refused = results.filter(({ status }) => status === 'rejected')
  expect(refused).toHaveLength(5)
  expect(refused[0]).toMatchObject({ reason: { code: 'conflict', message: expect.stringContaining('20 keys') } })
})

test('creating a key deletes keys revoked long ago', async () => {
  await createKey(userId, 'Old')
  await pool.query(`UPDATE api_key SET revoked_at = now() - interval '91 days'`)
  await createKey(userId, 'New')
  const { rows } = await pool.query('SELECT name FROM api_key')
  expect(rows).toEqual([{ name: 'New' }])
})

test('writes last uses once a minute in one statement', async () => {
  const at = Date.UTC(2026, 0, 1)
  const tokens = [await createKey(userId, 'One'), await createKey(userId, 'Two')]
  for (const token of tokens) for (const later of [0, 1_000, 59_999]) await findKey(token, at + later)
  expect(await statementsOf(() => keyUses().flush())).toBe(1)
  const read = async () =>
    (await pool.query<{ at: Date }>('SELECT last_used_at AS at FROM api_key ORDER BY id')).rows.map(
      (row) => +row.at - at,
    )
  expect(await read()).toEqual([0, 0])
  expect(await statementsOf(() => keyUses().flush())).toBe(0)
  await findKey(tokens[0] ?? '', at + 60_000)
  await keyUses().flush()
  expect(await read()).toEqual([60_000, 0])
})

test('a failed write of uses is retried', async () => {
  const written: number[][] = []
  let isGone = true
  const uses = new KeyUses(async (of) => {
    if (isGone) throw new Error('The database is gone')
    written.push([...of].flat())
  })
  uses.note(1, 60_000)
  await expect(uses.flush()).rejects.toThrow('gone')
  uses.note(1, 120_000)
  uses.note(2, 120_000)
  isGone = false
  await uses.flush()
  expect(written).toEqual([[1, 120_000, 2, 120_000]])
})
