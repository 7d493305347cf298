import { backoff } from '@/lib/enrichment/http/backoff'
import type { OutsideClient } from '@/lib/enrichment/http/client'
import { OutsideFault } from '@/lib/enrichment/http/fault'
import type { Source } from '@/lib/enrichment/sources/source'
import { type Job, type JobOutcome, MAX_ATTEMPTS } from '@/lib/enrichment/store/jobs'
import { findSubject } from '@/lib/enrichment/store/read'
import { AppError } from '@/lib/errors'
import type { Clock } from './clock'
import { ProbeFailed, pacedClientOf, SourcePaused } from './paced-client'

/** A source with its client. */
export type OpenSource = {
  name: string
  source: Source
  client: OutsideClient
  /** Between requests, in ms. */
  interval: number
}

/**
 * The timeout of a job. With the time that its result waits to be written it is still shorter than its lock
 * (lib/enrichment/store/jobs.ts).
 */
const JOB_MS = 4 * 60_000

/**
 * Runs a job. Its errors become its outcome, except those that stop the worker.
 * @throws the signal's reason, and errors of the database or the storage.
 */
export async function attempt(
  job: Job,
  { source, ...open }: OpenSource,
  clock: Clock,
  signal: AbortSignal,
): Promise<JobOutcome> {
  const subject = await findSubject(job)
  if (!subject) return { outcome: 'gone' }
  // The last attempt killed its worker.
  if (job.attempts > MAX_ATTEMPTS)
    return { outcome: 'failed', error: job.error ?? 'The process ended during each attempt.' }
  const client = pacedClientOf({ ...open, clock }, AbortSignal.any([signal, AbortSignal.timeout(JOB_MS)]))
  try {
    return await source.lookUp(subject, job, client)
  } catch (error) {
    signal.throwIfAborted()
    if (isOurs(error)) throw error
    return failureOf(error, job, clock)
  }
}

/**
 * Whether this machine fails (full disk, no database). Then nothing can be stored, and the job is not to blame.
 */
export const isOurs = (error: unknown): boolean =>
  error instanceof AppError ? error.code === 'unavailable' : error instanceof Error && 'syscall' in error

function failureOf(error: unknown, { attempts }: Job, clock: Clock): JobOutcome {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof SourcePaused) return { outcome: 'later', error: message, dueAt: error.until, isCounted: false }
  const now = clock.now().getTime()
  const wait = now + backoff(attempts, clock.random())
  const later = (notBefore: Date | null, isCounted: boolean): JobOutcome => ({
    outcome: 'later',
    error: message,
    dueAt: new Date(Math.max(wait, notBefore?.getTime() ?? 0)),
    isCounted,
  })
  if (error instanceof ProbeFailed) return later(error.fault.notBefore, false)
  // A timeout: other processes used all turns.
  if (error instanceof Error && error.name === 'TimeoutError') return later(null, false)
  // Rejected requests and refused addresses would fail again.
  const isFinal = error instanceof OutsideFault && !error.isOfSource
  if (isFinal || attempts >= MAX_ATTEMPTS) return { outcome: 'failed', error: message }
  return later(error instanceof OutsideFault ? error.notBefore : null, true)
}
