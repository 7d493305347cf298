import { LRUCache } from 'lru-cache'
import { isHearing, onForget } from '@/lib/cache/forget'
import { type FoundKey, findKeyByHash } from './read'
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

/** Around the look-up of a key that was never found here, which may be a guess: it may refuse it by throwing. */
type Guarded = (lookUp: () => Promise<FoundKey | null>) => Promise<FoundKey | null>

const unguarded: Guarded = (lookUp) => lookUp()

class KeyMemory {
  private generation = 0
  private readonly known = new LRUCache<string, FoundKey, () => Promise<FoundKey | null>>({
    max: REMEMBERED,
    ttl: BELIEVED_MS,
    fetchMethod: async (_key, _stale, { context: lookUp }) => (await lookUp()) ?? undefined,
  })
  private readonly unknown = new LRUCache<string, true>({ max: REMEMBERED, ttl: BELIEVED_MS })
  /** Keys that were found when they were last looked up, however long ago: to do it again is no guess. */
  private readonly found = new LRUCache<string, true>({ max: REMEMBERED })

  /** What is being read meanwhile is kept under the old generation, where nobody finds it. */
  forget(): void {
    this.generation += 1
  }

  async find(hash: Buffer, guarded: Guarded): Promise<FoundKey | null> {
    const digest = hash.toString('base64')
    const lookUp = () => this.lookUp(hash, digest, guarded)
    if (!isHearing()) return lookUp()
    const name = `${this.generation} ${digest}`
    // Nobody can have asked for a key before it was made, so a new one is not among those that are none.
    if (this.unknown.has(name)) return null
    const found = await this.known.fetch(name, { context: lookUp })
    if (!found) this.unknown.set(name, true)
    return found ?? null
  }

  private async lookUp(hash: Buffer, digest: string, guarded: Guarded): Promise<FoundKey | null> {
    const read = () => findKeyByHash(hash)
    const found = await (this.found.has(digest) ? read() : guarded(read))
    if (found) this.found.set(digest, true)
    else this.found.delete(digest)
    return found
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
 * @param guarded what stands before the database, for keys that were never found here.
 * @returns null for one that is mistyped, unknown or revoked. @throws what `guarded` throws.
 */
export async function findKey(token: string, now = Date.now(), guarded = unguarded): Promise<FoundKey | null> {
  if (!isToken(token)) return null
  const key = await memory().find(hashOfToken(token), guarded)
  if (key) keyUses().note(key.id, now)
  return key
}
