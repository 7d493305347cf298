import { LRUCache } from 'lru-cache'
import { isListening } from './changes/listening'
import { catchUp } from './changes/read'
import { isCurrent } from './changes/recent'
import { inherit, type Recorded, recording } from './dependencies/recorder'

/**
 * The data tier: the API's responses, and what its lists are made of. It is bounded by entries and by bytes. An entry lives
 * for five minutes, until its own expiry, or until a dependency changes. Concurrent misses of a key are one load.
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

/** The overhead of an entry: key, list, map and dependencies. */
const OVERHEAD_BYTES = 512

type Load = () => Promise<Sized>
type Entry = Recorded<Sized>

const shared = globalThis as typeof globalThis & { syroData?: LRUCache<string, Entry, Load> }

function store(): LRUCache<string, Entry, Load> {
  shared.syroData ??= new LRUCache<string, Entry, Load>({
    max: ENTRIES,
    maxSize: MAX_BYTES,
    sizeCalculation: ({ result, dependencies: { hard, soft } }, key) =>
      OVERHEAD_BYTES + key.length + hard.length + soft.length + result.bytes,
    ttl: LIFE_MS,
    fetchMethod: async (_key, _stale, { context: load }) => {
      const { expiresAt, ...recorded } = await recording(load)
      const until = Math.min(expiresAt, Date.now() + LIFE_MS, recorded.result.expiresAt ?? Number.POSITIVE_INFINITY)
      return { ...recorded, expiresAt: until }
    },
    // A load whose entry is evicted meanwhile still gives its result to those who wait for it.
    ignoreFetchAbort: true,
  })
  return shared.syroData
}

/** Checks before data is served in a process that hears no changes. The data is served anyway if the database is gone. */
export async function checkChanges(): Promise<void> {
  if (!isListening()) await catchUp()
}

/**
 * The cached result of `load` for the key. Its dependencies are recorded, and passed on to the response that is being made.
 * @throws the error of `load`; nothing is stored then.
 */
export async function dataCached<T extends Sized>(key: string, load: () => Promise<T>): Promise<T> {
  await checkChanges()
  const cache = store()
  const isFresh = (entry: Entry | undefined) =>
    entry !== undefined && entry.expiresAt > Date.now() && isCurrent(entry.dependencies)
  let found = await cache.fetch(key, { context: load })
  // The load of an earlier caller may have read data from before a change that this caller knows.
  if (found && !isFresh(found)) found = await cache.fetch(key, { context: load, forceRefresh: true })
  // Entries that are too large are missing.
  if (!found) return load()
  inherit(found)
  // Each key belongs to one `load`, so the entry has its type.
  return found.result as T
}
