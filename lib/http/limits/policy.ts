import { env } from '@/lib/env'

/** So many requests are allowed in a window, which begins with the first of them. */
export type Policy = {
  /** Lower-case words joined by hyphens: it is in response headers and in Redis keys. */
  name: string
  quota: number
  windowSeconds: number
}

/** Where somebody stands under a policy. */
export type Standing = {
  policy: Policy
  /** Whether this request is within the quota; of a `peek`, whether the next one would be. */
  allowed: boolean
  remaining: number
  /** When the window ends and all of the quota is there again, in ms since the epoch. */
  resetAt: number
  /** The IPv6 site (/48) whose networks have used this limit up together. */
  site?: string
}

/**
 * The limits of the API: of an address that names nobody; of a key, whatever the address; and of unknown keys that are
 * looked up for an address. Those have a limit of their own, so that whoever has used up what an address may ask, and
 * then makes a key, can use it at once.
 */
export const apiPolicies = {
  anonymous: { name: 'anonymous', quota: env.RATE_LIMIT_ANONYMOUS, windowSeconds: env.RATE_LIMIT_WINDOW },
  unknownKeys: { name: 'unknown-keys', quota: env.RATE_LIMIT_ANONYMOUS, windowSeconds: env.RATE_LIMIT_WINDOW },
  keyed: { name: 'keyed', quota: env.RATE_LIMIT_KEYED, windowSeconds: env.RATE_LIMIT_WINDOW },
} as const satisfies Record<string, Policy>
