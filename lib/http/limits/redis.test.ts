import fc from 'fast-check'
import { createClient } from 'redis'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Policy } from './policy'
import { linkTcp } from './tcp'
import { A_BUSY_MACHINE, Member } from './testing/member'
import { RedisServer } from './testing/redis-server'

/** Several processes that share one Redis. */

const policy: Policy = { name: 'test', quota: 100, windowSeconds: 3_600 }
const HOUR = 3_600_000

let server: RedisServer
let admin: ReturnType<typeof connect>
const members: Member[] = []

const connect = () => createClient({ url: server.url }).on('error', () => {})

/** Connects a new process. */
async function join(): Promise<Member> {
  const link = linkTcp(server.url, A_BUSY_MACHINE)
  await link.probe()
  const member = new Member(link)
  members.push(member)
  return member
}

beforeAll(async () => {
  server = await RedisServer.start()
  admin = connect()
  await admin.connect()
})

afterEach(() => {
  for (const member of members.splice(0)) member.close()
})

afterAll(async () => {
  admin?.destroy()
  await server?.kill()
})

beforeEach(async () => {
  await admin.flushAll()
})

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make)

test('two processes let exactly 100 of 300 concurrent requests pass, and agree on the rest', async () => {
  const two = [await join(), await join()]
  const standings = await Promise.all(two.flatMap((member) => times(150, () => member.limiter.charge(policy, 'a'))))
  expect(standings.filter(({ allowed }) => allowed)).toHaveLength(100)
  expect(standings.map(({ remaining }) => remaining).filter((remaining) => remaining > 0)).toHaveLength(99)
  for (const { limiter, now } of two) {
    const standing = await limiter.peek(policy, 'a')
    expect(standing).toMatchObject({ allowed: false, remaining: 0 })
    expect(standing.resetAt).toBeGreaterThan(now + HOUR - 60_000)
    expect(standing.resetAt).toBeLessThanOrEqual(now + HOUR)
  }
})

test('both processes agree with a reference count', async () => {
  const four = [await join(), await join(), await join(), await join()]
  const step = fc.record({ member: fc.nat({ max: 3 }), does: fc.constantFrom('charge', 'charge', 'peek', 'refund') })
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const client = `client ${run++}`
      const small = { ...policy, quota: 5 }
      // A process refunds only its own charges, and only allowed ones.
      const allowed = [0, 0, 0, 0]
      let used = 0
      for (const { member, does } of steps) {
        const { limiter } = four[member] as Member
        if (does === 'refund') {
          if (!allowed[member]) continue
          allowed[member] -= 1
          used -= 1
          await limiter.refund(small, client)
        } else if (does === 'peek') {
          expect((await limiter.peek(small, client)).remaining).toBe(Math.max(0, 5 - used))
        } else {
          const standing = await limiter.charge(small, client)
          expect(standing.allowed).toBe(used < 5)
          // The reference ends here: a refusal by Redis is charged, one from memory is not.
          if (!standing.allowed) return
          used += 1
          allowed[member] = (allowed[member] ?? 0) + 1
          expect(standing.remaining).toBe(5 - used)
        }
      }
    }),
    { numRuns: 60 },
  )
})

test('a process restores counts that Redis has lost', async () => {
  const step = fc.constantFrom('charge', 'charge', 'charge', 'refund', 'forget', 'go back')
  const { limiter } = await join()
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const client = `client ${run++}`
      let used = 0
      for (const does of steps) {
        if (does === 'forget') await admin.flushAll()
        else if (does === 'go back')
          for (const key of await admin.keys('syro:limits:test:*')) await admin.hSet(key, { charged: 0, refunded: 0 })
        else if (does === 'refund') {
          if (used === 0) continue
          used -= 1
          await limiter.refund(policy, client)
        } else expect((await limiter.charge(policy, client)).remaining).toBe(100 - ++used)
      }
    }),
    { numRuns: 60 },
  )
})

test('a window ends at its announced time, and leaves nothing in Redis', async () => {
  const member = await join()
  const other = await join()
  const { resetAt } = await member.limiter.charge(policy, 'a')
  const [key = ''] = await admin.keys('syro:limits:test:*')
  // The key does not reveal the client.
  expect(key).toMatch(/^syro:limits:test:3600:[\w-]{22}$/)
  expect(await admin.pTTL(key)).toBeGreaterThan(HOUR - 60_000)
  for (let request = 0; request < 3; request++) expect((await member.limiter.charge(policy, 'a')).resetAt).toBe(resetAt)
  // The clock of Redis cannot be set; deleting the key stands for its expiry.
  await admin.del(key)
  for (const each of [member, other]) each.now = resetAt
  expect(await member.limiter.charge(policy, 'a')).toMatchObject({ remaining: 99, resetAt: resetAt + HOUR })
  expect(await other.limiter.charge(policy, 'a')).toMatchObject({ remaining: 98 })
})

test('a process whose clock is ahead begins no window early', async () => {
  const member = await join()
  await Promise.all(times(100, () => member.limiter.charge(policy, 'a')))
  member.now += HOUR
  expect(await member.limiter.charge(policy, 'a')).toMatchObject({ allowed: false, remaining: 0 })
})

