import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { forget, forgetHere, setListening } from '@/lib/cache/forget'
import { listenForForgets } from '@/lib/cache/listen'
import { pool } from '@/lib/db/pool'
import { createTestDatabase } from '@/lib/db/testing/database'
import { eventually } from '@/lib/db/testing/eventually'
import { createTcpProxy } from '@/lib/db/testing/tcp-proxy'
import { readRevisions, readState } from './read'

/** Revisions are never older than the last reported change. */

const { url } = await createTestDatabase()
const proxy = await createTcpProxy(url)

beforeEach(async () => {
  setListening(true)
  forgetHere()
})
afterEach(() => {
  setListening(false)
  vi.restoreAllMocks()
  return proxy.repair()
})

const numberOf = async (tag: string) => (await readRevisions()).find((revision) => revision.tag === tag)?.number

/** Counts the statements that read revisions. */
async function statementsOf(read: () => Promise<unknown>): Promise<number> {
  const query = vi.spyOn(pool(), 'query')
  await read()
  return query.mock.calls.length
}

test('revisions are read once after each change', async () => {
  await forget(pool(), ['albums'])
  forgetHere()
  expect(await statementsOf(() => Promise.all([readRevisions(), readRevisions()]))).toBe(1)
  vi.restoreAllMocks()
  expect(await statementsOf(readRevisions)).toBe(0)
  forgetHere(['albums'])
  vi.restoreAllMocks()
  expect(await statementsOf(readRevisions)).toBe(1)
})

test('each change counts for its own tags', async () => {
  await forget(pool(), ['albums', 'songs'])
  await forget(pool(), ['songs'])
  forgetHere()
  const [albums, songs] = [Number(await numberOf('albums')), Number(await numberOf('songs'))]
  const state = await readState()
  await forget(pool(), ['songs'])
  forgetHere()
  expect([Number(await numberOf('albums')), Number(await numberOf('songs'))]).toEqual([albums, songs + 1])
  expect(await readState()).not.toBe(state)
})

test('a change that is rolled back does not count', async () => {
  await forget(pool(), ['genres'])
  const before = await numberOf('genres')
  const client = await pool().connect()
  await client.query('BEGIN')
  await forget(client, ['genres'])
  await client.query('ROLLBACK')
  client.release()
  forgetHere()
  expect(await numberOf('genres')).toBe(before)
})

test('a read overtaken by a change serves its waiting readers and no later ones', async () => {
  await forget(pool(), ['albums'])
  const before = await numberOf('albums')
  forgetHere()
  // The result is held back while the next change commits and is reported.
  let deliver = () => {}
  const onItsWay = new Promise<void>((resolve) => {
    deliver = resolve
  })
  const query = pool().query.bind(pool())
  vi.spyOn(pool(), 'query').mockImplementationOnce(async (...args: unknown[]) => {
    const answer = await Reflect.apply(query, pool(), args)
    await onItsWay
    return answer
  })
  const late = numberOf('albums')
  await eventually(() => expect(pool().query).toHaveBeenCalled())
  await query("UPDATE revision SET number = number + 1 WHERE tag = 'albums'")
  forgetHere(['albums'])
  const renewed = numberOf('albums')
  deliver()
  expect(Number(await renewed)).toBe(Number(before) + 1)
  await late
  expect(Number(await numberOf('albums'))).toBe(Number(before) + 1)
})

test('a process that hears no changes reads each time', async () => {
  setListening(false)
  await forget(pool(), ['albums'])
  const before = await numberOf('albums')
  await forget(pool(), ['albums'])
  expect(Number(await numberOf('albums'))).toBe(Number(before) + 1)
})

test('the last result counts while the database is away', async () => {
  setListening(false)
  const before = await readState()
  proxy.cut()
  expect(await readState()).toBe(before)
  await proxy.repair()
  // Idle connections break one by one.
  await eventually(() => forget(pool(), ['albums']))
  await eventually(async () => expect(await readState()).not.toBe(before))
})

test('a failed read is retried', async () => {
  proxy.cut()
  forgetHere()
  await expect(readRevisions()).rejects.toThrow()
  await proxy.repair()
  await eventually(readRevisions)
})

test('a change by another process is reported only after it commits', async () => {
  const stop = await listenForForgets(url)
  await forget(pool(), ['albums'])
  const before = await numberOf('albums')
  const client = await pool().connect()
  await client.query('BEGIN')
  await forget(client, ['albums'])
  expect(await numberOf('albums')).toBe(before)
  await client.query('COMMIT')
  client.release()
  await eventually(async () => expect(Number(await numberOf('albums'))).toBe(Number(before) + 1))
  await stop()
})
