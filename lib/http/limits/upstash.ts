import { Redis } from '@upstash/redis'
import type { RedisLink } from './redis-link'
import { checkCounts } from './script'

/** No response is expected after this time. */
const TIMEOUT_MS = 5_000

/** Upstash's Redis over HTTPS. @param timeout ms after which a request is aborted. */
export function linkUpstash(url: string, token: string, timeout = TIMEOUT_MS): RedisLink {
  const redis = new Redis({
    url,
    token,
    // A retried request might count twice; the next request sends what was not counted.
    retry: { retries: 0 },
    signal: () => AbortSignal.timeout(timeout),
    enableTelemetry: false,
    enableAutoPipelining: false,
  })
  return {
    redis,
    probe: () => checkCounts(redis),
    close: () => {},
  }
}
