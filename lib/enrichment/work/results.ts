import { backoff } from '@/lib/enrichment/http/backoff'
import type { Source } from '@/lib/enrichment/sources/source'
import { type Result, settle } from '@/lib/enrichment/store/jobs'
import { findHeld } from '@/lib/enrichment/store/read'
import type { Clock } from './clock'
import { isOurs } from './job'

/** Results that wait to be written, at the most. */
const MOST = 200
/**
 * How long one waits, in ms. What is written is told to caches, which forget all pages of its kind: once a minute is as
 * often as they can be made anew without anybody noticing. A process that is killed fetches that minute again.
 */
const LONGEST = 60_000

type Options = {
  source: Source
  /** Whose jobs they are. */
  worker: string
  /** In seconds. */
  ttl: number
  clock: Clock
}

/** Results of a source on their way into the database, in batches. */
export class Results {
  private waiting: Result[] = []
  private since: Date | null = null
  private writing: Promise<void> = Promise.resolve()

  constructor(private readonly options: Options) {}

  /** Takes a result; writes all that wait where there are enough, or one has waited for long. */
  async add(result: Result): Promise<void> {
    this.waiting.push(result)
    const now = this.options.clock.now()
    this.since ??= now
    if (this.waiting.length >= MOST || now.getTime() - this.since.getTime() >= LONGEST) await this.flush()
  }

  /** Writes all that wait. @throws what the database throws; they go on waiting then. */
  flush(): Promise<void> {
    this.writing = this.writing.catch(() => {}).then(() => this.write())
    return this.writing
  }

  private async write(): Promise<void> {
    const { source, worker, ttl, clock } = this.options
    // More may come while these are written.
    const results = [...this.waiting]
    if (results.length === 0) return
    await settle(await keepFound(source, results, worker, clock), worker, ttl)
    this.waiting = this.waiting.slice(results.length)
    this.since = this.waiting.length > 0 ? clock.now() : null
  }
}

/**
 * Puts what a source found where it belongs, and takes away what was of something else, before it is noted. Where that
 * can't be done, all of it is fetched again later, and is in other batches then. What is no longer this worker's job is
 * left out, as when it is noted: an operator may have said meanwhile that it is something else.
 */
async function keepFound(source: Source, all: Result[], worker: string, clock: Clock): Promise<Result[]> {
  if (!all.some((result) => result.outcome === 'found' || isOther(result))) return all
  const held = await findHeld(all, worker)
  const results = all.filter(({ kind, id }) => held.some((job) => job.kind === kind && job.id === id))
  const kept = results.flatMap(({ kind, id, at, ...result }) =>
    result.outcome === 'found' ? [{ entity: { kind, id }, data: result.data, at }] : [],
  )
  const dropped = results.flatMap((result) => (isOther(result) ? [{ kind: result.kind, id: result.id }] : []))
  try {
    if (kept.length > 0) await source.keep?.(kept)
    if (dropped.length > 0) await source.drop?.(dropped)
    return results
  } catch (error) {
    if (isOurs(error)) throw error
    const message = `It could not be kept: ${error instanceof Error ? error.message : error}`
    const dueAt = new Date(clock.now().getTime() + backoff(1, clock.random()))
    return results.map((result) =>
      result.outcome === 'found' || isOther(result)
        ? { ...result, outcome: 'later', error: message, dueAt, isCounted: true }
        : result,
    )
  }
}

const isOther = (result: Result): boolean =>
  (result.outcome === 'unknown' || result.outcome === 'failed') && result.isOther === true
