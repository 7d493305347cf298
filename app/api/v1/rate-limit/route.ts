import { z } from 'zod'
import { parseQuery, sentenceOf } from '@/lib/http/api/parameters'
import { accountOf, callerOf } from '@/lib/http/gate/caller'
import { peek } from '@/lib/http/limits/limits'
import { problem } from '@/lib/http/problem'

/** Where the caller stands. Asking costs nothing, and the answer is for nobody else. */
export async function GET(request: Request): Promise<Response> {
  const { pathname, search, searchParams } = new URL(request.url)
  const query = parseQuery(z.object({}), searchParams)
  if (!query.ok)
    return problem({
      kind: 'invalid-parameter',
      detail: sentenceOf(query.errors),
      instance: pathname + search,
      requestId: request.headers.get('x-request-id') ?? '',
      errors: query.errors,
    })
  const { policy, remaining, resetAt } = await peek(...accountOf(callerOf(request)))
  return Response.json(
    {
      policy: policy.name,
      limit: policy.quota,
      remaining,
      resetAt: new Date(resetAt).toISOString(),
      windowSeconds: policy.windowSeconds,
    },
    { headers: { 'cache-control': 'private, no-store' } },
  )
}
