import { backoff } from '@/lib/enrichment/http/backoff'
import type { Source } from '@/lib/enrichment/sources/source'
import { type Result, settle } from '@/lib/enrichment/store/jobs'
import { findHeld } from '@/lib/enrichment/store/read'
import type { Clock } from './clock'
import { isOurs } from './job'

/** Results per batch. */
const BATCH_SIZE = 200
/**
 * The longest wait of a result, in ms. Results are few a second, and one transaction a minute is enough for them. A killed
 * process fetches that minute's results again.
 */
const MAX_WAIT_MS = 60_000

type Options = {
  source: Source
  /** Whose jobs they are. */
  worker: string
  /** In seconds. */
  ttl: number
  clock: Clock
}

/** Writes results of a source into the database in batches. */
export class Results {
  private waiting: Result[] = []
  private since: Date | null = null
  private writing: Promise<void> = Promise.resolve()

  constructor(private readonly options: Options) {}

  /** Adds a result; writes the batch if it is full or old. */
  async add(result: Result): Promise<void> {
    this.waiting.push(result)
    const now = this.options.clock.now()
    this.since ??= now
    if (this.waiting.length >= BATCH_SIZE || now.getTime() - this.since.getTime() >= MAX_WAIT_MS) await this.flush()
  }

  /** Writes the batch. @throws errors of the database; the results are then kept. */
  flush(): Promise<void> {
    this.writing = this.writing.catch(() => {}).then(() => this.write())
    return this.writing
  }

  private async write(): Promise<void> {
    const { source, worker, ttl, clock } = this.options
    // More may be added during the write.
    const results = [...this.waiting]
    if (results.length === 0) return
    await settle(await keepFound(source, results, worker, clock), worker, ttl)
    this.waiting = this.waiting.slice(results.length)
    this.since = this.waiting.length > 0 ? clock.now() : null
  }
}

/**
 * Stores what a source found (covers) and removes data of wrong matches, before the rows are written. If that fails, all of
 * it is fetched again later. Jobs that this worker no longer holds are left out: an operator may have changed their id.
 */
async function keepFound(source: Source, all: Result[], worker: string, clock: Clock): Promise<Result[]> {
  if (!all.some((result) => result.outcome === 'found' || isOther(result))) return all
  const owned = await findHeld(all, worker)
  const results = all.filter(({ kind, id }) => owned.some((job) => job.kind === kind && job.id === id))
  const found = results.flatMap(({ kind, id, at, ...result }) =>
    result.outcome === 'found' ? [{ entity: { kind, id }, data: result.data, at }] : [],
  )
  const dropped = results.flatMap((result) => (isOther(result) ? [{ kind: result.kind, id: result.id }] : []))
  try {
    if (found.length > 0) await source.store?.(found)
    if (dropped.length > 0) await source.drop?.(dropped)
    return results
  } catch (error) {
    if (isOurs(error)) throw error
    const message = `It could not be stored: ${error instanceof Error ? error.message : error}`
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
