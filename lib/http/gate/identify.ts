import type { UserRole } from '@/lib/db/generated/enums'
import { charge, refund } from '@/lib/http/limits/limits'
import { apiPolicies, type Standing } from '@/lib/http/limits/policy'
import type { Caller } from './caller'

type Key = { id: number; userId: number; role: UserRole }

/**
 * Whose key this is; null when it is nobody's.
 * @param guarded is called around the look-up of one that was never found here, and may refuse it by throwing.
 */
export type FindKey = (token: string, guarded: LookUpGuard) => Promise<Key | null>
export type LookUpGuard = <T>(lookUp: () => Promise<T>) => Promise<T>

/** That an address has had as many unknown keys looked up as it may. */
export class TooManyGuesses extends Error {
  constructor(readonly standing: Standing) {
    super('Too many unknown keys')
  }
}

/** RFC 6750: one space, and no other scheme. */
const BEARER = /^Bearer +([\w.~+/-]+=*) *$/i

/** What is wrong with an Authorization header that holds no key in use. */
export const whyUnknown = (headers: Headers): string =>
  BEARER.test(headers.get('authorization') ?? '')
    ? 'The key in the Authorization header is not in use: it may be mistyped, or it was revoked.'
    : 'The Authorization header must be “Bearer” and a key: “Authorization: Bearer syro_…”.'

/**
 * Whoever makes up keys would have each of them looked up. So an unknown one is charged to its address before it is looked
 * up, and given back where it turns out to be a key, or where nobody could tell.
 */
const guardedFor =
  (network: string): LookUpGuard =>
  async (lookUp) => {
    const standing = await charge(apiPolicies.unknownKeys, network)
    if (!standing.allowed) throw new TooManyGuesses(standing)
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
 * Who asks.
 * @param network the address, as lib/http/limits/network.ts has it.
 * @returns null for a key that is none. @throws TooManyGuesses.
 */
export async function identify(headers: Headers, network: string, findKey: FindKey): Promise<Caller | null> {
  const authorization = headers.get('authorization')
  if (authorization === null) return { kind: 'anonymous', network }
  const token = BEARER.exec(authorization)?.[1]
  const key = token === undefined ? null : await findKey(token, guardedFor(network))
  return key && { kind: 'key', ...key }
}
