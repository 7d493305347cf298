import type { UserRole } from '@/lib/db/generated/enums'
import { limitHeaders, retryAfter } from '@/lib/http/limits/headers'
import { charge, peek } from '@/lib/http/limits/limits'
import { networkOf } from '@/lib/http/limits/network'
import { apiPolicies, type Standing } from '@/lib/http/limits/policy'
import { problem } from '@/lib/http/problem'
import type { ProblemName } from '@/lib/http/problems'
import { allowOf, areaOf } from './areas'
import { accountOf, CALLER, type Caller, writeCaller } from './caller'
import { corsHeaders, preflightHeaders } from './cors'
import { requestIdOf } from './request-id'

/**
 * The gate of the API: who asks, whether they may, and what is charged. It answers by itself where no route is needed:
 * what a browser asks before it asks, keys that are none, what has not changed, and who is over the limit.
 */
export type GateOptions = {
  /** Whose key this is; null when it is nobody's. */
  findKey: (token: string) => Promise<{ id: number; userId: number; role: UserRole } | null>
  /** The 304 to a conditional request, where nothing has changed; else null. */
  findUnchanged: (request: Request, requestId: string) => Promise<Response | null>
  /** ms since the epoch. */
  now: () => number
}

/** A request that goes on to its route. */
export class Passed {
  constructor(
    /** All that the route is told. */
    readonly requestHeaders: Headers,
    /** What is said beside what the route says. */
    readonly responseHeaders: Record<string, string>,
  ) {}
}

/** RFC 6750: one space, and no other scheme. */
const BEARER = /^Bearer +([\w.~+/-]+=*) *$/i

const DATABASE_BACK_AFTER_S = '5'

export const createGate = ({ findKey, findUnchanged, now }: GateOptions) => {
  /** Null for a key that is none. */
  const identify = async ({ headers }: Request, network: string): Promise<Caller | null> => {
    const authorization = headers.get('authorization')
    if (authorization === null) return { kind: 'anonymous', network }
    const token = BEARER.exec(authorization)?.[1]
    const key = token === undefined ? null : await findKey(token)
    return key && { kind: 'key', ...key }
  }

  return async (request: Request): Promise<Response | Passed> => {
    const { pathname, search } = new URL(request.url)
    const { method, headers } = request
    const requestId = requestIdOf(headers.get('x-request-id'))
    const network = networkOf(headers.get('x-forwarded-for') ?? '')
    const said: Record<string, string> = { 'x-request-id': requestId, ...corsHeaders(method) }
    const refuse = (kind: ProblemName, detail: string, more: Record<string, string> = {}) =>
      problem({ kind, detail, instance: pathname + search, requestId, headers: { ...said, ...more } })
    const tell = (standing: Standing) => Object.assign(said, limitHeaders(standing, now()))

    try {
      const area = areaOf(pathname)
      if (!area) return refuse('not-found', `There is nothing at ${pathname}.`)
      if (method === 'OPTIONS') {
        if (area.limited) tell(await peek(apiPolicies.anonymous, network))
        return new Response(null, { status: 204, headers: { ...said, ...preflightHeaders, allow: allowOf(area) } })
      }

      const caller = area.limited ? await identify(request, network) : ({ kind: 'anonymous', network } as const)
      const account = accountOf(caller ?? { kind: 'anonymous', network })
      if (!caller) {
        tell(await charge(...account))
        return refuse('unauthorized', 'The Authorization header holds no key that is in use.', {
          'www-authenticate': 'Bearer realm="SyroMusic", error="invalid_token"',
        })
      }

      const unchanged = area.charged ? await findUnchanged(request, requestId) : null
      if (area.limited) {
        const standing = area.charged && !unchanged ? await charge(...account) : await peek(...account)
        tell(standing)
        if (area.charged && !unchanged && !standing.allowed) {
          const seconds = retryAfter(standing, now())
          return refuse('too-many-requests', sentenceOf(standing, seconds), { 'retry-after': `${seconds}` })
        }
      }
      if (!area.methods.includes(method))
        return refuse('method-not-allowed', `${pathname} can’t be asked to ${method}.`, { allow: allowOf(area) })
      if (unchanged) {
        for (const [name, value] of Object.entries(said)) unchanged.headers.set(name, value)
        return unchanged
      }

      const requestHeaders = new Headers(headers)
      requestHeaders.set('x-request-id', requestId)
      requestHeaders.set(CALLER, writeCaller(caller))
      return new Passed(requestHeaders, said)
    } catch (error) {
      console.error(`Request ${requestId}, ${method} ${pathname}:`, error)
      tell(await peek(apiPolicies.anonymous, network))
      return refuse('unavailable', 'The catalogue can’t be read just now.', { 'retry-after': DATABASE_BACK_AFTER_S })
    }
  }
}

const count = new Intl.NumberFormat('en')

function sentenceOf({ policy: { name, quota } }: Standing, seconds: number): string {
  const used = `All ${count.format(quota)} requests of this window are used; the next one begins in ${count.format(seconds)} s.`
  return name === apiPolicies.anonymous.name
    ? `${used} With a key there are ${count.format(apiPolicies.keyed.quota)}.`
    : used
}
