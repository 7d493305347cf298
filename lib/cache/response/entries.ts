import { LRUCache } from 'lru-cache'
import type { StoredResponse } from './stored-response'

/**
 * Share of the memory for responses whose addresses anybody can make up: pages that are missing, redirects, searches. Once
 * it is full these replace one another, and nothing else.
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

  /** @param isUnbounded whether there is no end of such keys; only a 200 shows that a key names something. */
  set(key: string, stored: StoredResponse, isUnbounded: boolean): void {
    this.delete(key)
    const part = isUnbounded || stored.status !== 200 ? this.unbounded : this.bounded
    part.set(key, stored)
  }

  /** Weighs a response again, unless another one has replaced it. */
  weigh(key: string, stored: StoredResponse): void {
    const part = [this.bounded, this.unbounded].find((each) => each.peek(key) === stored)
    // One that is there already would not be weighed again.
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
