import { LRUCache } from 'lru-cache'

/**
 * Next.js's cache handler: what `unstable_cache` keeps, in memory, bounded. Whole pages are kept by the response cache
 * in front (lib/cache/response), so they are not kept here again: Next.js's own handler would write each to disk and
 * never delete it. `globalThis` makes it one store for all of Next.js's module copies; lib/cache/forget.ts clears it.
 */

/** About 20,000 list pages of data. */
const MAX_BYTES = 128 * 1024 * 1024

/** @type {{ syroPageData?: LRUCache<string, { value: object, lastModified: number, tags: string[] }> }} */
const shared = globalThis

const store = () => {
  shared.syroPageData ??= new LRUCache({
    maxSize: MAX_BYTES,
    // Characters are two bytes at the most.
    sizeCalculation: (entry, key) => 2 * (key.length + entry.value.data.body.length),
  })
  return shared.syroPageData
}

export default class CacheHandler {
  async get(key) {
    const entry = store().get(key)
    // Next.js would give what is older to a page, which would then be kept for as long again.
    return entry && Date.now() - entry.lastModified < entry.value.revalidate * 1000 ? entry : null
  }

  async set(key, value, { tags = /** @type {string[]} */ ([]) } = {}) {
    if (value === null) store().delete(key)
    else if (value.kind === 'FETCH') store().set(key, { value, lastModified: Date.now(), tags })
  }

  async revalidateTag(tags) {
    const forgotten = [tags].flat()
    for (const [key, entry] of store().entries())
      if (entry.tags.some((tag) => forgotten.includes(tag))) store().delete(key)
  }

  resetRequestCache() {}
}
