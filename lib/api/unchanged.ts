import { codingFor } from '@/lib/cache/response/encoding'
import { CACHE_CONTROL, etagOf, isCurrent, lastModifiedOf, versionOf } from '@/lib/http/api/version'
import { originFor } from '@/lib/http/site-url'
import { understand } from './understand'

/**
 * Answers a conditional request whose client has what is current, before anything is read or charged.
 * @param requestId of the request.
 * @returns null where it must be answered in full, also where it is wrong.
 */
export async function unchanged(request: Request, requestId: string): Promise<Response | null> {
  const { headers, method } = request
  if (method !== 'GET' && method !== 'HEAD') return null
  if (!headers.has('if-none-match') && !headers.has('if-modified-since')) return null
  const { pathname, search } = new URL(request.url)
  const understood = understand(pathname + search)
  if (!understood) return null

  const { operation, address } = understood
  const version = await versionOf(operation, originFor(request).origin + address)
  if (!isCurrent(version, headers)) return null
  const modified = lastModifiedOf(version, Date.now())
  return new Response(null, {
    status: 304,
    headers: {
      'cache-control': CACHE_CONTROL,
      vary: 'Accept, Accept-Encoding',
      etag: sentTag(headers) ?? etagOf(version, codingFor(headers.get('accept-encoding') ?? undefined)),
      ...(modified && { 'last-modified': modified }),
      'x-request-id': requestId,
    },
  })
}

/** The one tag that a client named is the one of what it has. */
const sentTag = (headers: Headers): string | undefined =>
  /^"[^",]+"$/.exec(headers.get('if-none-match')?.trim() ?? '')?.[0]
