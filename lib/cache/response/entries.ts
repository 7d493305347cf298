import { LRUCache } from 'lru-cache'
import type { StoredResponse } from './stored-response'

/**
 * The share of memory for responses at addresses that anyone can invent: missing pages, redirects, searches. When it is
 * full, these replace only one another.
 */
const UNBOUNDED_SHARE = 1 / 8
/** The share for responses that were requested once: a crawler's pages push out no page that is requested often. */
const NEW_SHARE = 1 / 5

/**
 * Stored responses by key. New ones are on trial; those that are requested again are kept, and the least recently used of
 * them go back on trial when there are too many (a segmented LRU: Karedla, Love and Wherry, "Caching Strategies to Improve
 * Disk System Performance", 1994).
 */
export class Entries {
  private readonly kept: LRUCache<string, StoredResponse>
  private readonly onTrial: LRUCache<string, StoredResponse>
  private readonly unbounded: LRUCache<string, StoredResponse>
  private readonly parts: LRUCache<string, StoredResponse>[]
  private readonly maxBounded: number

  constructor(maxBytes: number) {
    this.maxBounded = Math.floor(maxBytes * (1 - UNBOUNDED_SHARE))
    const holding = (bytes: number) =>
      new LRUCache<string, StoredResponse>({
        maxSize: Math.floor(bytes),
        sizeCalculation: (stored, key) => stored.size + key.length * 2,
      })
    this.kept = holding(this.maxBounded)
    this.onTrial = holding(this.maxBounded)
    this.unbounded = holding(maxBytes * UNBOUNDED_SHARE)
    this.parts = [this.kept, this.onTrial, this.unbounded]
  }

  /** Makes room: new responses go first, unless they have less than their share. */
  private trim(): void {
    while (this.kept.calculatedSize + this.onTrial.calculatedSize > this.maxBounded) {
      const { value: key } = this.kept.rkeys().next()
      if (key === undefined || this.onTrial.calculatedSize > this.maxBounded * NEW_SHARE) this.onTrial.pop()
      else {
        const stored = this.kept.peek(key)
        this.kept.delete(key)
        if (stored) this.onTrial.set(key, stored)
      }
    }
  }

  get(key: string): StoredResponse | undefined {
    const kept = this.kept.get(key)
    if (kept) return kept
    const tried = this.onTrial.get(key)
    if (!tried) return this.unbounded.get(key)
    this.onTrial.delete(key)
    this.kept.set(key, tried)
    return tried
  }

  /** @param isUnbounded whether such keys can be invented without end; only a 200 shows that a key names something. */
  set(key: string, stored: StoredResponse, isUnbounded: boolean): void {
    const isKept = this.kept.has(key)
    this.delete(key)
    const part = isUnbounded || stored.status !== 200 ? this.unbounded : isKept ? this.kept : this.onTrial
    part.set(key, stored)
    this.trim()
  }

  /** Updates the size of a response, unless another has replaced it. */
  weigh(key: string, stored: StoredResponse): void {
    const part = this.parts.find((each) => each.peek(key) === stored)
    // The LRU cache would not compute the size of an existing entry again.
    part?.delete(key)
    part?.set(key, stored)
    this.trim()
  }

  private delete(key: string): void {
    for (const part of this.parts) part.delete(key)
  }

  get calculatedSize(): number {
    return this.parts.reduce((sum, { calculatedSize }) => sum + calculatedSize, 0)
  }

  get size(): number {
    return this.parts.reduce((sum, { size }) => sum + size, 0)
  }
}
