import type { Redis } from '@upstash/redis'

/** The connection to a Redis that several processes share. */
export type RedisLink = {
  redis: Redis
  /** Resolves when Redis answers; rejects if it does not. */
  probe: () => Promise<void>
  close: () => void
}
