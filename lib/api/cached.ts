import { LRUCache } from 'lru-cache'
import Negotiator from 'negotiator'
import type { Key } from '@/lib/cache/response/key'
import type { ApiRequest } from '@/lib/http/api/request'
import { GATED, gateSecret } from '@/lib/http/gate/gate-secret'
import { originFor } from '@/lib/http/site-url'

/** The key of a request in the response cache; null for one whose response is not cached. */
export function cacheKeyOf(request: Request, matched: ApiRequest | null): Key | null {
  const operation = matched?.operation
  if (!operation || !('dependsOn' in operation) || operation.cache.for === 'nobody') return null
  if (!takesJson(request.headers.get('accept') ?? undefined)) return null
  const { address } = matched.parameters
  if (address === undefined) return null
  // Addresses in a response are absolute, and may contain the requested host.
  const { origin, isShared } = originFor(request)
  const { host, protocol } = new URL(origin)
  return {
    key: `${origin}${address}`,
    request: {
      url: address,
      headers: { host, 'x-forwarded-proto': protocol.slice(0, -1), [GATED]: gateSecret() },
    },
    isTagged: true,
    // Clients can send any host.
    isUnbounded: !isShared,
  }
}

/** Clients send a handful of different Accept headers. */
const accepted = new LRUCache<string, boolean>({ max: 500 })

/** Whether the client prefers JSON. */
export function takesJson(accept: string | undefined): boolean {
  if (accept === undefined) return true
  const known = accepted.get(accept)
  if (known !== undefined) return known
  const types = ['application/json', 'application/x-ndjson']
  const takes = new Negotiator({ headers: { accept } }).mediaType(types) === types[0]
  if (accept.length <= 200) accepted.set(accept, takes)
  return takes
}
