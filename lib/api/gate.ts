import { findKey } from '@/lib/accounts/keys/find'
import { createGate } from '@/lib/http/gate/gate'
import { targetOf } from '@/lib/http/gate/target'
import { unchanged } from './conditional'
import { parseRequest } from './operations'

/** The gate of this API, with its keys and its operations. */
export const gate = createGate({
  findKey: (token, guarded) => findKey(token, Date.now(), guarded),
  parse: parseRequest,
  findUnchanged: unchanged,
  now: Date.now,
})

/** The methods of a path of the API, besides OPTIONS. */
export const methodsAt = (pathname: string): readonly string[] =>
  targetOf(pathname, parseRequest('GET', pathname)).methods

/** The largest body that a request to the API may have, in bytes; 0: it takes none. */
export const maxBodyAt = (method: string, pathname: string): number =>
  parseRequest(method, pathname)?.operation?.maxBody ?? 0
