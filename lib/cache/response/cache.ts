import { setTimeout as delay } from 'node:timers/promises'
import { currencyOf, currentMoment, NO_DEPENDENCIES } from '@/lib/cache/changes/recent'
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

/** A response that is being fetched. */
type PendingLoad = { outcome: Promise<CacheResult>; readonly waiting: Waiting }

/**
 * An HTTP cache (RFC 9111) of whole responses in memory. Concurrent misses of a key are one request to the origin. A
 * response is valid until one of its dependencies changes. A stale response is served while one refresh runs if only
 * secondary content has changed, and while the origin fails.
 */
export class ResponseCache {
  private readonly entries: Entries
  private readonly loading = new Map<string, PendingLoad>()

  constructor(private readonly options: ResponseCacheOptions) {
    this.entries = new Entries(options.maxBytes)
  }

  /** The stored response, if it is fresh. */
  fresh(key: string): StoredResponse | undefined {
    const stored = this.entries.get(key)
    return stored && stored.freshness.freshUntil > this.options.now() && currencyOf(stored.dependencies) === 'current'
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
    const currency = currencyOf(stored.dependencies)
    if (currency === 'unknown') return this.confirm(key, stored, client)
    const isFresh = stored.freshness.freshUntil > now
    if (currency === 'current' && isFresh) return { kind: 'hit', stored }
    // An expired page without changes may be served once more, and changed secondary content until the page expires.
    const mayWait =
      currency === 'current'
        ? stored.freshness.staleWhileRevalidate > now
        : currency === 'soft' && key.hasSecondary && isFresh
    if (mayWait) {
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

  get bytes(): number {
    return this.entries.calculatedSize
  }

  get count(): number {
    return this.entries.size
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

  /**
   * Fetches a response, together with others who want it. A fetch that began before a change may give the response from
   * before it, so who came after the change fetches again.
   */
  private async load(key: Key, client: string): Promise<CacheResult> {
    const since = currentMoment()
    const outcome = await this.join(key, client)
    if (outcome.kind === 'pass') return outcome
    const { dependencies } = outcome.stored
    const isLater =
      dependencies.epoch > since.epoch || (dependencies.epoch === since.epoch && dependencies.at >= since.at)
    if (isLater) return outcome
    const currency = currencyOf(dependencies)
    return currency === 'current' || (currency === 'soft' && key.hasSecondary) ? outcome : this.join(key, client)
  }

  private join(key: Key, client: string): Promise<CacheResult> {
    const running = this.loading.get(key.key)
    if (running) {
      running.waiting.join(client)
      return running.outcome
    }
    const waiting = new Waiting(client)
    const outcome = this.fetch(key, waiting).finally(() => this.loading.delete(key.key))
    this.loading.set(key.key, { outcome, waiting })
    return outcome
  }

  private async fetch(
    { key, request, isTagged = false, isUnbounded = false }: Key,
    waiting: Waiting,
  ): Promise<CacheResult> {
    const answered = await this.options.origin(request, waiting)
    const { dependencies = { ...NO_DEPENDENCIES } } = answered
    const response = { ...answered, headers: { ...answered.headers, ...this.options.headersFor?.(answered) } }
    // A failed refresh must not replace a response that can still be served.
    const freshness = response.status < 500 ? freshnessOf(response, this.options.now()) : null
    if (!freshness) return { kind: 'pass', response }
    const weighed = () => this.entries.weigh(key, stored)
    const stored = new StoredResponse(response, freshness, { dependencies, isTagged, weighed })
    // A response that changed while it was made is not stored.
    if (currencyOf(dependencies) !== 'stale') this.entries.set(key, stored, isUnbounded)
    return { kind: 'miss', stored }
  }
}
