import { accountOf, callerOf } from '@/lib/http/gate/caller'
import { peek } from '@/lib/http/limits/limits'

/** Where the caller stands. Asking costs nothing. */
export async function GET(request: Request): Promise<Response> {
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