test('clients over the limit cause no Redis commands', async () => {
  const { limiter } = await join()
  await Promise.all(times(101, () => limiter.charge(policy, 'a')))
  const calls = async () => /cmdstat_evalsha:calls=(\d+)/.exec(await admin.info('commandstats'))?.[1]
  const before = await calls()
  for (const { allowed } of await Promise.all(times(50, () => limiter.charge(policy, 'a')))) expect(allowed).toBe(false)
  expect(await calls()).toBe(before)
})

test('a slow Redis delays no request, gets the missed counts later, and is logged once per change', async () => {
  const member = await join()
  const other = await join()
  await Promise.all(times(10, () => other.limiter.charge(policy, 'a')))
  expect((await member.limiter.charge(policy, 'a')).remaining).toBe(89)

  member.patience = 20
  server.pause()
  try {
    // Some charges are already sent when Redis times out; the others are never sent.
    const standings = await Promise.all(times(5, () => member.limiter.charge(policy, 'a')))
    expect(standings.map(({ remaining }) => remaining)).toEqual([88, 87, 86, 85, 84])
    expect(member.logged).toEqual([expect.stringMatching(/^Redis does not answer.*: no answer within 20 ms$/)])
    expect((await member.limiter.peek(policy, 'a')).remaining).toBe(84)
    for (let used = 16; used < 100; used++)
      expect(await member.limiter.charge(policy, 'a')).toMatchObject({ allowed: true, remaining: 99 - used })
    expect(await member.limiter.charge(policy, 'a')).toMatchObject({ allowed: false, remaining: 0 })
    expect((await member.limiter.charge(policy, 'b')).remaining).toBe(99)
    expect(member.logged).toHaveLength(1)
  } finally {
    server.resume()
  }
  await member.untilLogged(/answers again/)
  member.patience = A_BUSY_MACHINE
  // Redis learns the missed counts of "a" only with the next charge of "a".
  expect(await member.limiter.charge(policy, 'b')).toMatchObject({ remaining: 98 })
  expect(await other.limiter.charge(policy, 'b')).toMatchObject({ remaining: 97 })
  expect(await member.limiter.charge(policy, 'a')).toMatchObject({ allowed: false })
  expect(await other.limiter.peek(policy, 'a')).toMatchObject({ allowed: false })
  expect(member.logged).toHaveLength(2)
})

test('counts survive a restart of Redis, and quotas hold meanwhile', async () => {
  const member = await join()
  const other = await join()
  const { resetAt } = await member.limiter.charge(policy, 'a')
  for (let used = 1; used < 40; used++) await other.limiter.charge(policy, 'a')
  expect((await member.limiter.charge(policy, 'a')).remaining).toBe(59)

  await server.kill()
  for (let used = 41; used < 60; used++)
    expect(await member.limiter.charge(policy, 'a')).toMatchObject({ remaining: 99 - used, resetAt })
  await other.limiter.charge(policy, 'a')
  expect(member.logged).toHaveLength(1)

  await server.restart()
  await Promise.all([member.untilLogged(/answers again/), other.untilLogged(/answers again/)])
  // `other` knows 40 + 1 charges, `member` knows 41 + 19.
  expect((await other.limiter.charge(policy, 'a')).remaining).toBe(100 - 42)
  expect((await member.limiter.peek(policy, 'a')).remaining).toBe(100 - 61)
  expect(await member.limiter.charge(policy, 'a')).toMatchObject({ remaining: 100 - 62 })
  expect((await other.limiter.charge(policy, 'a')).remaining).toBe(100 - 63)
  expect((await other.limiter.peek(policy, 'a')).resetAt).toBeLessThanOrEqual(resetAt)
})

test('a window that another process restarted ends at its first announced time', async () => {
  const member = await join()
  const other = await join()
  const { resetAt } = await member.limiter.charge(policy, 'a')
  await admin.flushAll()
  for (const each of [member, other]) each.now += HOUR / 2
  expect((await other.limiter.charge(policy, 'a')).resetAt).toBe(resetAt + HOUR / 2)
  expect(await member.limiter.charge(policy, 'a')).toMatchObject({ remaining: 98, resetAt })
  const latest = await other.limiter.charge(policy, 'a')
  expect(latest.remaining).toBe(97)
  expect(Math.abs(latest.resetAt - resetAt)).toBeLessThan(HOUR / 4)
})

test('a silent connection is replaced', async () => {
  const link = linkTcp(server.url, 100)
  const member = new Member(link)
  members.push(member)
  const isThere = () =>
    link.probe().then(
      () => true,
      () => false,
    )
  // Generous, for a busy machine.
  while (!(await isThere()));
  server.pause()
  try {
    await expect(link.probe()).rejects.toThrow('silent for 100 ms')
  } finally {
    server.resume()
  }
  while (!(await isThere()));
  expect((await member.limiter.charge(policy, 'a')).remaining).toBe(99)
})

test('a Redis that starts later is used once it answers', async () => {
  await server.kill()
  const member = new Member(linkTcp(server.url, A_BUSY_MACHINE))
  members.push(member)
  expect((await member.limiter.charge(policy, 'a')).remaining).toBe(99)
  await server.restart()
  await member.untilLogged(/answers again/)
  expect((await member.limiter.charge(policy, 'a')).remaining).toBe(98)
  expect(await admin.keys('syro:limits:test:*')).toHaveLength(1)
})
