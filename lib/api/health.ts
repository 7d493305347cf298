import { ping } from '@/lib/db/ping'
import { problem } from '@/lib/http/problem'

/** For load balancers and monitors: whether this process runs and reaches its database. */
export async function health(request: Request): Promise<Response> {
  const { pathname: instance } = new URL(request.url)
  try {
    await ping()
    return Response.json({ status: 'ok' }, { headers: { 'cache-control': 'no-store' } })
  } catch {
    const requestId = request.headers.get('x-request-id') ?? ''
    const headers = { 'retry-after': '5' }
    return problem({ kind: 'unavailable', detail: 'The database can’t be reached.', instance, requestId, headers })
  }
}
