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
import { suggest } from './suggest'

/**
 * What an address may ask while somebody types: twice what the fastest of them do, who reach ten letters a second, for two
 * may be at it behind one address. A script that hammers is stopped for what is left of the ten seconds.
 */
export const SUGGESTIONS: Policy = { name: 'suggestions', quota: 200, windowSeconds: 10 }

const Asked = z.object({ q: z.string({ error: 'must be given: what has been typed so far' }) })

/** Typing back and forth asks a browser's own copies; what is written to the catalogue meanwhile is not missed for long. */
const HEADERS = { 'cache-control': 'private, max-age=60', 'x-robots-tag': 'noindex' }

/** Answers the search box of the site, which asks as somebody types. It is no part of the API, nor of its limits. */
export async function answerSuggestions(request: Request): Promise<Response> {
  const requestId = requestIdOf(request.headers.get('x-request-id'))
  const { pathname, search, searchParams } = new URL(request.url)
  const fail = (kind: ProblemName, detail: string, more: Pick<Problem, 'errors' | 'headers'> = {}) =>
    problem({ kind, detail, instance: pathname + search, requestId, ...more })
  try {
    // lib/http/client-address.ts has put it there, alone.
    const standing = await charge(SUGGESTIONS, networkOf(request.headers.get('x-forwarded-for') ?? ''))
    if (!standing.allowed) {
      const now = Date.now()
      const headers = { ...limitHeaders(standing, now), 'retry-after': `${retryAfter(standing, now)}` }
      const { site } = standing
      const detail = site ? `The addresses in ${site} ask too much together.` : 'Nobody types as fast as this.'
      return fail('too-many-requests', detail, { headers })
    }
    const asked = parseQuery(Asked, searchParams)
    if (!asked.ok) return fail('invalid-parameter', sentenceOf(asked.errors), { errors: asked.errors })
    return Response.json({ suggestions: await suggest(asked.value.q) }, { headers: HEADERS })
  } catch (error) {
    if (!isExpected(error)) console.error(`Request ${requestId}, ${request.method} ${pathname}:`, error)
    return problem({ ...faultOf(error), instance: pathname + search, requestId })
  }
}
