import { LRUCache } from 'lru-cache'
import { onForget } from './forget'

/**
 * Caches small results of queries, bounded by number and age, and cleared by every write to the catalogue. Concurrent
 * misses of a key are one load.
 */

type Load = () => Promise<object>
type Store = LRUCache<string, object, Load>

/** Next.js's copies of this module share the stores. */
const shared = globalThis as typeof globalThis & { syroKept?: Map<string, Store> }

type Bounds = {
  entries: number
  /** In milliseconds. */
  life: number
}

function open(name: string, { entries, life }: Bounds): Store {
  shared.syroKept ??= new Map()
  const known = shared.syroKept.get(name)
  if (known) return known
  const store: Store = new LRUCache({
    max: entries,
    ttl: life,
    fetchMethod: (_key, _stale, { context: load }) => load(),
    // A load that runs while the store is cleared still gives its result to those who wait for it.
    ignoreFetchAbort: true,
  })
  // Everything but API keys depends on the catalogue.
  onForget((forgotten) => {
    if (!forgotten || forgotten.some((tag) => tag !== 'keys')) store.clear()
  })
  shared.syroKept.set(name, store)
  return store
}

/**
 * @param name of the store, which must be unique.
 * @returns a function that gives the cached result for a key. Errors are not stored.
 */
export function kept<Result extends object>(
  name: string,
  bounds: Bounds,
): (key: string, load: () => Promise<Result>) => Promise<Result> {
  return async (key, load) => {
    const found = await open(name, bounds).fetch(key, { context: load })
    // A store holds results of one type.
    return (found as Result | undefined) ?? load()
  }
}
