import { createHash } from 'node:crypto'

/**
 * Counts requests in Redis, in one step. A window is a hash that Redis itself forgets when it ends, so no two clocks have
 * to agree. Arguments: charges and refunds to add, the length of a window in ms; and what the process that asks knows of
 * the window: charges, refunds, and for how many ms it is still open (0 if it knows of none). Where Redis knows less it
 * was restarted, and takes it from there; no window ends later than anybody was told, but for the second that may pass
 * on the way. Answers with charges, refunds and the ms that are left.
 *
 * It has no `#!lua` line: Redis before 7 has none, and the flags that Upstash writes there are refused by stock Redis.
 */
export const SCRIPT = `
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
export const SCRIPT_SHA1 = createHash('sha1').update(SCRIPT).digest('hex')
