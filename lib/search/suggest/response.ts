import { z } from 'zod'
import { faultOf, isExpected } from '@/lib/http/api/fault'
import { parseQuery, sentenceOf } from '@/lib/http/api/parameters'
import { requestIdOf } from '@/lib/http/gate/request-id'
import { limitHeaders, retryAfter } from '@/lib/http/limits/headers'
import { charge } from '@/lib/http/limits/limits'
import { networkOf } from '@/lib/http/limits/network'
import type { Policy } from '@/lib/http/limits/policy'
import { type Problem, problem } from '@/lib/http/problem'
import type { ProblemName } from '@/lib/http/problems'
import { log } from '@/lib/observability/log'
import { suggest } from './suggest'

/** Twice the rate of the fastest typists, ten letters a second, because two people may share an address. */
export const SUGGESTIONS: Policy = { name: 'suggestions', quota: 200, windowSeconds: 10 }

const SuggestionQuery = z.object({ q: z.string({ error: 'is required: the text typed so far' }) })

/** The browser's cache serves people who delete and retype letters. It misses changes for a minute at most. */
const HEADERS = { 'cache-control': 'private, max-age=60', 'x-robots-tag': 'noindex' }

/** The endpoint of the site's search box. It is not part of the API and has its own limit. */
export async function answerSuggestions(request: Request): Promise<Response> {
  const requestId = requestIdOf(request.headers.get('x-request-id'))
  const { pathname, search, searchParams } = new URL(request.url)
  const fail = (kind: ProblemName, detail: string, more: Pick<Problem, 'errors' | 'headers'> = {}) =>
    problem({ kind, detail, instance: pathname + search, requestId, ...more })
  try {
    // lib/http/client-address.ts has set this header to the client's address.
    const standing = await charge(SUGGESTIONS, networkOf(request.headers.get('x-forwarded-for') ?? ''))
    if (!standing.allowed) {
      const now = Date.now()
      const headers = { ...limitHeaders(standing, now), 'retry-after': `${retryAfter(standing, now)}` }
      const { site } = standing
      const detail = site
        ? `The addresses in ${site} send too many requests together.`
        : 'Too many requests for suggestions. Try again in a few seconds.'
      return fail('too-many-requests', detail, { headers })
    }
    const query = parseQuery(SuggestionQuery, searchParams)
    if (!query.ok) return fail('invalid-parameter', sentenceOf(query.errors), { errors: query.errors })
    return Response.json({ suggestions: await suggest(query.value.q) }, { headers: HEADERS })
  } catch (error) {
    if (!isExpected(error))
      log.error({ requestId, method: request.method, path: pathname, err: error }, 'Request failed')
    return problem({ ...faultOf(error), instance: pathname + search, requestId })
  }
}
