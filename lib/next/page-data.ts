import { LRUCache } from 'lru-cache'
import { isCurrent } from '@/lib/cache/changes/recent'
import { parseDependency } from '@/lib/cache/dependencies/names'
import { some } from '@/lib/cache/dependencies/packed'
import type { Validity } from '@/lib/cache/dependencies/recorder'
import { pageValidity } from '@/lib/cache/page-validity'

/**
 * The store of `unstable_cache`: in memory and bounded. Pages are stored by the response cache in front
 * (lib/cache/response) and not here again: Next.js's own store would write each to disk and never delete it.
 */

/** The data of about 5,000 pages. It serves requests for a page's data soon after the page itself, and the reverse. */
const MAX_BYTES = 32 * 1024 * 1024

/** An entry as Next.js passes it: data as JSON, and the seconds for which it is fresh. */
type CachedData = { kind: 'FETCH'; data: { body: string }; revalidate: number }
type Entry = { value: CachedData; lastModified: number; validity: Validity }

const shared = globalThis as typeof globalThis & { syroPageData?: LRUCache<string, Entry> }

const store = (): LRUCache<string, Entry> => {
  shared.syroPageData ??= new LRUCache({
    maxSize: MAX_BYTES,
    // A character takes at most two bytes.
    sizeCalculation: ({ value, validity: { dependencies } }, key) =>
      2 * (key.length + value.data.body.length) + dependencies.hard.length + dependencies.soft.length,
  })
  return shared.syroPageData
}

/** A cache handler of Next.js, which makes one for each request. */
export class PageData {
  async get(key: string): Promise<Omit<Entry, 'validity'> | null> {
    const entry = store().get(key)
    // Next.js would give a stale entry to a page, which would then be cached for as long again.
    if (!entry || entry.validity.expiresAt <= Date.now() || !isCurrent(entry.validity.dependencies)) return null
    const current = pageValidity().getStore()
    if (current) current.validity = entry.validity
    return entry
  }

  async set(key: string, value: CachedData | { kind: 'APP_PAGE' } | null): Promise<void> {
    const validity = pageValidity().getStore()?.validity
    if (value === null) store().delete(key)
    // Without validity it could not be invalidated.
    else if (value.kind === 'FETCH' && validity) store().set(key, { value, lastModified: Date.now(), validity })
  }

  /** @param tags names of dependencies, as in the change log: "album.page:1432". */
  async revalidateTag(tags: string | string[]): Promise<void> {
    const changed = new Set([tags].flat().map(parseDependency))
    const isChanged = (dependency: number) => changed.has(dependency)
    for (const [key, { validity }] of store().entries())
      if (some(validity.dependencies.hard, isChanged) || some(validity.dependencies.soft, isChanged))
        store().delete(key)
  }

  resetRequestCache(): void {}
}

/**
 * Registers the store with Next.js in this process. Named in next.config.mjs instead, it would be imported twice for each
 * request, through the module loader's thread, which takes a tenth of a page's time.
 */
export function keepPageData(): void {
  Object.assign(globalThis, { [Symbol.for('@next/cache-handlers')]: { FetchCache: PageData } })
}
