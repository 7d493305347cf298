import { LRUCache } from 'lru-cache'
import { onForget } from './forget'

/**
 * Caches small results of queries, bounded by number and age, and cleared by every write to the catalogue. Concurrent
 * misses of a key are one load.
 */

type Load = () => Promise<object>
type Store = LRUCache<string, object, Load>

/** Next.js's copies of this module share the stores. */
const shared = globalThis as typeof globalThis & { syroQueryResults?: Map<string, Store> }

type CacheLimits = {
  entries: number
  /** In milliseconds. */
  ttl: number
}

function open(name: string, { entries, ttl }: CacheLimits): Store {
  shared.syroQueryResults ??= new Map()
  const known = shared.syroQueryResults.get(name)
  if (known) return known
  const store: Store = new LRUCache({
    max: entries,
    ttl,
    fetchMethod: (_key, _stale, { context: load }) => load(),
    // A load that runs while the store is cleared still gives its result to those who wait for it.
    ignoreFetchAbort: true,
  })
  // Everything but API keys depends on the catalogue.
  onForget((forgotten) => {
    if (!forgotten || forgotten.some((tag) => tag !== 'keys')) store.clear()
  })
  shared.syroQueryResults.set(name, store)
  return store
}

/**
 * @param name of the store, which must be unique.
 * @returns a function that gives the cached result for a key. Errors are not stored.
 */
export function queryCached<Result extends object>(
  name: string,
  bounds: CacheLimits,
): (key: string, load: () => Promise<Result>) => Promise<Result> {
  return async (key, load) => {
    const found = await open(name, bounds).fetch(key, { context: load })
    // A store holds results of one type.
    return (found as Result | undefined) ?? load()
  }
}
