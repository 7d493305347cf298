import { LRUCache } from 'lru-cache'
import { isCurrent } from './changes/recent'
import { checkChanges } from './data'
import { inherit, type Recorded, recording } from './dependencies/recorder'

/**
 * Caches small results of queries, bounded by number and age, and until a dependency changes. Concurrent misses of a key are
 * one load.
 */

type Load = () => Promise<object>
type Entry = Recorded<object>
type Store = LRUCache<string, Entry, Load>

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
    fetchMethod: async (_key, _stale, { context: load }) => {
      const { expiresAt, ...recorded } = await recording(load)
      return { ...recorded, expiresAt: Math.min(expiresAt, Date.now() + ttl) }
    },
    // A load whose entry is evicted meanwhile still gives its result to those who wait for it.
    ignoreFetchAbort: true,
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
    await checkChanges()
    const store = open(name, bounds)
    let found = await store.fetch(key, { context: load })
    const isFresh = found && found.expiresAt > Date.now() && isCurrent(found.dependencies)
    if (found && !isFresh) found = await store.fetch(key, { context: load, forceRefresh: true })
    if (!found) return load()
    inherit(found)
    // A store holds results of one type.
    return found.result as Result
  }
}
