import { setTimeout as delay } from 'node:timers/promises'
import { Entries } from './entries'
import { freshnessOf } from './freshness'
import type { Key } from './key'
import type { OriginRequest, OriginResponse } from './origin'
import { StoredResponse } from './stored-response'
import { Waiting } from './waiting-clients'

/** The result of a look-up, by the terms of Cache-Status (RFC 9211). */
export type CacheResult =
  | { kind: 'hit' | 'stale' | 'stale-error'; stored: StoredResponse }
  | { kind: 'miss'; stored: StoredResponse }
  | { kind: 'pass'; response: OriginResponse }

export type ResponseCacheOptions = {
  origin: (request: OriginRequest, waiting: Waiting) => Promise<OriginResponse>
  /** Headers to add to a response, computed once when it arrives. */
  headersFor?: (response: OriginResponse) => Record<string, string>
  maxBytes: number
  /** Milliseconds since the epoch. */
  now: () => number
  /** Receives the errors of the origin while stale responses are served. */
  onError: (error: unknown) => void
  /** How long a client waits for the origin to revalidate a response before it gets the old one. */
  patience?: (signal: AbortSignal) => Promise<unknown>
}

/** In milliseconds. Rendering a page takes about 20 ms, so a slower origin is in trouble. */
const PATIENCE_MS = 1_000
const patiently = (signal: AbortSignal) => delay(PATIENCE_MS, undefined, { signal })

/** A response that is being fetched, and whether its data was invalidated meanwhile. */
type PendingLoad = {
  outcome: Promise<CacheResult>
  readonly tags: readonly string[]
  readonly waiting: Waiting
  isOvertaken: boolean
}

/**
 * An HTTP cache (RFC 9111) of whole responses in memory. Concurrent misses of a key are one request to the origin. A
 * stale response is served while one refresh runs, and while the origin fails.
 */
export class ResponseCache {
  private readonly entries: Entries
  private readonly loading = new Map<string, PendingLoad>()
  /** Loads whose data was invalidated while they ran. */
  private readonly invalidated = new Map<string, PendingLoad>()
  /** Responses that may be stale, because changes were missed. */
  private readonly unverified = new WeakSet<StoredResponse>()

  constructor(private readonly options: ResponseCacheOptions) {
    this.entries = new Entries(options.maxBytes)
  }

  /** The stored response, if it is fresh. */
  fresh(key: string): StoredResponse | undefined {
    const stored = this.entries.get(key)
    return stored && !this.unverified.has(stored) && stored.freshness.freshUntil > this.options.now()
      ? stored
      : undefined
  }

  /**
   * The response: stored, or fetched.
   * @param client the client's address: the origin may serve clients in turn.
   * @throws the origin's error, if there is no response to serve instead.
   */
  async get(key: Key, client = ''): Promise<CacheResult> {
    const stored = this.entries.get(key.key)
    const now = this.options.now()
    if (!stored) return this.load(key, client)
    if (this.unverified.has(stored)) return this.confirm(key, stored, client)
    if (stored.freshness.freshUntil > now) return { kind: 'hit', stored }
    if (stored.freshness.staleWhileRevalidate > now) {
      this.load(key, client).catch(this.options.onError)
      return { kind: 'stale', stored }
    }
    const mayServeStale = stored.freshness.staleIfError > now
    try {
      const outcome = await this.load(key, client)
      return outcome.kind === 'pass' && outcome.response.status >= 500 && mayServeStale
        ? { kind: 'stale-error', stored }
        : outcome
    } catch (error) {
      if (!mayServeStale) throw error
      this.options.onError(error)
      return { kind: 'stale-error', stored }
    }
  }

  /**
   * Drops the responses with any of `tags`; without tags, all of them. Responses that are being fetched are served, but
   * not stored.
   */
  forget(tags?: readonly string[]): void {
    const isOf = (response: { tags: readonly string[] }) => !tags || response.tags.some((tag) => tags.includes(tag))
    for (const [key, load] of this.loading) if (isOf(load)) this.invalidate(key, load)
    for (const [key, stored] of this.entries.entries()) if (isOf(stored)) this.entries.delete(key)
  }

  /**
   * Marks all responses as possibly stale, because changes may have been missed. Each is fetched again before it is
   * served; the old one is served only if the origin fails or is slow. Files, which no change affects, stay.
   */
  revalidateAll(): void {
    for (const [key, load] of this.loading) if (load.tags.length > 0) this.invalidate(key, load)
    for (const [, stored] of this.entries.entries()) if (stored.tags.length > 0) this.unverified.add(stored)
  }

  get bytes(): number {
    return this.entries.calculatedSize
  }

  get count(): number {
    return this.entries.size
  }

  private invalidate(key: string, load: PendingLoad): void {
    load.isOvertaken = true
    this.invalidated.set(key, load)
    this.loading.delete(key)
  }

  /** Revalidates a response; gives the old one if the origin fails or is slow. */
  private async confirm(key: Key, stored: StoredResponse, client: string): Promise<CacheResult> {
    const answered = new AbortController()
    const { patience = patiently } = this.options
    const confirmed = this.load(key, client).then(
      (outcome): CacheResult =>
        outcome.kind === 'pass' && outcome.response.status >= 500 ? { kind: 'stale-error', stored } : outcome,
      (error): CacheResult => {
        this.options.onError(error)
        return { kind: 'stale-error', stored }
      },
    )
    const late = patience(answered.signal).then((): CacheResult => ({ kind: 'stale', stored }))
    late.catch(() => {})
    return Promise.race([confirmed, late]).finally(() => answered.abort())
  }

  private load(key: Key, client: string): Promise<CacheResult> {
    const running = this.loading.get(key.key)
    if (running) {
      running.waiting.join(client)
      return running.outcome
    }
    const invalidated = this.invalidated.get(key.key)
    const load: PendingLoad = {
      tags: key.tags,
      waiting: new Waiting(client),
      isOvertaken: false,
      outcome: this.loadAfter(invalidated, key, () => load),
    }
    this.loading.set(key.key, load)
    load.outcome = load.outcome.finally(() => {
      if (this.loading.get(key.key) === load) this.loading.delete(key.key)
      if (this.invalidated.get(key.key) === load) this.invalidated.delete(key.key)
    })
    return load.outcome
  }

  /** The origin merges concurrent requests too, so a request for new data waits until the old request has ended. */
  private async loadAfter(
    invalidated: PendingLoad | undefined,
    key: Key,
    load: () => PendingLoad,
  ): Promise<CacheResult> {
    await invalidated?.outcome.catch(() => {})
    return this.fetch(key, load)
  }

  private async fetch(
    { key, request, tags, isTagged = false, isUnbounded = false }: Key,
    load: () => PendingLoad,
  ): Promise<CacheResult> {
    const answered = await this.options.origin(request, load().waiting)
    const response = { ...answered, headers: { ...answered.headers, ...this.options.headersFor?.(answered) } }
    // A failed refresh must not replace a response that can still be served.
    const freshness = response.status < 500 ? freshnessOf(response, this.options.now()) : null
    if (!freshness) return { kind: 'pass', response }
    const weighed = () => this.entries.weigh(key, stored)
    const stored = new StoredResponse(response, freshness, { tags, isTagged, weighed })
    if (!load().isOvertaken) this.entries.set(key, stored, isUnbounded)
    return { kind: 'miss', stored }
  }
}
