import type { UserRole } from '@/lib/db/generated/enums'
import { charge, refund } from '@/lib/http/limits/limits'
import { apiPolicies, type QuotaState } from '@/lib/http/limits/policy'
import type { Caller } from './caller'

type Key = { id: number; userId: number; role: UserRole }

/**
 * The owner of a key; null for an unknown key.
 * @param guarded wraps the look-up of a key that was never found here; it may refuse the look-up by throwing.
 */
export type FindKey = (token: string, guarded: LookUpGuard) => Promise<Key | null>
export type LookUpGuard = <T>(lookUp: () => Promise<T>) => Promise<T>

/** Thrown when an address exceeds its limit of unknown-key lookups. */
export class TooManyUnknownKeys extends Error {
  constructor(readonly quotaState: QuotaState) {
    super('Too many unknown keys')
  }
}

/** RFC 6750: one space, and no other scheme. */
const BEARER = /^Bearer +([\w.~+/-]+=*) *$/i

/** The error message for an Authorization header without a valid key. */
export const unknownKeyMessage = (headers: Headers): string =>
  BEARER.test(headers.get('authorization') ?? '')
    ? 'The key in the Authorization header is not valid: it may be mistyped or revoked.'
    : 'The Authorization header must be “Bearer” and a key: “Authorization: Bearer syro_…”.'

/**
 * Limits the look-ups that invented keys cause. An unknown key is charged to its address before the look-up, and
 * refunded if it turns out to be valid, or if the look-up fails.
 */
const guardedFor =
  (network: string): LookUpGuard =>
  async (lookUp) => {
    const quotaState = await charge(apiPolicies.unknownKeys, network)
    if (!quotaState.allowed) throw new TooManyUnknownKeys(quotaState)
    let isUnknown = false
    try {
      const found = await lookUp()
      isUnknown = !found
      return found
    } finally {
      if (!isUnknown) await refund(apiPolicies.unknownKeys, network)
    }
  }

/**
 * Identifies the caller.
 * @param network the address, as lib/http/limits/network.ts has it.
 * @returns null for an unknown key.
 * @throws TooManyGuesses.
 */
export async function identify(headers: Headers, network: string, findKey: FindKey): Promise<Caller | null> {
  const authorization = headers.get('authorization')
  if (authorization === null) return { kind: 'anonymous', network }
  const token = BEARER.exec(authorization)?.[1]
  const key = token === undefined ? null : await findKey(token, guardedFor(network))
  return key && { kind: 'key', ...key }
}
