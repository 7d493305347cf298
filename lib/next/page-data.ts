import { LRUCache } from 'lru-cache'

/**
 * The store of `unstable_cache`: in memory and bounded. Pages are stored by the response cache in front
 * (lib/cache/response) and not here again: Next.js's own store would write each to disk and never delete it.
 */

/** The data of about 5,000 pages. It serves requests for a page's data soon after the page itself, and the reverse. */
const MAX_BYTES = 32 * 1024 * 1024

/** An entry as Next.js passes it: data as JSON, and the seconds for which it is fresh. */
type CachedData = { kind: 'FETCH'; data: { body: string }; revalidate: number }
type Entry = { value: CachedData; lastModified: number; tags: string[] }

const shared = globalThis as typeof globalThis & {
  /** lib/cache/forget.ts clears it. */
  syroPageData?: LRUCache<string, Entry>
}

const store = (): LRUCache<string, Entry> => {
  shared.syroPageData ??= new LRUCache({
    maxSize: MAX_BYTES,
    // A character takes at most two bytes.
    sizeCalculation: ({ value }, key) => 2 * (key.length + value.data.body.length),
  })
  return shared.syroPageData
}

/** A cache handler of Next.js, which makes one for each request. */
export class PageData {
  async get(key: string): Promise<Entry | null> {
    const entry = store().get(key)
    // Next.js would give a stale entry to a page, which would then be cached for as long again.
    return entry && Date.now() - entry.lastModified < entry.value.revalidate * 1000 ? entry : null
  }

  async set(
    key: string,
    value: CachedData | { kind: 'APP_PAGE' } | null,
    { tags = [] }: { tags?: string[] } = {},
  ): Promise<void> {
    if (value === null) store().delete(key)
    else if (value.kind === 'FETCH') store().set(key, { value, lastModified: Date.now(), tags })
  }

  async revalidateTag(tags: string | string[]): Promise<void> {
    const forgotten = [tags].flat()
    for (const [key, entry] of store().entries())
      if (entry.tags.some((tag) => forgotten.includes(tag))) store().delete(key)
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
