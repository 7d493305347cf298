import { LRUCache } from 'lru-cache'
import { onForget } from './forget'

/**
 * Small results of queries, kept for a while: bounded by entries, each good for so long at the most, and cleared by every
 * write of what they are made of. Who asks for the same at once waits for one.
 */

type Load = () => Promise<object>
type Store = LRUCache<string, object, Load>

/** Pages and routes have copies of this module; what is kept is there once. */
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
    // Who waits for what is forgotten meanwhile gets it, and nobody after.
    ignoreFetchAbort: true,
  })
  // All but API keys is made of the catalogue.
  onForget((forgotten) => {
    if (!forgotten || forgotten.some((tag) => tag !== 'keys')) store.clear()
  })
  shared.syroKept.set(name, store)
  return store
}

/**
 * @param name of a store, which nothing else keeps in.
 * @returns what gives the result for a key, from the store where it is there. What fails is not kept.
 */
export function kept<Result extends object>(
  name: string,
  bounds: Bounds,
): (key: string, load: () => Promise<Result>) => Promise<Result> {
  return async (key, load) => {
    const found = await open(name, bounds).fetch(key, { context: load })
    // What a store has is what was loaded for it: of one type.
    return (found as Result | undefined) ?? load()
  }
}
