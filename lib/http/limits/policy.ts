import { env } from '@/lib/env'

/** A quota of requests in a window, which begins with the first of them. */
export type Policy = {
  /** Lower-case words joined by hyphens, as response headers and Redis keys have it. */
  name: string
  quota: number
  windowSeconds: number
}

/** The state of a client under a policy. */
export type QuotaState = {
  policy: Policy
  /** Whether this request is within the quota; for `peek`, whether the next one would be. */
  allowed: boolean
  remaining: number
  /** When the window ends and the whole quota is available again, in ms since the epoch. */
  resetAt: number
  /** The IPv6 site (/48) whose networks have used this limit up together. */
  site?: string
}

/**
 * The limits of the API: of an anonymous address; of a key, from any address; and of the unknown keys that are looked
 * up for an address. The last is separate, so that a client that has used up its address's quota and then creates a key
 * can use it at once.
 */
export const apiPolicies = {
  anonymous: { name: 'anonymous', quota: env.RATE_LIMIT_ANONYMOUS, windowSeconds: env.RATE_LIMIT_WINDOW },
  unknownKeys: { name: 'unknown-keys', quota: env.RATE_LIMIT_ANONYMOUS, windowSeconds: env.RATE_LIMIT_WINDOW },
  keyed: { name: 'keyed', quota: env.RATE_LIMIT_KEYED, windowSeconds: env.RATE_LIMIT_WINDOW },
} as const satisfies Record<string, Policy>
