import type { Redis } from '@upstash/redis'

/** A Redis that several processes count in. */
export type RedisLink = {
  redis: Redis
  /** Resolves when it answers; rejects, sooner or later, when it does not. */
  probe: () => Promise<void>
  close: () => void
}
