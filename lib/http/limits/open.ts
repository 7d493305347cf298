import { setTimeout as delay } from 'node:timers/promises'
import { env } from '@/lib/env'
import { log } from '@/lib/observability/log'
import { Breaker } from './breaker'
import { Limiter } from './limiter'
import { countWith } from './limits'
import type { RedisLink } from './redis-link'

/** An answer of Redis is waited for so long; then the process decides. */
const PATIENCE_MS = 100
/** Between looks at whether it is back. */
const RETRY_AFTER_MS = 1_000
/** A start waits so long for the first answer. */
const START_WITHIN_MS = 1_000

/** The Redis that the environment names, if it names one. Its client takes a tenth of a start to load, so it is loaded then. */
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
 * Has requests counted in the Redis that the environment names. It is opened at the start, because a connection that is
 * opened for a request would hold that request. Where there is none, or none that answers, the process counts by itself.
 * @returns when it is known whether it answers, and how it is closed.
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
