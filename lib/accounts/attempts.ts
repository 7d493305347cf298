import { createHash } from 'node:crypto'
import { charge, refund } from '@/lib/http/limits/limits'
import type { Policy } from '@/lib/http/limits/policy'

/**
 * How often something may be tried that somebody could try on others' behalf: by account, so that nobody guesses a
 * password from many addresses, and by address, so that nobody tries one password on many accounts. What succeeds where
 * only failures count is taken back.
 */

const QUARTER = 15 * 60
const HOUR = 60 * 60

type Limits = { account: Policy; address: Policy }

const limits = (name: string, windowSeconds: number, account: number, address: number): Limits => ({
  account: { name: `${name}-account`, quota: account, windowSeconds },
  address: { name: `${name}-address`, quota: address, windowSeconds },
})

/** An address may be that of a whole school. */
const attempts = {
  /** Passwords that are wrong, wherever one is asked for. */
  password: limits('password', QUARTER, 10, 50),
  signUp: limits('sign-up', HOUR, 5, 20),
  /** Asking for a link; the links themselves can't be guessed. */
  reset: limits('reset', HOUR, 5, 20),
  /** Making API keys: those that were revoked are kept for a while. */
  key: limits('key', HOUR, 40, 200),
} satisfies Record<string, Limits>

/** Who tries: at which account, and from which address. */
export type Who = { email: string; address: string }

export type Attempt = {
  /** Why it may not be made now, in a sentence; null where it may. */
  refused: string | null
  /** To be called where it turned out not to count. */
  takeBack(): Promise<void>
}

/** Names an account to limits: no address of anybody's is in Redis, or in a log of its commands. */
export const whoOf = (email: string): string => createHash('sha256').update(email).digest('base64url').slice(0, 22)

/** Begins an attempt; it counts unless it is taken back. @param now in milliseconds since the epoch. */
export async function attempt(kind: keyof typeof attempts, who: Who, now = Date.now()): Promise<Attempt> {
  const { account, address } = attempts[kind]
  const charges = [
    [account, whoOf(who.email)],
    [address, who.address],
  ] as const
  const standings = await Promise.all(charges.map(([policy, id]) => charge(policy, id)))
  const takeBack = async () => {
    await Promise.all(charges.map(([policy, id], index) => standings[index]?.allowed && refund(policy, id)))
  }
  const exceeded = standings.filter(({ allowed }) => !allowed)
  if (exceeded.length === 0) return { refused: null, takeBack }
  // What one of them allowed was not made after all.
  await takeBack()
  const wait = Math.max(...exceeded.map(({ resetAt }) => resetAt)) - now
  return { refused: `That was tried too often. Try again in ${minutes(wait)}.`, takeBack: async () => {} }
}

function minutes(ms: number): string {
  const whole = Math.max(1, Math.ceil(ms / 60_000))
  return whole === 1 ? 'a minute' : `${whole} minutes`
}
