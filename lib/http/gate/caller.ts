import { z } from 'zod'
import { UserRole } from '@/lib/db/generated/enums'
import type { OperationPolicy } from '@/lib/http/api/contract'
import { apiPolicies, type Policy } from '@/lib/http/limits/policy'
import type { Fault } from './faults'

/** Who asks: a network that names nobody, or a key, and on whose behalf. */
const Caller = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('anonymous'), network: z.string() }),
  z.object({ kind: z.literal('key'), id: z.int(), userId: z.int(), role: z.enum(UserRole) }),
])
export type Caller = z.infer<typeof Caller>

/** In which the gate tells a route who asks. No client can set it: lib/http/client-address.ts removes it, in front. */
export const CALLER = 'x-syro-caller'

export const writeCaller = (caller: Caller): string => JSON.stringify(caller)

/** Who asks, of a request that has come through the gate. @throws of any other. */
export const callerOf = (request: Request): Caller => Caller.parse(JSON.parse(request.headers.get(CALLER) ?? 'null'))

/** What is charged to whom. */
export const accountOf = (caller: Caller): [Policy, string] =>
  caller.kind === 'key' ? [apiPolicies.keyed, `${caller.id}`] : [apiPolicies.anonymous, caller.network]

/** Why an operation refuses a caller; undefined where it does not. */
export function whyRefused({ access }: Pick<OperationPolicy, 'access'>, caller: Caller): Fault | undefined {
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
