import { LRUCache } from 'lru-cache'

/**
 * What `unstable_cache` keeps, in memory, bounded. Whole pages are kept by the response cache in front
 * (lib/cache/response) and not here again: Next.js's own store would write each to disk and never delete it.
 */

/** About 5,000 pages' data: whole pages are kept in front, so it is for those that are asked for in two ways at once. */
const MAX_BYTES = 32 * 1024 * 1024

/** What Next.js gives to keep and wants back: what was read as JSON, and for how many seconds it is good. */
type Read = { kind: 'FETCH'; data: { body: string }; revalidate: number }
type Entry = { value: Read; lastModified: number; tags: string[] }

const shared = globalThis as typeof globalThis & {
  /** lib/cache/forget.ts clears it. */
  syroPageData?: LRUCache<string, Entry>
}

const store = (): LRUCache<string, Entry> => {
  shared.syroPageData ??= new LRUCache({
    maxSize: MAX_BYTES,
    // Characters are two bytes at the most.
    sizeCalculation: ({ value }, key) => 2 * (key.length + value.data.body.length),
  })
  return shared.syroPageData
}

/** A cache handler, as Next.js calls it; it makes one for each request. */
export class PageData {
  async get(key: string): Promise<Entry | null> {
    const entry = store().get(key)
    // Next.js would give what is older to a page, which would then be kept for as long again.
    return entry && Date.now() - entry.lastModified < entry.value.revalidate * 1000 ? entry : null
  }

  async set(
    key: string,
    value: Read | { kind: 'APP_PAGE' } | null,
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
 * Makes it the store of the Next.js in this process. Named in next.config.mjs instead, it would be imported anew for each
 * request, twice, which goes through another thread under a loader of modules and takes a tenth of a page's time.
 */
export function keepPageData(): void {
  Object.assign(globalThis, { [Symbol.for('@next/cache-handlers')]: { FetchCache: PageData } })
}
