import type { QuotaState } from './policy'

/** Whole seconds until the window has ended. */
const secondsUntil = (resetAt: number, now: number): number => Math.max(0, Math.ceil((resetAt - now) / 1000))

/**
 * The rate limit headers of a response: those of the draft standard (draft-ietf-httpapi-ratelimit-headers-11, two
 * structured lists), and those that most clients read, where `X-RateLimit-Reset` is in seconds since the epoch.
 * @param now ms since the epoch.
 */
export function limitHeaders({ policy, remaining, resetAt }: QuotaState, now: number): Record<string, string> {
  const { name, quota, windowSeconds } = policy
  return {
    'ratelimit-policy': `"${name}";q=${quota};w=${windowSeconds}`,
    ratelimit: `"${name}";r=${remaining};t=${secondsUntil(resetAt, now)}`,
    'x-ratelimit-limit': `${quota}`,
    'x-ratelimit-remaining': `${remaining}`,
    'x-ratelimit-reset': `${Math.ceil(resetAt / 1000)}`,
  }
}

/** Seconds after which a refused client may retry: not before the window has ended, and never 0. */
export const retryAfter = ({ resetAt }: QuotaState, now: number): number => Math.max(1, secondsUntil(resetAt, now))
