import { z } from 'zod'
import { UserRole } from '@/lib/db/generated/enums'
import type { OperationPolicy } from '@/lib/http/api/contract'
import { apiPolicies, type Policy } from '@/lib/http/limits/policy'
import type { Fault } from './faults'

/** The caller: an anonymous network, or an API key with its owner. */
const Caller = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('anonymous'), network: z.string() }),
  z.object({ kind: z.literal('key'), id: z.int(), userId: z.int(), role: z.enum(UserRole) }),
])
export type Caller = z.infer<typeof Caller>

/**
 * The header in which the gate passes the caller to the route. Clients can't set it: lib/http/client-address.ts removes
 * it.
 */
export const CALLER = 'x-syro-caller'

export const writeCaller = (caller: Caller): string => JSON.stringify(caller)

/** The caller of a request that has passed the gate. @throws for any other request. */
export const callerOf = (request: Request): Caller => Caller.parse(JSON.parse(request.headers.get(CALLER) ?? 'null'))

/** The rate limit that a caller is charged under, and the id there. */
export const accountOf = (caller: Caller): [Policy, string] =>
  caller.kind === 'key' ? [apiPolicies.keyed, `${caller.id}`] : [apiPolicies.anonymous, caller.network]

/** Why an operation refuses a caller; undefined where it does not. */
export function refusalOf({ access }: Pick<OperationPolicy, 'access'>, caller: Caller): Fault | undefined {
  if (access === 'anyone') return undefined
  if (caller.kind !== 'key')
    return {
      kind: 'key-required',
      detail: 'This needs the key of an operator.',
      headers: { 'www-authenticate': 'Bearer realm="SyroMusic"' },
    }
  if (caller.role !== 'operator')
    return { kind: 'forbidden', detail: 'This needs the key of an operator; yours is a listener’s.' }
  return undefined
}
