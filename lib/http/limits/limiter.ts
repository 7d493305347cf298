import { hash } from 'node:crypto'
import { Ratelimit } from '@upstash/ratelimit'
import type { Redis } from '@upstash/redis'
import type { Breaker } from './breaker'
import { fixedWindow } from './fixed-window'
import { siteOf } from './network'
import type { Policy, Standing } from './policy'
import { Windows } from './windows'

export type LimiterOptions = {
  /** ms since the epoch. */
  now: () => number
  /** Where several processes count together. */
  shared?: { redis: Redis; breaker: Breaker }
}

/** So many are remembered under each policy: 18 MB under a flood of IPv6 networks, measured. */
const CLIENTS = 50_000

/**
 * A provider gives each customer up to 2^16 IPv6 networks, so all networks of a site share this many quotas. Mobile
 * carriers and schools have many customers in one site.
 */
const SITE_QUOTAS = 32

/** The limit that all networks of an IPv6 site share. */
export const sitePolicy = ({ name, quota, windowSeconds }: Policy): Policy => ({
  name: `${name}-48`,
  quota: quota * SITE_QUOTAS,
  windowSeconds,
})

/** An address or an e-mail address, which is nobody's business in a Redis, and whatever length a person gave it. */
const nameOf = (id: string): string => hash('sha256', id, 'base64url').slice(0, 22)

const absent = () => Promise.reject(new Error('There is no Redis'))

/** Who may ask how often: what is charged to each client under each policy. */
export class Limiter {
  private readonly policies = new Map<string, { ratelimit: Ratelimit; windows: Windows }>()

  constructor(private readonly options: LimiterOptions) {}

  /**
   * Charges a request to a client. An IPv6 network is charged together with its site, and refused where the site has used
   * all of its quota.
   * @param id who it is, unique under the policy: a network as `networkOf` has it, or any other name.
   */
  async charge(policy: Policy, id: string): Promise<Standing> {
    const own = await this.chargeOne(policy, id)
    const site = siteOf(id)
    // What a network asks beyond its own quota is not charged to its neighbours.
    if (!site || !own.allowed) return own
    const shared = await this.chargeOne(sitePolicy(policy), site)
    if (shared.allowed) return own
    await this.refundOne(policy, id)
    return { ...shared, site }
  }

  /** Where a client stands; charges nothing. */
  async peek(policy: Policy, id: string): Promise<Standing> {
    const site = siteOf(id)
    const shared = site && (await this.peekOne(sitePolicy(policy), site))
    return shared && !shared.allowed ? { ...shared, site } : this.peekOne(policy, id)
  }

  /** Takes a charge back, of what turned out not to count. */
  async refund(policy: Policy, id: string): Promise<void> {
    await this.refundOne(policy, id)
    const site = siteOf(id)
    if (site) await this.refundOne(sitePolicy(policy), site)
  }

  /** How many clients are remembered under a policy. */
  clients(policy: Policy): number {
    return this.under(policy).windows.size
  }

  private async chargeOne(policy: Policy, id: string): Promise<Standing> {
    const { success, remaining, reset } = await this.under(policy).ratelimit.limit(nameOf(id))
    return { policy, allowed: success, remaining, resetAt: reset }
  }

  private async peekOne(policy: Policy, id: string): Promise<Standing> {
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
      // A window of another length is another window.
      prefix: `syro:limits:${name}:${windowSeconds}`,
      // The breaker's is shorter, and lets nobody pass.
      timeout: 0,
      // The windows are that, and bounded.
      ephemeralCache: false,
      enableTelemetry: false,
    })
    const made = { ratelimit, windows }
    this.policies.set(key, made)
    return made
  }
}
