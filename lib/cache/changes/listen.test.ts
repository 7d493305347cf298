import pg from 'pg'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { OwnedKind } from '@/lib/cache/dependencies/names'
import { dependOn, recording } from '@/lib/cache/dependencies/recorder'
import { createTestDatabase } from '@/lib/db/testing/database'
import { eventually } from '@/lib/db/testing/eventually'
import { log } from '@/lib/observability/log'
import { type ChangeListener, type ChangeReceiver, LISTENER, listenForChanges } from './listen'
import { isListening, setListening } from './listening'
import { apply, catchUp, type Missed } from './read'
import { currencyOf, currentChange, type Dependencies } from './recent'

const { url, pool } = await createTestDatabase()

/** Changes something as another process does. */
const change = (...names: string[]) => pool.query('SELECT note_changes($1)', [names])

/** A change whose notification the listener misses. */
const missedChange = (...names: string[]) =>
  pool.query(
    `WITH counter AS (UPDATE change_counter SET number = number + 1 RETURNING number)
     INSERT INTO change_log SELECT number, $1, now() FROM counter`,
    [names],
  )

/** Terminates the connection that listens for changes. */
const cut = () =>
  pool.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1',
    [LISTENER],
  )

const dataOf = async (kind: OwnedKind, id: number): Promise<Dependencies> =>
  (await recording(async () => dependOn(kind, id))).dependencies

const logged = vi.spyOn(log, 'warn').mockImplementation(() => {})
let applied: Missed[]
let listener: ChangeListener

const receiver: ChangeReceiver = {
  apply: (missed) => {
    applied.push(missed)
    apply(missed)
  },
  setListening,
}

beforeEach(async () => {
  applied = []
  listener = await listenForChanges(url, receiver)
  applied = []
  logged.mockClear()
})
afterEach(() => listener.stop())

/** Loses the connection, and waits until it is back. */
async function loseConnection(): Promise<void> {
  await cut()
  await eventually(() => expect(logged).toHaveBeenCalledOnce())
}

/** The names of the changes that were applied, of each separately. */
const namesApplied = () =>
  applied.flatMap((missed) =>
    'changes' in missed ? missed.changes.map(({ names }) => names) : expect.fail('all data became unknown'),
  )

test('a reported change makes nothing else stale', async () => {
  const [album, other] = [await dataOf('album', 1), await dataOf('album', 2)]
  await change('album:1', 'albums.filtered')
  await eventually(() => expect(currencyOf(album)).toBe('stale'))
  expect(currencyOf(other)).toBe('current')
  expect(namesApplied()).toEqual([['album:1', 'albums.filtered']])
})

test('after a lost connection, the log is read from where it stopped, and nothing else becomes stale', async () => {
  const [album, other] = [await dataOf('album', 1), await dataOf('album', 2)]
  await missedChange('album:1')
  await missedChange('album:3')
  await loseConnection()
  expect(namesApplied()).toEqual([['album:1'], ['album:3']])
  expect(currencyOf(album)).toBe('stale')
  expect(currencyOf(other)).toBe('current')
  expect(isListening()).toBe(true)
  await change('album:2')
  await eventually(() => expect(currencyOf(other)).toBe('stale'))
})

test('a reported change brings those that were missed before it', async () => {
  await missedChange('album:1')
  await change('album:2')
  await eventually(() => expect(namesApplied()).toEqual([['album:1'], ['album:2']]))
})

for (const [reason, statement] of [
  ['the log was pruned', 'DELETE FROM change_log'],
  ['a part of the log was pruned', 'DELETE FROM change_log WHERE number < (SELECT number FROM change_counter)'],
  ['another catalogue took its place', 'UPDATE change_counter SET lineage = gen_random_uuid()'],
  ['the database was restored', 'DELETE FROM change_log; UPDATE change_counter SET number = 0'],
] as const)
  test(`after a lost connection, everything is unknown if ${reason}`, async () => {
    const album = await dataOf('album', 1)
    await missedChange('album:2')
    await missedChange('album:3')
    await pool.query(statement)
    await loseConnection()
    expect(currencyOf(album)).toBe('unknown')
    expect(currencyOf(await dataOf('album', 1))).toBe('current')
    const later = await dataOf('album', 1)
    await change('album:1')
    await eventually(() => expect(currencyOf(later)).toBe('stale'))
  })

test('the names of a change over 8,000 bytes are read from the log', async () => {
  const names = Array.from({ length: 2_000 }, (_, index) => `album.page:${10_000 + index}`)
  const [album, other] = [await dataOf('album.page', 11_999), await dataOf('album.page', 12_000)]
  await change(...names)
  await eventually(() => expect(currencyOf(album)).toBe('stale'))
  expect(currencyOf(other)).toBe('current')
  expect(namesApplied()).toEqual([names.sort()])
})

test('changes are applied one after the other, in order and once', async () => {
  await listener.stop()
  let running = 0
  const numbers: number[] = []
  listener = await listenForChanges(url, {
    apply: async (missed) => {
      running += 1
      expect(running).toBe(1)
      await pool.query('SELECT')
      if ('changes' in missed) numbers.push(...missed.changes.map(({ number }) => number))
      apply(missed)
      running -= 1
    },
    setListening,
  })
  const first = currentChange() + 1
  await Promise.all(
    Array.from({ length: 40 }, async (_, index) => {
      await change(`album:${index}`)
      if (index % 4 === 0) await listener.catchUp()
    }),
  )
  await listener.catchUp()
  expect(numbers).toEqual(Array.from({ length: 40 }, (_, index) => first + index))
})

test('a write is known after catching up, with a listener and without one', async () => {
  for (const reads of [listener.catchUp, catchUp]) {
    const album = await dataOf('album', 1)
    await change('album:1')
    await reads()
    expect(currencyOf(album)).toBe('stale')
  }
})

test('catching up needs no listening connection', async () => {
  const album = await dataOf('album', 1)
  await cut()
  await eventually(() => expect(isListening()).toBe(false))
  await change('album:1')
  await listener.catchUp()
  expect(currencyOf(album)).toBe('stale')
})

test('after a lost connection, the caches are trusted again only after the missed changes are applied', async () => {
  await listener.stop()
  const emitted = vi.spyOn(pg.Client.prototype, 'emit')
  const ended = () => emitted.mock.calls.filter(([event]) => String(event) === 'end').length
  const calls: string[] = []
  const applying: (() => void)[] = []
  const connecting = listenForChanges(url, {
    apply: () => {
      calls.push('apply')
      return new Promise((resolve) => {
        applying.push(resolve)
      })
    },
    setListening: (hears) => calls.push(hears ? 'hears' : 'deaf'),
  })
  await eventually(() => expect(applying).toHaveLength(1))
  applying[0]?.()
  listener = await connecting
  await cut()
  await eventually(() => expect(applying).toHaveLength(2))
  // The connection is lost again, so these changes no longer suffice.
  await cut()
  await eventually(() => expect(ended()).toBe(2))
  applying[1]?.()
  await eventually(() => expect(applying).toHaveLength(3))
  expect(calls).toEqual(['apply', 'hears', 'deaf', 'apply', 'apply'])
  applying[2]?.()
  await eventually(() => expect(calls.at(-1)).toBe('hears'))
  expect(logged).toHaveBeenCalledOnce()
  emitted.mockRestore()
})
