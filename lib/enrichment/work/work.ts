import { findSourceHealth } from '@/lib/enrichment/pace/health'
import { BREAKS_AFTER } from '@/lib/enrichment/pace/rate-limit'
import { claim, type Result, releaseJobs } from '@/lib/enrichment/store/jobs'
import { asWorker, freeJobsOfTheDead } from '@/lib/enrichment/workers'
import type { Clock } from './clock'
import { attempt, isOurs, type OpenSource } from './job'
import type { Quota } from './quota'
import { Results } from './results'
import { runConcurrently } from './run-concurrently'

export type Work = {
  /** In seconds. */
  ttl: number
  clock: Clock
  signal: AbortSignal
  /** Fetches unchanged data too. */
  isForced?: boolean
  /** Limits the jobs; by default all that are due. */
  quota?: Quota
  onResult?: (result: Result) => void
}

/** Concurrent requests: while one is slow, the other uses its turn. */
const LANES = 2
/** The polling interval, in ms. */
const SELDOM = 5_000
/** The polling interval while results can't be stored: each try wastes a request. */
const PAUSE = 60_000

/**
 * Runs the due jobs of a source until none is left or the signal aborts, and writes their results.
 * @returns the end of the source's pause if that ended the work, else null.
 * @throws errors of the database and the storage; unwritten results are fetched again.
 */
export async function runDueJobs(open: OpenSource, work: Work): Promise<Date | null> {
  await freeJobsOfTheDead(open.name)
  return asWorker((worker, lost) => workAs(worker, open, { ...work, signal: AbortSignal.any([work.signal, lost]) }))
}

async function workAs(worker: string, open: OpenSource, work: Work): Promise<Date | null> {
  const results = new Results({ source: open.source, worker, ...work })
  try {
    // One lane probes a source that was down; the other would find it paused.
    const down = (await isDown(open.name)) ? await lane(open, worker, results, work, 1) : null
    if (down) return down
    const lanes = await runConcurrently(
      work.signal,
      Array.from({ length: LANES }, () => (signal) => lane(open, worker, results, { ...work, signal })),
    )
    return lanes.find((until) => until !== null) ?? null
  } finally {
    // Jobs are released even if the write fails; otherwise they would stay locked.
    await results.flush().finally(() => releaseJobs(worker))
  }
}

/** Whether the source's circuit breaker has opened. */
const isDown = async (source: string): Promise<boolean> =>
  (await findSourceHealth()).some(({ name, failures }) => name === source && failures >= BREAKS_AFTER)

/** Runs jobs one after another. @param most the maximum number. */
async function lane(
  open: OpenSource,
  worker: string,
  results: Results,
  { clock, signal, onResult, quota, isForced }: Work,
  most = Number.POSITIVE_INFINITY,
): Promise<Date | null> {
  for (let done = 0; done < most && !signal.aborted; done++) {
    const job = await (quota ?? { claim }).claim(open.name, worker, clock.now())
    if (!job) return null
    const outcome = await attempt(isForced ? { ...job, etag: null } : job, open, clock, signal).catch(
      (error: unknown) => {
        if (signal.aborted) return null
        throw error
      },
    )
    if (!outcome) return null
    const result: Result = { ...outcome, kind: job.kind, id: job.id, source: open.name, at: clock.now() }
    await results.add(result)
    onResult?.(result)
    // The source is down; the next job would fail too.
    if (outcome.outcome === 'later' && !outcome.isCounted) return outcome.dueAt
  }
  return null
}

/**
 * Runs jobs as they come, until the signal aborts. Errors are logged, once while they stay the same, and retried.
 */
export async function runJobsForever(open: OpenSource, work: Work, say: (sentence: string) => void): Promise<void> {
  const { clock, signal } = work
  let lastMessage = ''
  while (!signal.aborted) {
    let pause = SELDOM
    try {
      await runDueJobs(open, work)
      lastMessage = ''
    } catch (error) {
      const sentence = `Nothing can be fetched from ${open.name} now: ${error instanceof Error ? error.message : error}`
      if (sentence !== lastMessage && !signal.aborted) say(sentence)
      lastMessage = sentence
      if (isOurs(error)) pause = PAUSE
    }
    await clock.wait(pause, signal)
  }
}
