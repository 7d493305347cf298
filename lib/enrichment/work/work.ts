import { findStandings } from '@/lib/enrichment/pace/read'
import { BREAKS_AFTER } from '@/lib/enrichment/pace/turns'
import { claim, letGo, type Result } from '@/lib/enrichment/store/jobs'
import { asWorker, freeJobsOfTheDead } from '@/lib/enrichment/workers'
import type { Clock } from './clock'
import { together } from './concurrent'
import { attempt, isOurs, type OpenSource } from './job'
import type { Portion } from './quota'
import { Results } from './results'

/** What a worker needs. */
export type Work = {
  /** In seconds. */
  ttl: number
  clock: Clock
  /** Ends it. */
  signal: AbortSignal
  /** All of it is fetched, whether it has changed or not. */
  isForced?: boolean
  /** Of what is due that much; all of it, where it isn't given. */
  portion?: Portion
  /** Told of each result. */
  onResult?: (result: Result) => void
}

/** Requests that wait for an answer at a time: while one is slow, the other uses its turn. */
const LANES = 2
/** Between looks for something to do, in ms. */
const SELDOM = 5_000
/** The same, where what is fetched can't be put anywhere: each look is a request for nothing. */
const PAUSE = 60_000

/**
 * Does what is due of a source, until nothing is or the signal comes, and writes what came of it.
 * @returns until when the source is left alone, where it is that that ended it.
 * @throws what the database throws, and the storage of pictures; what was not written is fetched again.
 */
export async function workOff(open: OpenSource, work: Work): Promise<Date | null> {
  await freeJobsOfTheDead(open.name)
  return asWorker((worker, lost) => workAs(worker, open, { ...work, signal: AbortSignal.any([work.signal, lost]) }))
}

async function workAs(worker: string, open: OpenSource, work: Work): Promise<Date | null> {
  const results = new Results({ source: open.source, worker, ...work })
  try {
    // One sees whether a source is back: others would be told meanwhile that it isn't.
    const down = (await isDown(open.name)) ? await lane(open, worker, results, work, 1) : null
    if (down) return down
    const lanes = await together(
      work.signal,
      Array.from({ length: LANES }, () => (signal) => lane(open, worker, results, { ...work, signal })),
    )
    return lanes.find((until) => until !== null) ?? null
  } finally {
    // What can't be written is let go as well, or nobody could fetch it before its lock ends.
    await results.flush().finally(() => letGo(worker))
  }
}

/** Whether a source was left alone, and may be still. */
const isDown = async (source: string): Promise<boolean> =>
  (await findStandings()).some(({ name, failures }) => name === source && failures >= BREAKS_AFTER)

/** @param most jobs that it does. */
async function lane(
  open: OpenSource,
  worker: string,
  results: Results,
  { clock, signal, onResult, portion, isForced }: Work,
  most = Number.POSITIVE_INFINITY,
): Promise<Date | null> {
  for (let done = 0; done < most && !signal.aborted; done++) {
    const job = await (portion ?? { claim }).claim(open.name, worker, clock.now())
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
    // The source is not well; the next job would be told the same.
    if (outcome.outcome === 'later' && !outcome.isCounted) return outcome.dueAt
  }
  return null
}

/**
 * Does what comes, until the signal does. What goes wrong here is said, once while it stays the same, and tried again.
 */
export async function workOn(open: OpenSource, work: Work, say: (sentence: string) => void): Promise<void> {
  const { clock, signal } = work
  let said = ''
  while (!signal.aborted) {
    let pause = SELDOM
    try {
      await workOff(open, work)
      said = ''
    } catch (error) {
      const sentence = `Nothing can be fetched from ${open.name} now: ${error instanceof Error ? error.message : error}`
      if (sentence !== said && !signal.aborted) say(sentence)
      said = sentence
      if (isOurs(error)) pause = PAUSE
    }
    await clock.wait(pause, signal)
  }
}
