import { expect, test, vi } from 'vitest'
import { QueueFull, Waiting } from '@/lib/cache/response/waiting-clients'
import { FairQueue, type QueueLimits } from './fair-queue'

const LIMITS: QueueLimits = { running: 4, runningPerNetwork: 2, waiting: 100, waitingPerNetwork: 50 }
const ATTACKER = '203.0.113.9'

/** A queue whose jobs end on demand. */
function queueWith(limits: Partial<QueueLimits> = {}) {
  const queue = new FairQueue({ ...LIMITS, ...limits })
  const started: string[] = []
  const ends: (() => void)[] = []
  let most = 0
  let running = 0
  const add = (client: string, name = client, waiting = new Waiting(client)) => {
    const done = queue.run(waiting, () => {
      started.push(name)
      running += 1
      most = Math.max(most, running)
      return new Promise<string>((resolve) =>
        ends.push(() => {
          running -= 1
          resolve(name)
        }),
      )
    })
    done.catch(() => {})
    return done
  }
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
  /** Ends all jobs in the order in which they began. */
  const drain = async () => {
    await turn()
    for (let end = ends.shift(); end; end = ends.shift()) {
      end()
      await turn()
    }
  }
  const refused = async (all: Promise<string>[]) =>
    (await Promise.allSettled(all)).filter(({ status }) => status === 'rejected').length
  return { add, drain, turn, started, refused, most: () => most }
}

test('the limit of concurrent jobs is used, up to the share of each network', async () => {
  const { add, drain, turn, started, most } = queueWith()
  for (let index = 0; index < 10; index++) add(ATTACKER)
  await turn()
  expect(started).toHaveLength(2)
  for (const client of ['a', 'b', 'c']) add(client)
  await turn()
  expect(started).toEqual([ATTACKER, ATTACKER, 'a', 'b'])
  await drain()
  expect(started).toHaveLength(13)
  expect(most()).toBe(4)
})

test('a network with one job does not wait behind fifty jobs of another', async () => {
  const { add, drain, started } = queueWith({ running: 2, runningPerNetwork: 2 })
  for (let index = 0; index < 50; index++) add(ATTACKER)
  for (const client of ['a', 'b', 'c']) add(client)
  await drain()
  expect(started.slice(0, 6)).toEqual([ATTACKER, ATTACKER, 'a', 'b', 'c', ATTACKER])
})

test('networks with many jobs take turns', async () => {
  const { add, drain, started } = queueWith({ running: 1, runningPerNetwork: 1 })
  for (const client of ['a', 'b', 'c']) for (let index = 0; index < 3; index++) add(client)
  await drain()
  expect(started.join('')).toBe('abcabcabc')
})

test('all addresses of an IPv6 network share one turn', async () => {
  const { add, drain, started } = queueWith({ running: 1, runningPerNetwork: 1 })
  for (let index = 0; index < 20; index++) add(`2001:db8:1:1::${index.toString(16)}`, 'x')
  add('::ffff:198.51.100.1', 'a')
  add('198.51.100.1', 'a')
  await drain()
  expect(started.slice(0, 4).join('')).toBe('xaxa')
})

test('an IPv6 site with many networks gets four turns for each turn of others', async () => {
  const { add, drain, started } = queueWith({ running: 1, runningPerNetwork: 1 })
  for (let index = 0; index < 40; index++) add(`2001:db8:1:${index.toString(16)}::1`, 'x')
  for (let index = 0; index < 3; index++) add('198.51.100.1', 'a')
  await drain()
  const before = started.slice(0, started.lastIndexOf('a'))
  expect(before.filter((name) => name === 'x').length).toBeLessThanOrEqual(10)
})

test('jobs beyond a network’s share of the queue are refused', async () => {
  const { add, drain, turn, refused } = queueWith()
  const all = Array.from({ length: 60 }, () => add(ATTACKER))
  const other = add('a')
  await turn()
  void drain()
  expect(await refused(all)).toBe(60 - LIMITS.runningPerNetwork - LIMITS.waitingPerNetwork)
  expect(await other).toBe('a')
})

test('a full queue refuses the networks with the most jobs, not the latest', async () => {
  const { add, drain, refused } = queueWith({ waiting: 50 })
  const many = Array.from({ length: 50 }, () => add(ATTACKER))
  const others = Array.from({ length: 40 }, (_, index) => add(`198.51.100.${index}`))
  void drain()
  expect(await refused(others)).toBe(0)
  expect(await refused(many)).toBeGreaterThan(30)
})

test('a job that a second client requests moves to that client’s turn', async () => {
  const { add, drain, started } = queueWith({ running: 1, runningPerNetwork: 1 })
  for (let index = 0; index < 20; index++) add(ATTACKER, 'x')
  const waiting = new Waiting(ATTACKER)
  add(ATTACKER, 'shared', waiting)
  waiting.join('198.51.100.1')
  await drain()
  expect(started.indexOf('shared')).toBe(1)
  expect(started).toHaveLength(21)
})

test('a failed job frees its place', async () => {
  const queue = new FairQueue({ ...LIMITS, running: 1, runningPerNetwork: 1 })
  for (const fail of [
    () => Promise.reject(new Error('no')),
    () => {
      throw new Error('no')
    },
  ])
    await expect(queue.run(new Waiting('a'), fail)).rejects.toThrow('no')
  expect(await queue.run(new Waiting('a'), async () => 1)).toBe(1)
})

test('a job is refused after waiting for ten seconds, but not while it runs', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { add, drain, refused } = queueWith({ running: 1, runningPerNetwork: 1 })
  const [first, second] = [add('a'), add('a')]
  vi.advanceTimersByTime(9_999)
  const third = add('a')
  vi.advanceTimersByTime(1)
  await expect(second).rejects.toThrow(QueueFull)
  void drain()
  expect(await refused([first, third])).toBe(0)
  vi.useRealTimers()
})

test('a refusal has its own error', async () => {
  const { add } = queueWith({ running: 1, runningPerNetwork: 1, waiting: 0 })
  add('a')
  await expect(add('a')).rejects.toThrow(QueueFull)
})
