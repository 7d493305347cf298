import { LRUCache } from 'lru-cache'
import type { StoredResponse } from './stored-response'

/**
 * The share of memory for responses at addresses that anyone can invent: missing pages, redirects, searches. When it is
 * full, these replace only one another.
 */
const UNBOUNDED_SHARE = 1 / 8

/** Stored responses by key, least recently used first to go. */
export class Entries {
  private readonly bounded: LRUCache<string, StoredResponse>
  private readonly unbounded: LRUCache<string, StoredResponse>

  constructor(maxBytes: number) {
    const holding = (share: number) =>
      new LRUCache<string, StoredResponse>({
        maxSize: Math.floor(maxBytes * share),
        sizeCalculation: (stored, key) => stored.size + key.length * 2,
      })
    this.bounded = holding(1 - UNBOUNDED_SHARE)
    this.unbounded = holding(UNBOUNDED_SHARE)
  }

  get(key: string): StoredResponse | undefined {
    return this.bounded.get(key) ?? this.unbounded.get(key)
  }

  /** @param isUnbounded whether such keys can be invented without end; only a 200 shows that a key names something. */
  set(key: string, stored: StoredResponse, isUnbounded: boolean): void {
    this.delete(key)
    const part = isUnbounded || stored.status !== 200 ? this.unbounded : this.bounded
    part.set(key, stored)
  }

  /** Updates the size of a response, unless another has replaced it. */
  weigh(key: string, stored: StoredResponse): void {
    const part = [this.bounded, this.unbounded].find((each) => each.peek(key) === stored)
    // The LRU cache would not compute the size of an existing entry again.
    part?.delete(key)
    part?.set(key, stored)
  }

  delete(key: string): void {
    this.bounded.delete(key)
    this.unbounded.delete(key)
  }

  *entries(): Generator<[string, StoredResponse]> {
    yield* this.bounded.entries()
    yield* this.unbounded.entries()
  }

  get calculatedSize(): number {
    return this.bounded.calculatedSize + this.unbounded.calculatedSize
  }

  get size(): number {
    return this.bounded.size + this.unbounded.size
  }
}
