import { LRUCache } from 'lru-cache'
import { onForget } from './forget'

/**
 * The data tier: what the API reads, as it is sent. Bounded by entries and by bytes, and each is good for five minutes at
 * the most, or until it says; every write clears it. Concurrent misses of a key are one load.
 */

const ENTRIES = 10_000
const MAX_BYTES = 64 * 1024 * 1024
const LIFE_MS = 5 * 60 * 1000

/** Something that says how much memory it takes. */
export interface Sized {
  /** Bytes, without what its place in the cache takes. */
  readonly bytes: number
  /** When it is right no longer, in milliseconds since the epoch, where that is known. */
  readonly goodUntil?: number | undefined
}

/** What an entry takes beside its bytes: key, list and map. */
const OVERHEAD_BYTES = 512

type Load = () => Promise<Sized>

const shared = globalThis as typeof globalThis & { syroData?: LRUCache<string, Sized, Load> }

function store(): LRUCache<string, Sized, Load> {
  if (shared.syroData) return shared.syroData
  const cache = new LRUCache<string, Sized, Load>({
    max: ENTRIES,
    maxSize: MAX_BYTES,
    sizeCalculation: ({ bytes }, key) => OVERHEAD_BYTES + key.length + bytes,
    ttl: LIFE_MS,
    fetchMethod: (_key, _stale, { context: load }) => load(),
    // Who waits for what is forgotten meanwhile gets it; its key is not asked again.
    ignoreFetchAbort: true,
  })
  onForget(() => cache.clear())
  shared.syroData = cache
  return cache
}

/**
 * What `load` gives for the key, from the cache where it is there. The key must hold the revisions that it was read
 * under, so that what was read before a write is not found after it.
 * @throws what `load` throws; nothing is kept then.
 */
export async function dataCached<T extends Sized>(key: string, load: () => Promise<T>): Promise<T> {
  const cache = store()
  let found = await cache.fetch(key, { context: load })
  if (found?.goodUntil !== undefined && found.goodUntil <= Date.now())
    found = await cache.fetch(key, { context: load, forceRefresh: true })
  // A key is one `load`'s alone, so what is under it is of its type. Nothing is, where it is too large to be kept.
  return (found as T | undefined) ?? load()
}
