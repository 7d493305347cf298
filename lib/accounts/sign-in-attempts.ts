import { createHash } from 'node:crypto'
import { isUnavailable } from '@/lib/errors'
import { charge, refund } from '@/lib/http/limits/limits'
import type { Policy } from '@/lib/http/limits/policy'

/**
 * Limits of sign-in attempts. They are counted per account and network, so that nobody can lock out an account's owner from
 * elsewhere, and per network, so that nobody can try one password on many accounts.
 */

const QUARTER = 15 * 60
const HOUR = 60 * 60

/** The keys of counters. */
const counted = {
  /** An account from one network. */
  pair: ({ email, address }: AttemptSource) => `${emailKey(email)} ${address}`,
  /** A network, for all accounts: it may be that of a whole school. */
  network: ({ address }: AttemptSource) => address,
  /** An account, from all networks. */
  account: ({ email }: AttemptSource) => emailKey(email),
  /** A browser that has signed in to the account before. */
  device: ({ email, device = '' }: AttemptSource) => `${emailKey(email)} ${device}`,
}

type Limit = { policy: Policy; of: keyof typeof counted }

const limit = (name: string, of: keyof typeof counted, quota: number, windowSeconds: number): Limit => ({
  policy: { name: `${name}-${of}`, quota, windowSeconds },
  of,
})

const attempts = {
  /** Wrong passwords. The limit per account slows down guessing from many networks. */
  password: [
    limit('password', 'pair', 10, QUARTER),
    limit('password', 'network', 50, QUARTER),
    limit('password', 'account', 100, HOUR),
  ],
  /**
   * Wrong passwords from a browser that has signed in to the account before. Only these count against it, so that strangers
   * can't lock out the owner.
   */
  knownDevice: [limit('password', 'device', 10, QUARTER)],
  /** Wrong passwords of a signed-in user or the holder of a link; strangers can't use these up. */
  ownPassword: [limit('own-password', 'account', 10, QUARTER)],
  signUp: [limit('sign-up', 'pair', 5, HOUR), limit('sign-up', 'network', 20, HOUR)],
  /** Requests for a link; links themselves can't be guessed. */
  reset: [limit('reset', 'pair', 5, HOUR), limit('reset', 'network', 20, HOUR)],
  /** New API keys: revoked keys are kept for a while. */
  key: [limit('key', 'account', 40, HOUR), limit('key', 'network', 200, HOUR)],
} satisfies Record<string, readonly Limit[]>

export type AttemptSource = {
  email: string
  /** The network (lib/http/limits/network.ts). */
  address: string
  /** The id of a browser that has signed in to the account before (lib/accounts/sessions/device.ts). */
  device?: string | undefined
}

export type Attempt = {
  /** The error if a limit is exceeded, else null. */
  refused: string | null
  /** Uncounts the attempt. */
  takeBack(): Promise<void>
}

/** Hashes an address, so that none is in Redis or its logs. */
export const emailKey = (email: string): string => createHash('sha256').update(email).digest('base64url').slice(0, 22)

/** Counts an attempt until it is taken back. @param now in milliseconds since the epoch. */
export async function attempt(kind: keyof typeof attempts, source: AttemptSource, now = Date.now()): Promise<Attempt> {
  const limits = attempts[kind === 'password' && source.device !== undefined ? 'knownDevice' : kind]
  const charges = limits.map(({ policy, of }) => [policy, counted[of](source)] as const)
  const states = await Promise.all(charges.map(([policy, id]) => charge(policy, id)))
  const takeBack = async () => {
    await Promise.all(charges.map(([policy, id], index) => states[index]?.allowed && refund(policy, id)))
  }
  const exceeded = states.filter(({ allowed }) => !allowed)
  if (exceeded.length === 0) return { refused: null, takeBack }
  // A refused attempt counts for none of its limits.
  await takeBack()
  const wait = Math.max(...exceeded.map(({ resetAt }) => resetAt)) - now
  return { refused: `Too many attempts. Try again in ${minutes(wait)}.`, takeBack: async () => {} }
}

/**
 * Runs an attempt, which counts unless `work` takes it back or fails because the site is unavailable.
 * @returns the result of `work`, or the error if a limit is exceeded.
 */
export async function attempting<Result>(
  kind: keyof typeof attempts,
  source: AttemptSource,
  work: (takeBack: () => Promise<void>) => Promise<Result>,
): Promise<Result | { refused: string }> {
  const { refused, takeBack } = await attempt(kind, source)
  if (refused !== null) return { refused }
  try {
    return await work(takeBack)
  } catch (error) {
    if (isUnavailable(error)) await takeBack()
    throw error
  }
}

function minutes(ms: number): string {
  const whole = Math.max(1, Math.ceil(ms / 60_000))
  return whole === 1 ? 'a minute' : `${whole} minutes`
}
