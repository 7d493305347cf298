import { createHash } from 'node:crypto'
import type { Redis } from '@upstash/redis'
import { z } from 'zod'
import type { WindowCount } from './windows'

/**
 * Counts requests in Redis, in one step. A window is a hash that Redis itself forgets when it ends, so no two clocks have
 * to agree. Arguments: charges and refunds to add, the length of a window in ms; and what the process that asks knows of
 * the window: charges, refunds, and for how many ms it is still open (0 if it knows of none). Where Redis knows less it
 * was restarted, and takes it from there; no window ends later than anybody was told, but for the second that may pass
 * on the way. Answers with charges, refunds and the ms that are left.
 *
 * It has no `#!lua` line: Redis before 7 has none, and the flags that Upstash writes there are refused by stock Redis.
 */
const SCRIPT = `
local charge, refund, length = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local knownCharged, knownRefunded, knownLeft = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])

local left = redis.call('PTTL', KEYS[1])
local stored = redis.call('HMGET', KEYS[1], 'charged', 'refunded')
local charged, refunded = tonumber(stored[1] or 0), tonumber(stored[2] or 0)
local setsEnd = false
if left <= 0 then
  charged, refunded, left, setsEnd = 0, 0, length, true
end
if knownLeft > 0 then
  charged, refunded = math.max(charged, knownCharged), math.max(refunded, knownRefunded)
  if knownLeft < left - 1000 then left, setsEnd = knownLeft, true end
end

if charge > 0 or refund > 0 then
  charged, refunded = charged + charge, refunded + refund
  redis.call('HSET', KEYS[1], 'charged', charged, 'refunded', refunded)
  if setsEnd then redis.call('PEXPIRE', KEYS[1], left) end
end
return { charged, refunded, left }
`

/** By which Redis knows it once it has run it. */
const SHA1 = createHash('sha1').update(SCRIPT).digest('hex')

const Answer = z.tuple([z.number(), z.number(), z.number()])

/** A window as somebody knows it. */
export type KnownWindow = WindowCount & {
  /** For how many ms it is still open. */
  left: number
}

/**
 * Has Redis count.
 * @param key the client's, under its policy.
 * @param cost what is added; nothing, to read only.
 * @param length how long a window is, in ms.
 * @param known what this process knows of the window that is open.
 * @returns what Redis knows of it now.
 */
export async function count(
  redis: Pick<Redis, 'eval' | 'evalsha'>,
  key: string,
  cost: WindowCount,
  length: number,
  known: KnownWindow = { charged: 0, refunded: 0, left: 0 },
): Promise<KnownWindow> {
  const args = [cost.charged, cost.refunded, length, known.charged, known.refunded, known.left]
  const answer = await redis.evalsha(SHA1, [key], args).catch((error) => {
    if (String(error).includes('NOSCRIPT')) return redis.eval(SCRIPT, [key], args)
    throw error
  })
  const [charged, refunded, left] = Answer.parse(answer)
  return { charged, refunded, left }
}

/** @throws when Redis can't be asked, or can't write. */
export async function checkCounts(redis: Pick<Redis, 'eval' | 'evalsha'>): Promise<void> {
  await count(redis, 'syro:limits:check', { charged: 1, refunded: 0 }, 1_000)
}
