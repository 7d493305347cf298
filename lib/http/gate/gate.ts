import type { ApiRequest, ParseRequest } from '@/lib/http/api/request'
import { limitHeaders, retryAfter } from '@/lib/http/limits/headers'
import { sitePolicy } from '@/lib/http/limits/limiter'
import { charge, peek } from '@/lib/http/limits/limits'
import { networkOf } from '@/lib/http/limits/network'
import { apiPolicies, type Policy, type QuotaState } from '@/lib/http/limits/policy'
import { problem } from '@/lib/http/problem'
import type { ProblemName } from '@/lib/http/problems'
import { log } from '@/lib/observability/log'
import { accountOf, CALLER, type Caller, refusalOf, writeCaller } from './caller'
import { corsHeaders, preflightHeaders } from './cors'
import { type Fault, UNAVAILABLE } from './faults'
import { type FindKey, identify, TooManyUnknownKeys, unknownKeyMessage } from './identify'
import { requestIdOf } from './request-id'
import { allowOf, targetOf } from './target'

/**
 * The gate of the API: it identifies the caller, enforces the operation's policy and charges the rate limit. Preflights,
 * unknown keys, unchanged responses, redirects and refusals are answered here. Every response tells the limit.
 */
export type GateOptions = {
  findKey: FindKey
  parse: ParseRequest
  /**
   * The 304 to a conditional request whose client has the current version; else null.
   * @param mayFetch whether the response may be made to find out: callers over their limit get only cached ones.
   */
  findUnchanged: (
    request: Request,
    matched: ApiRequest,
    requestId: string,
    mayFetch: () => Promise<boolean>,
  ) => Promise<Response | null>
  /** ms since the epoch. */
  now: () => number
}

/** A request that goes on to its route. */
export class PassedRequest {
  constructor(
    /** The request's headers for the route. */
    readonly requestHeaders: Headers,
    /** Headers that the response has besides those of the route. */
    readonly responseHeaders: Record<string, string>,
    /** The request, where its path has operations. */
    readonly matched: ApiRequest | null,
  ) {}
}

export type Gate = {
  /** Answers a request, or lets it pass. */
  enter: (request: Request) => Promise<Response | PassedRequest>
  /** Refuses a request that no route could handle. It is charged to nobody. */
  refuse: (request: Request, fault: Fault) => Promise<Response>
}

export function createGate({ findKey, parse, findUnchanged, now }: GateOptions): Gate {
  const gate = async (request: Request, fault?: Fault): Promise<Response | PassedRequest> => {
    const { pathname, search } = new URL(request.url)
    const { method, headers } = request
    const requestId = requestIdOf(headers.get('x-request-id'))
    const network = networkOf(headers.get('x-forwarded-for') ?? '')
    const address = { kind: 'anonymous', network } as const
    const matched = parse(method, pathname + search)
    const target = targetOf(pathname, matched)
    const common: Record<string, string> = { 'x-request-id': requestId, ...corsHeaders, ...matched?.notices }
    const addLimitHeaders = (quotaState: QuotaState) => Object.assign(common, limitHeaders(quotaState, now()))
    const refuse = (kind: ProblemName, detail: string, more: Record<string, string> = {}) =>
      problem({ kind, detail, instance: pathname + search, requestId, headers: { ...common, ...more } })
    const refuseFor = ({ kind, detail, headers: more }: Fault) => refuse(kind, detail, more)
    const refuseLimited = (quotaState: QuotaState) => {
      addLimitHeaders(quotaState)
      const seconds = retryAfter(quotaState, now())
      return refuse('too-many-requests', sentenceOf(quotaState, seconds), { 'retry-after': `${seconds}` })
    }

    const enter = async (caller: Caller | null): Promise<Response | PassedRequest> => {
      const account = accountOf(caller ?? address)
      if (fault) {
        addLimitHeaders(await peek(...account))
        return refuseFor(fault)
      }
      if (!caller) {
        addLimitHeaders(await charge(...account))
        return refuse('unauthorized', unknownKeyMessage(headers), {
          'www-authenticate': 'Bearer realm="SyroMusic", error="invalid_token"',
        })
      }

      const mayFetch = async () => (await peek(...account)).remaining > 0
      const unchanged = matched && target.cost > 0 ? await findUnchanged(request, matched, requestId, mayFetch) : null
      const isCharged = target.cost > 0 && !unchanged
      const quotaState = await (isCharged ? charge(...account) : peek(...account))
      addLimitHeaders(quotaState)
      if (isCharged && !quotaState.allowed) return refuseLimited(quotaState)
      if (target.isMissing) return refuse('not-found', `There is nothing at ${pathname}.`)
      if (!target.methods.includes(method))
        return refuse('method-not-allowed', `${pathname} does not support ${method}.`, { allow: allowOf(target) })
      // Before a body is read, which may have 20 MiB.
      const refusal = target.operation && refusalOf(target.operation, caller)
      if (refusal) return refuseFor(refusal)
      if (target.redirect)
        return new Response(null, {
          status: 308,
          headers: { ...common, location: target.redirect, 'cache-control': 'no-store' },
        })
      if (unchanged) {
        for (const [name, value] of Object.entries(common)) unchanged.headers.set(name, value)
        return unchanged
      }

      const requestHeaders = new Headers(headers)
      requestHeaders.set('x-request-id', requestId)
      requestHeaders.set(CALLER, writeCaller(caller))
      return new PassedRequest(requestHeaders, common, matched)
    }

    try {
      // Browsers send no key with a preflight.
      if (method === 'OPTIONS' && !fault && !target.isMissing) {
        addLimitHeaders(await peek(...accountOf(address)))
        return new Response(null, { status: 204, headers: { ...common, ...preflightHeaders, allow: allowOf(target) } })
      }
      return await enter(target.ignoresKeys ? address : await identify(headers, network, findKey))
    } catch (error) {
      if (error instanceof TooManyUnknownKeys && !fault) return refuseLimited(error.quotaState)
      if (!(error instanceof TooManyUnknownKeys))
        log.error({ requestId, method, path: pathname, err: error }, 'Request failed')
      addLimitHeaders(await peek(...accountOf(address)))
      return refuseFor(fault ?? UNAVAILABLE)
    }
  }
  return {
    enter: (request) => gate(request),
    refuse: async (request, fault) => {
      const refusal = await gate(request, fault)
      if (refusal instanceof PassedRequest) throw new Error('A refused request has passed the gate')
      return refusal
    },
  }
}

const count = new Intl.NumberFormat('en')

function sentenceOf({ policy: { name, quota }, site }: QuotaState, seconds: number): string {
  const [all, wait] = [count.format(quota), count.format(seconds)]
  const { anonymous, unknownKeys, keyed } = apiPolicies
  const isOf = (policy: Policy) => name === (site ? sitePolicy(policy) : policy).name
  if (isOf(unknownKeys)) {
    const sent = site ? `The addresses in ${site} have together` : 'This address has'
    return `${sent} sent ${all} unknown keys in this window; in ${wait} s ${site ? 'they' : 'it'} may try another. Valid keys continue to work.`
  }
  const shared = site ? ` that the addresses in ${site} share` : ''
  const used = `All ${all} requests of this window${shared} are used; the next one begins in ${wait} s.`
  return isOf(anonymous) ? `${used} With a key there are ${count.format(keyed.quota)}.` : used
}
