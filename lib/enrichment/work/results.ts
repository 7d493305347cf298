import { type Result, settle } from '@/lib/enrichment/store/commands'
import type { Source } from '@/lib/enrichment/sources/source'
import { backoff } from '@/lib/enrichment/http/backoff'
import type { Clock } from './clock'

/** Results that wait to be written, at the most. */
const MOST = 200
/**
 * How long one waits, in ms. What is written is told to caches, which forget all pages of its kind: once a minute is as
 * often as they can be made anew without anybody noticing. A process that is killed fetches that minute again.
 */
const LONGEST = 60_000

/** Results on their way into the database, in batches. */
export class Results {
  private waiting: Result[] = []
  private since: Date | null = null
  private writing: Promise<void> = Promise.resolve()

  /**
   * @param worker whose jobs they are.
   * @param ttl in seconds.
   */
  constructor(
    private readonly worker: string,
    private readonly ttl: number,
    private readonly clock: Clock,
  ) {}

  /** Takes a result; writes all that wait where there are enough. */
  async add(result: Result): Promise<void> {
    this.waiting.push(result)
    this.since ??= this.clock.now()
    if (this.waiting.length >= MOST) await this.flush()
    else await this.flushOld()
  }

  /** Writes what has waited for long enough. */
  async flushOld(): Promise<void> {
    if (this.since && this.clock.now().getTime() - this.since.getTime() >= LONGEST) await this.flush()
  }

  /** Writes all that wait. @throws what the database throws; they go on waiting then. */
  flush(): Promise<void> {
    this.writing = this.writing.catch(() => {}).then(() => this.write())
    return this.writing
  }

  private async write(): Promise<void> {
    const results = this.waiting
    if (results.length === 0) return
    await settle(results, this.worker, this.ttl)
    // More may have come meanwhile.
    this.waiting = this.waiting.slice(results.length)
    this.since = this.waiting.length > 0 ? this.clock.now() : null
  }
}

/**
 * Puts what a source found where it belongs, before it is noted. What can't be put there is tried again later, all of it:
 * it is fetched anew, and the next batch is another.
 */
export async function keepFound(source: Source, results: Result[], clock: Clock): Promise<Result[]> {
  if (!source.keep) return results
  const kept = results.flatMap((result) =>
    result.outcome === 'found' ? [{ entity: { kind: result.kind, id: result.id }, data: result.data, at: result.at }] : [],
  )
  try {
    if (kept.length > 0) await source.keep(kept)
    return results
  } catch (error) {
    const dueAt = new Date(clock.now().getTime() + backoff(1, clock.random()))
    const message = `It could not be kept: ${error instanceof Error ? error.message : error}`
    return results.map((result) =>
      result.outcome === 'found'
        ? { ...result, outcome: 'later', error: message, dueAt, isCounted: true }
        : result,
    )
  }
}
