import { createHash } from 'node:crypto'
import { isUnavailable } from '@/lib/errors'
import { charge, refund } from '@/lib/http/limits/limits'
import type { Policy } from '@/lib/http/limits/policy'

/**
 * Limits on what somebody could try on others' behalf. Attempts are counted for each account and network, so that nobody
 * can lock out the owner of an account from elsewhere, and for each network, so that nobody tries one password on many
 * accounts.
 */

const QUARTER = 15 * 60
const HOUR = 60 * 60

/** Whom attempts are counted for. */
const counted = {
  /** An account from one network. */
  pair: ({ email, address }: Who) => `${whoOf(email)} ${address}`,
  /** A network, whichever account: it may be that of a whole school. */
  network: ({ address }: Who) => address,
  /** An account, wherever it is tried from. */
  account: ({ email }: Who) => whoOf(email),
  /** A browser that has signed in to the account before. */
  device: ({ email, device = '' }: Who) => `${whoOf(email)} ${device}`,
}

type Limit = { policy: Policy; of: keyof typeof counted }

const limit = (name: string, of: keyof typeof counted, quota: number, windowSeconds: number): Limit => ({
  policy: { name: `${name}-${of}`, quota, windowSeconds },
  of,
})

const attempts = {
  /** Wrong passwords. The bound for an account slows down guessing from many networks. */
  password: [
    limit('password', 'pair', 10, QUARTER),
    limit('password', 'network', 50, QUARTER),
    limit('password', 'account', 100, HOUR),
  ],
  /**
   * Wrong passwords from a browser that has signed in to the account before. Only these count against it: whatever others
   * do, its owner can sign in.
   */
  knownDevice: [limit('password', 'device', 10, QUARTER)],
  /** Wrong passwords of somebody who is signed in, or has a link from their mailbox; nobody else can use these up. */
  ownPassword: [limit('own-password', 'account', 10, QUARTER)],
  signUp: [limit('sign-up', 'pair', 5, HOUR), limit('sign-up', 'network', 20, HOUR)],
  /** Asking for a link; the links themselves can't be guessed. */
  reset: [limit('reset', 'pair', 5, HOUR), limit('reset', 'network', 20, HOUR)],
  /** Making API keys: revoked keys are kept for a while. */
  key: [limit('key', 'account', 40, HOUR), limit('key', 'network', 200, HOUR)],
} satisfies Record<string, readonly Limit[]>

export type Who = {
  email: string
  /** The network (lib/http/limits/network.ts). */
  address: string
  /** The name of a browser that has signed in to the account before (lib/accounts/sessions/device.ts). */
  device?: string | undefined
}

export type Attempt = {
  /** Why it may not be made now, in a sentence; null where it may. */
  refused: string | null
  /** To be called where it turned out not to count. */
  takeBack(): Promise<void>
}

/** Names an account to limits, so that no address is in Redis or in a log of its commands. */
export const whoOf = (email: string): string => createHash('sha256').update(email).digest('base64url').slice(0, 22)

/** Begins an attempt; it counts unless it is taken back. @param now in milliseconds since the epoch. */
export async function attempt(kind: keyof typeof attempts, who: Who, now = Date.now()): Promise<Attempt> {
  const limits = attempts[kind === 'password' && who.device !== undefined ? 'knownDevice' : kind]
  const charges = limits.map(({ policy, of }) => [policy, counted[of](who)] as const)
  const standings = await Promise.all(charges.map(([policy, id]) => charge(policy, id)))
  const takeBack = async () => {
    await Promise.all(charges.map(([policy, id], index) => standings[index]?.allowed && refund(policy, id)))
  }
  const exceeded = standings.filter(({ allowed }) => !allowed)
  if (exceeded.length === 0) return { refused: null, takeBack }
  // A refused attempt was not made, so it counts under none of its limits.
  await takeBack()
  const wait = Math.max(...exceeded.map(({ resetAt }) => resetAt)) - now
  return { refused: `That was tried too often. Try again in ${minutes(wait)}.`, takeBack: async () => {} }
}

/**
 * Makes an attempt, which counts unless `work` takes it back or fails because the site can't do it now.
 * @returns what `work` gives, or why it may not be made.
 */
export async function attempting<Result>(
  kind: keyof typeof attempts,
  who: Who,
  work: (takeBack: () => Promise<void>) => Promise<Result>,
): Promise<Result | { refused: string }> {
  const { refused, takeBack } = await attempt(kind, who)
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
