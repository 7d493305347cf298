import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Limiter } from './limiter'
import type { Policy } from './policy'

/** A limiter without Redis. */

const policy: Policy = { name: 'test', quota: 3, windowSeconds: 60 }

function limiterAt(start: number) {
  const clock = { now: start }
  return { clock, limiter: new Limiter({ now: () => clock.now }) }
}

test('a window begins with the first request, allows the quota, and then resets completely', async () => {
  const { clock, limiter } = limiterAt(1_000)
  const resetAt = 61_000
  expect(await limiter.peek(policy, 'a')).toEqual({ policy, allowed: true, remaining: 3, resetAt })
  expect(await limiter.charge(policy, 'a')).toEqual({ policy, allowed: true, remaining: 2, resetAt })
  clock.now += 59_000
  expect(await limiter.charge(policy, 'a')).toEqual({ policy, allowed: true, remaining: 1, resetAt })
  expect(await limiter.charge(policy, 'a')).toEqual({ policy, allowed: true, remaining: 0, resetAt })
  expect(await limiter.peek(policy, 'a')).toEqual({ policy, allowed: false, remaining: 0, resetAt })
  for (let knock = 0; knock < 5; knock++)
    expect(await limiter.charge(policy, 'a')).toEqual({ policy, allowed: false, remaining: 0, resetAt })
  clock.now = resetAt
  expect(await limiter.charge(policy, 'a')).toEqual({ policy, allowed: true, remaining: 2, resetAt: 121_000 })
})

test('clients and policies are counted separately', async () => {
  const { limiter } = limiterAt(0)
  const other: Policy = { ...policy, name: 'other' }
  for (let request = 0; request < 4; request++) await limiter.charge(policy, 'a')
  expect((await limiter.charge(policy, 'b')).remaining).toBe(2)
  expect((await limiter.charge(other, 'a')).remaining).toBe(2)
  expect((await limiter.charge(policy, 'a')).allowed).toBe(false)
})

test('a refund undoes its charge, up to the quota', async () => {
  const { clock, limiter } = limiterAt(0)
  for (let attempt = 0; attempt < 10; attempt++) {
    expect((await limiter.charge(policy, 'a')).allowed).toBe(true)
    await limiter.refund(policy, 'a')
  }
  expect((await limiter.peek(policy, 'a')).remaining).toBe(3)
  await limiter.charge(policy, 'a')
  clock.now = 60_000
  await limiter.refund(policy, 'a')
  expect((await limiter.charge(policy, 'a')).remaining).toBe(2)
})

test('the networks of an IPv6 site share 32 quotas', async () => {
  const { limiter } = limiterAt(0)
  let allowed = 0
  for (let network = 0; network < 100; network++)
    for (let request = 0; request < 3; request++)
      allowed += Number((await limiter.charge(policy, `2001:db8:1:${network.toString(16)}::/64`)).allowed)
  expect(allowed).toBe(32 * policy.quota)
  const fresh = '2001:db8:1:ffff::/64'
  const used = { allowed: false, policy: { name: 'test-48', quota: 96 }, site: '2001:db8:1::/48' }
  expect(await limiter.peek(policy, fresh)).toMatchObject(used)
  expect(await limiter.charge(policy, fresh)).toMatchObject(used)
  expect((await limiter.charge(policy, '2001:db8:2:1::/64')).remaining).toBe(2)
  expect((await limiter.charge(policy, '203.0.113.9')).remaining).toBe(2)
})

test('a refund for an IPv6 network also refunds its site', async () => {
  const { limiter } = limiterAt(0)
  for (let network = 0; network < 100; network++) {
    await limiter.charge(policy, `2001:db8:1:${network.toString(16)}::/64`)
    await limiter.refund(policy, `2001:db8:1:${network.toString(16)}::/64`)
  }
  expect((await limiter.charge(policy, '2001:db8:1:ffff::/64')).remaining).toBe(2)
})

test('requests beyond a network’s quota are not charged to its site', async () => {
  const { limiter } = limiterAt(0)
  for (let request = 0; request < 1_000; request++) await limiter.charge(policy, '2001:db8:1:1::/64')
  expect((await limiter.charge(policy, '2001:db8:1:2::/64')).remaining).toBe(2)
})

test('concurrent requests get exactly the quota', async () => {
  const { limiter } = limiterAt(0)
  const standings = await Promise.all(Array.from({ length: 50 }, () => limiter.charge(policy, 'a')))
  expect(standings.filter(({ allowed }) => allowed)).toHaveLength(3)
})

test('the limiter agrees with a log of all requests', async () => {
  const step = fc.record({ client: fc.constantFrom('a', 'b'), wait: fc.nat({ max: 40_000 }), peeks: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 5 }), async (steps, quota) => {
      const { clock, limiter } = limiterAt(0)
      const log: Record<string, number[]> = { a: [], b: [] }
      for (const { client, wait, peeks } of steps) {
        clock.now += wait
        // A window covers the 60 s after its first request.
        const all = log[client] ?? []
        const starts = all.reduce((last, at) => (at - last >= 60_000 ? at : last), Number.NEGATIVE_INFINITY)
        const isOpen = clock.now - starts < 60_000
        const before = isOpen ? all.filter((at) => at >= starts).length : 0
        const resetAt = (isOpen ? starts : clock.now) + 60_000
        const used = { ...policy, quota }
        if (peeks) {
          const remaining = Math.max(0, quota - before)
          expect(await limiter.peek(used, client)).toEqual({ policy: used, allowed: remaining > 0, remaining, resetAt })
          continue
        }
        all.push(clock.now)
        const remaining = Math.max(0, quota - before - 1)
        expect(await limiter.charge(used, client)).toEqual({
          policy: used,
          allowed: before < quota,
          remaining,
          resetAt,
        })
      }
    }),
  )
})

test('a flood of addresses takes bounded memory, and resets no active client', async () => {
  const { limiter } = limiterAt(0)
  for (let address = 0; address < 51_000; address++) {
    await limiter.charge(policy, `2001:db8:0:${address.toString(16)}::/64`)
    if (address % 10_000 === 0) await limiter.charge(policy, 'a')
  }
  expect(limiter.clients(policy)).toBe(50_000)
  expect((await limiter.charge(policy, 'a')).allowed).toBe(false)
})
