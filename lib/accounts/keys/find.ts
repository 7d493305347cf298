import { LRUCache } from 'lru-cache'
import { isHearing, onForget } from '@/lib/cache/forget'
import { type FoundKey, findKeyByHash } from './queries'
import { hashOfToken, isToken } from './token'
import { keyUses } from './uses'

/**
 * Whose key a request carries, for each request to the API: from memory where it is known there. A revocation clears
 * that memory in every process the moment it commits (lib/cache/forget.ts); a process that can't hear of it asks the
 * database each time.
 */

/** Keys that are remembered, and as many that are none: who makes up keys can't push out those of others. */
const REMEMBERED = 10_000
/** However a revocation may have been missed, nothing is believed for longer. */
const BELIEVED_MS = 60_000

class KeyMemory {
  private generation = 0
  private readonly known = new LRUCache<string, FoundKey, Buffer>({
    max: REMEMBERED,
    ttl: BELIEVED_MS,
    fetchMethod: async (_key, _stale, { context }) => (await findKeyByHash(context)) ?? undefined,
  })
  private readonly unknown = new LRUCache<string, true>({ max: REMEMBERED, ttl: BELIEVED_MS })

  /** What is being read meanwhile is kept under the old generation, where nobody finds it. */
  forget(): void {
    this.generation += 1
  }

  async find(hash: Buffer): Promise<FoundKey | null> {
    if (!isHearing()) return findKeyByHash(hash)
    const name = `${this.generation} ${hash.toString('base64')}`
    if (this.unknown.has(name)) return null
    const found = await this.known.fetch(name, { context: hash })
    if (!found) this.unknown.set(name, true)
    return found ?? null
  }
}

const shared = globalThis as typeof globalThis & { syroKeyMemory?: KeyMemory }

function memory(): KeyMemory {
  if (shared.syroKeyMemory) return shared.syroKeyMemory
  const made = new KeyMemory()
  onForget((tags) => {
    if (!tags || tags.includes('keys')) made.forget()
  })
  shared.syroKeyMemory = made
  return made
}

/**
 * The key that a client sent as `Authorization: Bearer …`, and notes that it was used.
 * @param now in milliseconds since the epoch.
 * @returns null for one that is mistyped, unknown or revoked.
 */
export async function findKey(token: string, now = Date.now()): Promise<FoundKey | null> {
  if (!isToken(token)) return null
  const key = await memory().find(hashOfToken(token))
  if (key) keyUses().note(key.id, now)
  return key
}
