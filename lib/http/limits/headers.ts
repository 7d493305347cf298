import type { Standing } from './policy'

/** Whole seconds after which the window has ended. */
const secondsUntil = (resetAt: number, now: number): number => Math.max(0, Math.ceil((resetAt - now) / 1000))

/**
 * What a response says of its client's limit: as the draft standard has it (draft-ietf-httpapi-ratelimit-headers-11, two
 * lists of structured fields), and as most clients read it, where `X-RateLimit-Reset` is a moment in seconds since the
 * epoch.
 * @param now ms since the epoch.
 */
export function limitHeaders({ policy, remaining, resetAt }: Standing, now: number): Record<string, string> {
  const { name, quota, windowSeconds } = policy
  return {
    'ratelimit-policy': `"${name}";q=${quota};w=${windowSeconds}`,
    ratelimit: `"${name}";r=${remaining};t=${secondsUntil(resetAt, now)}`,
    'x-ratelimit-limit': `${quota}`,
    'x-ratelimit-remaining': `${remaining}`,
    'x-ratelimit-reset': `${Math.ceil(resetAt / 1000)}`,
  }
}

/** In how many seconds who was refused may come again: not before the window has ended, and never at once. */
export const retryAfter = ({ resetAt }: Standing, now: number): number => Math.max(1, secondsUntil(resetAt, now))
