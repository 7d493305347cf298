import { setTimeout as delay } from 'node:timers/promises'
import { env } from '@/lib/env'
import { log } from '@/lib/observability/log'
import { Breaker } from './breaker'
import { Limiter } from './limiter'
import { countWith } from './limits'
import type { RedisLink } from './redis-link'

/** The timeout of Redis, in ms. */
const PATIENCE_MS = 100
/** Between probes, in ms. */
const RETRY_AFTER_MS = 1_000
/** How long a start waits for Redis's first answer, in ms. */
const START_WITHIN_MS = 1_000

/**
 * The Redis that the environment names, if any. Its client takes a tenth of a start to load, so it is loaded only then.
 */
async function linkOf({
  REDIS_URL,
  UPSTASH_REDIS_REST_URL,
  UPSTASH_REDIS_REST_TOKEN,
}: typeof env): Promise<RedisLink | undefined> {
  if (REDIS_URL) return (await import('./tcp')).linkTcp(REDIS_URL)
  if (UPSTASH_REDIS_REST_URL && UPSTASH_REDIS_REST_TOKEN)
    return (await import('./upstash')).linkUpstash(UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN)
  return undefined
}

/**
 * Counts requests in the Redis that the environment names. It connects at the start, because a connection that is
 * opened during a request would keep that request in memory. Without Redis, or while it does not answer, the process
 * counts by itself.
 * @returns a promise that it is known whether Redis answers, and a function that closes the connection.
 */
export async function openLimits(): Promise<{ opened: Promise<void>; close: () => Promise<void> }> {
  const link = await linkOf(env)
  if (!link) return { opened: Promise.resolve(), close: async () => {} }
  const breaker = new Breaker({
    probe: link.probe,
    patience: PATIENCE_MS,
    retryAfter: RETRY_AFTER_MS,
    say: (sentence) => log.warn(sentence),
  })
  countWith(new Limiter({ now: Date.now, shared: { redis: link.redis, breaker } }))
  const silence = delay(START_WITHIN_MS, undefined, { ref: false }).then(() =>
    Promise.reject(new Error('it is silent')),
  )
  return {
    opened: Promise.race([link.probe(), silence]).catch((error) => breaker.open(error)),
    close: async () => {
      breaker.stop()
      link.close()
    },
  }
}
