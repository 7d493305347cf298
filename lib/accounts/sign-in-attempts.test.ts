import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Limiter } from '@/lib/http/limits/limiter'
import { countWith } from '@/lib/http/limits/limits'
import { linkTcp } from '@/lib/http/limits/tcp'
import { A_BUSY_MACHINE, Member } from '@/lib/http/limits/testing/member'
import { RedisServer } from '@/lib/http/limits/testing/redis-server'
import { type AttemptSource, attempt } from './sign-in-attempts'

/** The limits of attempts by account and by address, in one process and in two that share a Redis. */

let redis: RedisServer
const members: Member[] = []

beforeAll(async () => {
  redis = await RedisServer.start()
})
afterAll(() => redis?.kill())
afterEach(() => {
  for (const member of members.splice(0)) member.close()
  countWith(new Limiter({ now: Date.now }))
})

const NOW = 1_000_000

async function join(): Promise<Limiter> {
  const link = linkTcp(redis.url, A_BUSY_MACHINE)
  await link.probe()
  const member = new Member(link)
  member.now = NOW
  members.push(member)
  return member.limiter
}

let sequence = 0
/** Unique to each test, because attempts count for hours. */
const someEmail = () => `somebody-${++sequence}@example.com`
const someAddress = () => `2001:db8:0:${(++sequence).toString(16)}::1`

for (const [where, processes] of [
  ['in one process', async () => [new Limiter({ now: () => NOW })]],
  ['in two processes that share a Redis', async () => [await join(), await join()]],
] as const)
  describe(where, () => {
    let limiters: Limiter[]
    beforeEach(async () => {
      limiters = await processes()
    })

    /** Makes attempts, alternating between the processes. @returns the number allowed. */
    async function tried(times: number, kind: 'password' | 'signUp', who: () => AttemptSource): Promise<number> {
      let might = 0
      for (let index = 0; index < times; index++) {
        countWith(limiters[index % limiters.length] ?? expect.fail())
        const { refused } = await attempt(kind, who(), NOW)
        if (refused === null) might += 1
        else expect(refused).toMatch(/^Too many attempts\. Try again in (15|60) minutes\.$/)
      }
      return might
    }

    for (const [kind, pair, address] of [
      ['password', 10, 50],
      ['signUp', 5, 20],
    ] as const) {
      test(`limits ${kind} of one account to ${pair} per network`, async () => {
        const email = someEmail()
        for (const address of [someAddress(), someAddress()])
          expect(await tried(pair + 5, kind, () => ({ email, address }))).toBe(pair)
        expect(await tried(2, kind, () => ({ email: someEmail(), address: someAddress() }))).toBe(2)
      })

      test(`limits ${kind} from one address to ${address}, for any number of accounts`, async () => {
        const from = someAddress()
        expect(await tried(address + 5, kind, () => ({ email: someEmail(), address: from }))).toBe(address)
      })
    }

    test('limits passwords of one account to 100 from all networks, and 10 more from each known browser', async () => {
      const email = someEmail()
      expect(await tried(105, 'password', () => ({ email, address: someAddress() }))).toBe(100)
      for (const device of ['a', 'b'])
        expect(await tried(12, 'password', () => ({ email, address: someAddress(), device }))).toBe(10)
    })

    test('an attempt that is taken back does not count', async () => {
      const who = { email: someEmail(), address: someAddress() }
      for (let index = 0; index < 12; index++) {
        countWith(limiters[index % limiters.length] ?? expect.fail())
        const { refused, takeBack } = await attempt('password', who, NOW)
        expect(refused).toBeNull()
        await takeBack()
      }
      expect(await tried(12, 'password', () => who)).toBe(10)
    })
  })
