import { findKey } from '@/lib/accounts/keys/find'
import { createGate } from '@/lib/http/gate/gate'
import { unchanged } from './conditional'
import { noticesOf } from './notices'

/** The gate of this API: with its keys, and with what it knows of what clients have. */
export const gate = createGate({
  findKey: (token, guarded) => findKey(token, Date.now(), guarded),
  findUnchanged: unchanged,
  noticesOf,
  now: Date.now,
})
