import { createHash } from 'node:crypto'
import type { Redis } from '@upstash/redis'
import { z } from 'zod'
import type { WindowCount } from './windows'

/**
 * Counts requests in Redis, atomically. A window is a hash that expires in Redis itself, so clocks need not agree.
 * Arguments: the charges and refunds to add, the length of a window in ms; and the caller's knowledge of the window:
 * charges, refunds, and the ms until it ends (0 if unknown). If Redis knows less it was restarted, and takes the
 * caller's counts; no window ends later than any client was told, but for a second of delay. The result is charges,
 * refunds and the ms left. There is no `#!lua` line: Redis before version 7 has none, and stock Redis refuses the flags
 * of Upstash.
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

/** The id of the script in Redis after its first run. */
const SHA1 = createHash('sha1').update(SCRIPT).digest('hex')

const Answer = z.tuple([z.number(), z.number(), z.number()])

/** A window as one process knows it. */
export type KnownWindow = WindowCount & {
  /** Ms until the window ends. */
  left: number
}

/**
 * Counts in Redis.
 * @param key of the client, under its policy.
 * @param cost to add; none, to read only.
 * @param length of a window, in ms.
 * @param known the process's knowledge of the open window.
 * @returns Redis's knowledge of the window.
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

/** @throws when Redis can't be reached, or can't write. */
export async function checkCounts(redis: Pick<Redis, 'eval' | 'evalsha'>): Promise<void> {
  await count(redis, 'syro:limits:check', { charged: 1, refunded: 0 }, 1_000)
}
