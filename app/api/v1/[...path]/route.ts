import { problem } from '@/lib/http/problem'

/** Whatever is not a resource of the API. */
export function GET(request: Request): Response {
  const { pathname, search } = new URL(request.url)
  return problem({
    kind: 'not-found',
    detail: `There is nothing at ${pathname}.`,
    instance: pathname + search,
    requestId: request.headers.get('x-request-id') ?? '',
  })
}
