import { findKey } from '@/lib/accounts/keys/find'
import { createGate } from '@/lib/http/gate/gate'
import { targetOf } from '@/lib/http/gate/target'
import { type FindStored, unchanged } from './conditional'
import { parseRequest } from './operations'

/**
 * The gate of this API, with its keys and its operations.
 * @param findStored finds the response of a conditional request in a cache; without, such requests are charged.
 */
export const createApiGate = (findStored?: FindStored) =>
  createGate({
    findKey: (token, guarded) => findKey(token, Date.now(), guarded),
    parse: parseRequest,
    findUnchanged: (request, matched, requestId, mayFetch) =>
      unchanged(request, matched, requestId, mayFetch, findStored),
    now: Date.now,
  })

/** The methods of a path of the API, besides OPTIONS. */
export const methodsAt = (pathname: string): readonly string[] =>
  targetOf(pathname, parseRequest('GET', pathname)).methods

/** The largest body that a request to the API may have, in bytes; 0: it takes none. */
export const maxBodyAt = (method: string, pathname: string): number =>
  parseRequest(method, pathname)?.operation?.maxBody ?? 0
