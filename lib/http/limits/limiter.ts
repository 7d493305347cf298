import { hash } from 'node:crypto'
import { Ratelimit } from '@upstash/ratelimit'
import type { Redis } from '@upstash/redis'
import type { Breaker } from './breaker'
import { fixedWindow } from './fixed-window'
import { siteOf } from './network'
import type { Policy, QuotaState } from './policy'
import { Windows } from './windows'

export type LimiterOptions = {
  /** ms since the epoch. */
  now: () => number
  /** Redis and its circuit breaker, if several processes share their counts. */
  shared?: { redis: Redis; breaker: Breaker }
}

/** The number of clients remembered under each policy: 18 MB under a flood of IPv6 networks, measured. */
const CLIENTS = 50_000

/**
 * The quotas that all networks of an IPv6 site share: a provider gives each customer up to 2^16 networks. Mobile
 * carriers and schools have many customers in one site.
 */
const SITE_QUOTAS = 32

/** The limit that all networks of an IPv6 site share. */
export const sitePolicy = ({ name, quota, windowSeconds }: Policy): Policy => ({
  name: `${name}-48`,
  quota: quota * SITE_QUOTAS,
  windowSeconds,
})

/** Ids are hashed: they are IP or e-mail addresses, which Redis must not hold, and of any length. */
const nameOf = (id: string): string => hash('sha256', id, 'base64url').slice(0, 22)

const absent = () => Promise.reject(new Error('There is no Redis'))

/** The rate limiter: counts the charges of each client under each policy. */
export class Limiter {
  private readonly policies = new Map<string, { ratelimit: Ratelimit; windows: Windows }>()

  constructor(private readonly options: LimiterOptions) {}

  /**
   * Charges a request to a client. An IPv6 network is charged together with its site, and refused if the site's quota
   * is used up.
   * @param id unique under the policy: a network as `networkOf` has it, or any other name.
   */
  async charge(policy: Policy, id: string): Promise<QuotaState> {
    const own = await this.chargeOne(policy, id)
    const site = siteOf(id)
    // Requests beyond a network's own quota are not charged to its site.
    if (!site || !own.allowed) return own
    const shared = await this.chargeOne(sitePolicy(policy), site)
    if (shared.allowed) return own
    await this.refundOne(policy, id)
    return { ...shared, site }
  }

  /** The client's quota state; charges nothing. */
  async peek(policy: Policy, id: string): Promise<QuotaState> {
    const site = siteOf(id)
    const shared = site && (await this.peekOne(sitePolicy(policy), site))
    return shared && !shared.allowed ? { ...shared, site } : this.peekOne(policy, id)
  }

  /** Refunds a charge. */
  async refund(policy: Policy, id: string): Promise<void> {
    await this.refundOne(policy, id)
    const site = siteOf(id)
    if (site) await this.refundOne(sitePolicy(policy), site)
  }

  /** The number of clients remembered under a policy. */
  clients(policy: Policy): number {
    return this.under(policy).windows.size
  }

  private async chargeOne(policy: Policy, id: string): Promise<QuotaState> {
    const { success, remaining, reset } = await this.under(policy).ratelimit.limit(nameOf(id))
    return { policy, allowed: success, remaining, resetAt: reset }
  }

  private async peekOne(policy: Policy, id: string): Promise<QuotaState> {
    const { remaining, reset } = await this.under(policy).ratelimit.getRemaining(nameOf(id))
    return { policy, allowed: remaining > 0, remaining, resetAt: reset }
  }

  private async refundOne(policy: Policy, id: string): Promise<void> {
    await this.under(policy).ratelimit.limit(nameOf(id), { rate: -1 })
  }

  private under(policy: Policy) {
    const { name, quota, windowSeconds } = policy
    const key = `${name}:${quota}:${windowSeconds}`
    const known = this.policies.get(key)
    if (known) return known
    const { now, shared } = this.options
    const windows = new Windows(windowSeconds, CLIENTS)
    const ratelimit = new Ratelimit({
      redis: shared?.redis ?? { evalsha: absent, get: absent, set: absent },
      limiter: fixedWindow({ policy, windows, breaker: shared?.breaker, now }),
      // Windows of different lengths are kept apart.
      prefix: `syro:limits:${name}:${windowSeconds}`,
      // The breaker has a shorter timeout, and ours must not let requests pass.
      timeout: 0,
      // `Windows` is a cache already, and bounded.
      ephemeralCache: false,
      enableTelemetry: false,
    })
    const policyState = { ratelimit, windows }
    this.policies.set(key, policyState)
    return policyState
  }
}
