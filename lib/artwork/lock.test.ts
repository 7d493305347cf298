import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import pg from 'pg'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase } from '@/lib/db/testing/database'
import { eventually } from '@/lib/db/testing/eventually'
import { makeScratch } from '@/lib/db/testing/scratch'
import { isUnavailable } from '@/lib/errors'
import { addPicture } from './add-picture'
import type { DecoderPool } from './decoding/decoder-pool'
import { collectGarbage } from './garbage-collection'
import { LOCK_HOLDER, withPicture } from './lock'
import { FileStorage } from './storage/files'
import type { Storage } from './storage/storage'
import { plain } from './testing'

const { url, pool } = await createTestDatabase()
const scratch = await makeScratch('lock')
const files = new FileStorage(scratch)
afterAll(() => rm(scratch, { recursive: true, force: true }))
beforeEach(async () => {
  await pool.query('TRUNCATE artwork CASCADE')
  await rm(scratch, { recursive: true, force: true })
})

const decoder: Pick<DecoderPool, 'processPicture'> = {
  processPicture: async () => ({
    picture: {
      width: 40,
      height: 40,
      thumbHash: new Uint8Array(1),
      placeholder: new Uint8Array(1),
      colours: [],
      files: ['avif', 'webp', 'jpg'].map((format) => ({ name: `96.${format}`, bytes: Buffer.from(format) })),
    },
    isLast: false,
  }),
}

/** The storage, with `before` awaited ahead of each call. */
const storageThat = (before: () => unknown): Storage =>
  new Proxy<Storage>(files, {
    get: (target, name: keyof Storage) => {
      const method = target[name]
      if (name === 'list') return method.bind(target)
      return async (...given: unknown[]) => {
        await before()
        return Reflect.apply(method, target, given)
      }
    },
  })

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const isKnown = async (hash: string) => (await pool.query('SELECT FROM artwork WHERE hash = $1', [hash])).rowCount === 1

test('holds no pool connection while the storage works', async () => {
  const connections: number[] = []
  const storage = storageThat(() => connections.push(pool.totalCount - pool.idleCount))
  const bytes = await plain('red')
  for (const _ of [1, 2]) await addPicture(bytes, { into: storage, decoder })
  await pool.query("UPDATE artwork SET taken_at = 'epoch'")
  await collectGarbage(storage, { now: new Date(), signal: new AbortController().signal })
  expect(await isKnown(hashOf(bytes))).toBe(false)
  // Put, names, remove, sweep.
  expect(connections).toEqual([0, 0, 0, 0])
})

test('waits for a picture that another process has locked; other pictures don’t wait', async () => {
  const [bytes, others] = [await plain('red'), await plain('blue')]
  const other = new pg.Client({ connectionString: url })
  await other.connect()
  const key = [0x41525457, Number.parseInt(hashOf(bytes).slice(0, 8), 16) | 0]
  await other.query('SELECT pg_advisory_lock($1, $2)', key)
  const taking = addPicture(bytes, { into: files, decoder })
  await addPicture(others, { into: files, decoder })
  expect([await isKnown(hashOf(bytes)), await isKnown(hashOf(others))]).toEqual([false, true])
  await other.end()
  await taking
  expect(await isKnown(hashOf(bytes))).toBe(true)
})

test('serialises work on a picture within a process, also after a failure', async () => {
  const events: string[] = []
  const hash = 'ab'.repeat(32)
  const first = withPicture(hash, async () => {
    events.push('first')
    await pool.query('SELECT 1')
    events.push('first ends')
    throw new Error('No.')
  })
  const second = withPicture(hash, async () => {
    events.push('second')
    return 2
  })
  await expect(first).rejects.toThrow('No.')
  expect(await second).toBe(2)
  expect(events).toEqual(['first', 'first ends', 'second'])
})

/** The session that holds the locks. */
const HOLDERS = 'FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1'

test('a picture whose lock was lost gets no row and can be added again', async () => {
  const bytes = await plain('red')
  const cutting = storageThat(() => pool.query(`SELECT pg_terminate_backend(pid) ${HOLDERS}`, [LOCK_HOLDER]))
  const error = await addPicture(bytes, { into: cutting, decoder }).catch((failure: unknown) => failure)
  expect(isUnavailable(error)).toBe(true)
  expect(await isKnown(hashOf(bytes))).toBe(false)
  await addPicture(bytes, { into: files, decoder })
  expect(await isKnown(hashOf(bytes))).toBe(true)
})

test('the session ends with its last user', async () => {
  await Promise.all(['red', 'blue'].map(async (colour) => addPicture(await plain(colour), { into: files, decoder })))
  await eventually(async () => expect((await pool.query(`SELECT ${HOLDERS}`, [LOCK_HOLDER])).rowCount).toBe(0))
})
