import { LRUCache } from 'lru-cache'
import { onForget } from './forget'

/**
 * The data tier: the API's responses. It is bounded by entries and by bytes. An entry lives for five minutes, or until
 * its own expiry; every write clears all. Concurrent misses of a key are one load.
 */

const ENTRIES = 10_000
const MAX_BYTES = 64 * 1024 * 1024
const LIFE_MS = 5 * 60 * 1000

/** A value that knows its size. */
export interface Sized {
  /** Bytes, without the overhead of the cache. */
  readonly bytes: number
  /** When it expires, in milliseconds since the epoch, where that is known. */
  readonly expiresAt?: number | undefined
}

/** The overhead of an entry: key, list and map. */
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
    // A load that runs while the cache is cleared still gives its result to those who wait for it.
    ignoreFetchAbort: true,
  })
  onForget(() => cache.clear())
  shared.syroData = cache
  return cache
}

/**
 * The cached result of `load` for the key. The key must contain the revisions of the data, so that a result from before
 * a write is not found after it.
 * @throws the error of `load`; nothing is stored then.
 */
export async function dataCached<T extends Sized>(key: string, load: () => Promise<T>): Promise<T> {
  const cache = store()
  let found = await cache.fetch(key, { context: load })
  if (found?.expiresAt !== undefined && found.expiresAt <= Date.now())
    found = await cache.fetch(key, { context: load, forceRefresh: true })
  // Each key belongs to one `load`, so the entry has its type. Entries that are too large are missing.
  return (found as T | undefined) ?? load()
}
