import { LRUCache } from 'lru-cache'
import { isListening } from '@/lib/cache/changes/listening'
import { onChange } from '@/lib/cache/changes/recent'
import { type FoundKey, findKeyByHash } from './read'
import { hashOfToken, isToken } from './token'
import { keyUses } from './uses'

/**
 * Finds the API key of a request, with a cache. A revocation clears the cache of every process when it commits
 * (lib/cache/changes); a process that receives no notifications queries the database each time.
 */

/** The size of the cache, and of another one for invalid keys, so that invented keys push out no real ones. */
const REMEMBERED = 10_000
/** Bounds how long a missed revocation has no effect. */
const TTL_MS = 60_000

/** Wraps the lookup of a key that was never found here and may be a guess; throws to refuse it. */
type LookUpGuard = (lookUp: () => Promise<FoundKey | null>) => Promise<FoundKey | null>

const unguarded: LookUpGuard = (lookUp) => lookUp()

class KeyMemory {
  private generation = 0
  private readonly known = new LRUCache<string, FoundKey, () => Promise<FoundKey | null>>({
    max: REMEMBERED,
    ttl: TTL_MS,
    fetchMethod: async (_key, _stale, { context: lookUp }) => (await lookUp()) ?? undefined,
  })
  private readonly unknown = new LRUCache<string, true>({ max: REMEMBERED, ttl: TTL_MS })
  /** Keys that were found by their last lookup, so that another one is no guess. */
  private readonly found = new LRUCache<string, true>({ max: REMEMBERED })

  /** Lookups in flight are cached under the old generation, where they are not found. */
  forget(): void {
    this.generation += 1
  }

  async find(hash: Buffer, guard: LookUpGuard): Promise<FoundKey | null> {
    const digest = hash.toString('base64')
    const lookUp = () => this.lookUp(hash, digest, guard)
    if (!isListening()) return lookUp()
    const name = `${this.generation} ${digest}`
    // A new key can't be among the invalid ones: it is random, and was not used before.
    if (this.unknown.has(name)) return null
    const found = await this.known.fetch(name, { context: lookUp })
    if (!found) this.unknown.set(name, true)
    return found ?? null
  }

  private async lookUp(hash: Buffer, digest: string, guard: LookUpGuard): Promise<FoundKey | null> {
    const read = () => findKeyByHash(hash)
    const found = await (this.found.has(digest) ? read() : guard(read))
    if (found) this.found.set(digest, true)
    else this.found.delete(digest)
    return found
  }
}

const shared = globalThis as typeof globalThis & { syroKeyMemory?: KeyMemory }

function memory(): KeyMemory {
  if (shared.syroKeyMemory) return shared.syroKeyMemory
  const memory = new KeyMemory()
  onChange((names) => {
    if (!names || names.includes('keys')) memory.forget()
  })
  shared.syroKeyMemory = memory
  return memory
}

/**
 * Finds the key in `Authorization: Bearer …` and notes its use.
 * @param now in milliseconds since the epoch.
 * @param guard wraps the lookup of keys that were never found here.
 * @returns null for a mistyped, unknown or revoked key. @throws what `guarded` throws.
 */
export async function findKey(token: string, now = Date.now(), guard = unguarded): Promise<FoundKey | null> {
  if (!isToken(token)) return null
  const key = await memory().find(hashOfToken(token), guard)
  if (key) keyUses().note(key.id, now)
  return key
}
