import { backoff } from '@/lib/enrichment/http/backoff'
import type { OutsideClient } from '@/lib/enrichment/http/client'
import { OutsideFault } from '@/lib/enrichment/http/fault'
import type { Source } from '@/lib/enrichment/sources/source'
import { type Job, MAX_ATTEMPTS, type Outcome } from '@/lib/enrichment/store/jobs'
import { findSubject } from '@/lib/enrichment/store/read'
import { AppError } from '@/lib/errors'
import type { Clock } from './clock'
import { askingOf, LeftAlone, ProbeFailed } from './paced-client'

/** A source, and what it is asked with. */
export type OpenSource = {
  name: string
  source: Source
  client: OutsideClient
  /** Between requests, in ms. */
  interval: number
}

/**
 * A job takes no longer, whatever happens: shorter than its lock (lib/enrichment/store/jobs.ts) by more than its
 * result then waits to be written.
 */
const JOB_MS = 4 * 60_000

/**
 * Does a job. All that can go wrong with it becomes its outcome, but for what stops the worker.
 * @throws the signal's reason; what the database throws, and a storage that can't be written.
 */
export async function attempt(
  job: Job,
  { source, ...open }: OpenSource,
  clock: Clock,
  signal: AbortSignal,
): Promise<Outcome> {
  const subject = await findSubject(job)
  if (!subject) return { outcome: 'gone' }
  // Whoever began the last one did not live to see its end.
  if (job.attempts > MAX_ATTEMPTS)
    return { outcome: 'failed', error: job.error ?? 'Each attempt ended with its process.' }
  const asking = askingOf({ ...open, clock }, AbortSignal.any([signal, AbortSignal.timeout(JOB_MS)]))
  try {
    return await source.look(subject, job, asking)
  } catch (error) {
    signal.throwIfAborted()
    if (isOurs(error)) throw error
    return failureOf(error, job, clock)
  }
}

/**
 * Whether it is this machine that fails, whatever was asked for: a full disk, a database that is away. Nothing that comes
 * can be kept then, and it says nothing of an album.
 */
export const isOurs = (error: unknown): boolean =>
  error instanceof AppError ? error.code === 'unavailable' : error instanceof Error && 'syscall' in error

function failureOf(error: unknown, { attempts }: Job, clock: Clock): Outcome {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof LeftAlone) return { outcome: 'later', error: message, dueAt: error.until, isCounted: false }
  const now = clock.now().getTime()
  const wait = now + backoff(attempts, clock.random())
  const later = (notBefore: Date | null, isCounted: boolean): Outcome => ({
    outcome: 'later',
    error: message,
    dueAt: new Date(Math.max(wait, notBefore?.getTime() ?? 0)),
    isCounted,
  })
  if (error instanceof ProbeFailed) return later(error.fault.notBefore, false)
  // Others had the turns, for as long as a job may take.
  if (error instanceof Error && error.name === 'TimeoutError') return later(null, false)
  // What the source will not answer to now, or leads where nobody goes, is the same in a minute.
  const isFinal = error instanceof OutsideFault && !error.isOfSource
  if (isFinal || attempts >= MAX_ATTEMPTS) return { outcome: 'failed', error: message }
  return later(error instanceof OutsideFault ? error.notBefore : null, true)
}
