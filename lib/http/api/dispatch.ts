import { randomUUID } from 'node:crypto'
import { callerOf, refusalOf } from '@/lib/http/gate/caller'
import { type Problem, problem } from '@/lib/http/problem'
import type { ProblemName } from '@/lib/http/problems'
import { log } from '@/lib/observability/log'
import type { Route } from './endpoint'
import { faultOf, isExpected } from './fault'
import { sentenceOf } from './parameters'
import type { ParseRequest } from './request'

/**
 * Answers requests to the API with the route of their operation.
 * @param routes by the ids of their operations.
 */
export const dispatcher =
  (parse: ParseRequest, routes: ReadonlyMap<string, Route>) =>
  async (request: Request): Promise<Response> => {
    const requestId = request.headers.get('x-request-id') ?? randomUUID()
    const { pathname, search } = new URL(request.url)
    const fail = (kind: ProblemName, detail: string, more: Pick<Problem, 'errors' | 'headers'> = {}) =>
      problem({ kind, detail, instance: pathname + search, requestId, ...more })
    const nothing = () => fail('not-found', `There is nothing at ${pathname}.`)
    const matched = parse(request.method, pathname + search)
    const route = matched?.operation && routes.get(matched.operation.id)
    if (!matched || !route) return nothing()
    try {
      // The gate has refused such callers already; a request that bypassed it must not write.
      const { access } = route.contract
      const refusal = access === 'anyone' ? undefined : refusalOf({ access }, callerOf(request))
      if (refusal) return fail(refusal.kind, refusal.detail, refusal.headers && { headers: refusal.headers })
      const { params, query } = matched.parameters
      // An id that can't be one names nothing.
      if (!params.ok) return fail('not-found', `There is nothing at ${pathname}: ${sentenceOf(params.errors)}`)
      if (!query.ok) return fail('invalid-parameter', sentenceOf(query.errors), { errors: query.errors })
      const call = { request, requestId, matched, params: params.value, query: query.value }
      return (await route.answer(call)) ?? nothing()
    } catch (error) {
      if (!isExpected(error))
        log.error({ requestId, method: request.method, path: pathname, err: error }, 'Request failed')
      return problem({ ...faultOf(error), instance: pathname + search, requestId })
    }
  }
