import { limitHeaders, retryAfter } from '@/lib/http/limits/headers'
import { sitePolicy } from '@/lib/http/limits/limiter'
import { charge, peek } from '@/lib/http/limits/limits'
import { networkOf } from '@/lib/http/limits/network'
import { apiPolicies, type Policy, type Standing } from '@/lib/http/limits/policy'
import { problem } from '@/lib/http/problem'
import type { ProblemName } from '@/lib/http/problems'
import { allowOf, areaOf, isWrite } from './areas'
import { accountOf, CALLER, type Caller, whyNotWrite, writeCaller } from './caller'
import { corsHeaders, preflightHeaders } from './cors'
import { type Fault, UNAVAILABLE } from './faults'
import { type FindKey, identify, TooManyGuesses, whyUnknown } from './identify'
import { requestIdOf } from './request-id'

/**
 * The gate of the API: who asks, whether they may, and what is charged. It answers by itself where no route is needed:
 * what a browser asks before it asks, keys that are none, what has not changed, what is nowhere or elsewhere, and who is
 * over the limit. Whatever it says, it tells where the client stands.
 */
export type GateOptions = {
  findKey: FindKey
  /** The 304 to a conditional request, where nothing has changed; else null. */
  findUnchanged: (request: Request, requestId: string) => Promise<Response | null>
  /** What every response to an address says, such as that it is deprecated. */
  noticesOf: (url: URL) => Record<string, string>
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

export type Gate = {
  /** What becomes of a request. */
  enter: (request: Request) => Promise<Response | Passed>
  /** Refuses one that nobody else is to see. It is charged to nobody. */
  refuse: (request: Request, fault: Fault) => Promise<Response>
}

export function createGate({ findKey, findUnchanged, noticesOf, now }: GateOptions): Gate {
  const gate = async (request: Request, fault?: Fault): Promise<Response | Passed> => {
    const url = new URL(request.url)
    const { pathname, search } = url
    const { method, headers } = request
    const requestId = requestIdOf(headers.get('x-request-id'))
    const network = networkOf(headers.get('x-forwarded-for') ?? '')
    const address = { kind: 'anonymous', network } as const
    const said: Record<string, string> = { 'x-request-id': requestId, ...corsHeaders, ...noticesOf(url) }
    const tell = (standing: Standing) => Object.assign(said, limitHeaders(standing, now()))
    const refuse = (kind: ProblemName, detail: string, more: Record<string, string> = {}) =>
      problem({ kind, detail, instance: pathname + search, requestId, headers: { ...said, ...more } })
    const refuseFor = ({ kind, detail, headers: more }: Fault) => refuse(kind, detail, more)
    const refuseLimited = (standing: Standing) => {
      tell(standing)
      const seconds = retryAfter(standing, now())
      return refuse('too-many-requests', sentenceOf(standing, seconds), { 'retry-after': `${seconds}` })
    }

    const enter = async (caller: Caller | null): Promise<Response | Passed> => {
      const account = accountOf(caller ?? address)
      if (fault) {
        tell(await peek(...account))
        return refuseFor(fault)
      }
      if (!caller) {
        tell(await charge(...account))
        return refuse('unauthorized', whyUnknown(headers), {
          'www-authenticate': 'Bearer realm="SyroMusic", error="invalid_token"',
        })
      }

      const unchanged = area.charged ? await findUnchanged(request, requestId) : null
      const isCharged = area.charged && !unchanged
      const standing = await (isCharged ? charge(...account) : peek(...account))
      tell(standing)
      if (isCharged && !standing.allowed) return refuseLimited(standing)
      if (area.leads === 'nowhere') return refuse('not-found', `There is nothing at ${pathname}.`)
      if (!area.methods.includes(method))
        return refuse('method-not-allowed', `${pathname} can’t be asked to ${method}.`, { allow: allowOf(area) })
      // Before anybody reads what is sent, which may be 20 MiB from everybody who asks.
      const refusal = isWrite(method) ? whyNotWrite(caller) : undefined
      if (refusal) return refuseFor(refusal)
      if (typeof area.leads === 'object')
        return new Response(null, {
          status: 308,
          headers: { ...said, location: area.leads.to, 'cache-control': 'no-store' },
        })
      if (unchanged) {
        for (const [name, value] of Object.entries(said)) unchanged.headers.set(name, value)
        return unchanged
      }

      const requestHeaders = new Headers(headers)
      requestHeaders.set('x-request-id', requestId)
      requestHeaders.set(CALLER, writeCaller(caller))
      return new Passed(requestHeaders, said)
    }

    const area = areaOf(pathname)
    try {
      // A browser that asks what it may do sends no key.
      if (method === 'OPTIONS' && !fault && area.leads !== 'nowhere') {
        tell(await peek(...accountOf(address)))
        return new Response(null, { status: 204, headers: { ...said, ...preflightHeaders, allow: allowOf(area) } })
      }
      return await enter(area.asksWho ? await identify(headers, network, findKey) : address)
    } catch (error) {
      if (error instanceof TooManyGuesses && !fault) return refuseLimited(error.standing)
      if (!(error instanceof TooManyGuesses)) console.error(`Request ${requestId}, ${method} ${pathname}:`, error)
      tell(await peek(...accountOf(address)))
      return refuseFor(fault ?? UNAVAILABLE)
    }
  }
  return {
    enter: (request) => gate(request),
    refuse: async (request, fault) => {
      const refusal = await gate(request, fault)
      if (refusal instanceof Passed) throw new Error('A request that is refused has passed')
      return refusal
    },
  }
}

const count = new Intl.NumberFormat('en')

function sentenceOf({ policy: { name, quota }, site }: Standing, seconds: number): string {
  const [all, wait] = [count.format(quota), count.format(seconds)]
  const { anonymous, unknownKeys, keyed } = apiPolicies
  const isOf = (policy: Policy) => name === (site ? sitePolicy(policy) : policy).name
  if (isOf(unknownKeys)) {
    const sent = site ? `The addresses in ${site} have together` : 'This address has'
    return `${sent} sent ${all} unknown keys in this window; in ${wait} s ${site ? 'they' : 'it'} may try another. Keys that are in use go on to work.`
  }
  const shared = site ? ` that the addresses in ${site} share` : ''
  const used = `All ${all} requests of this window${shared} are used; the next one begins in ${wait} s.`
  return isOf(anonymous) ? `${used} With a key there are ${count.format(keyed.quota)}.` : used
}
