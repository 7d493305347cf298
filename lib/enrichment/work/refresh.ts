import type { EnrichedKind } from '@/lib/catalogue/kinds'
import { queueOverdue, type Result } from '@/lib/enrichment/store/jobs'
import { type AgeFilter, countDue, countOverdue, findDue } from '@/lib/enrichment/store/read'
import { freeJobsOfTheDead } from '@/lib/enrichment/workers'
import type { OpenSource } from './job'
import { Quota } from './quota'
import { runConcurrently } from './run-concurrently'
import { runDueJobs, type Work } from './work'

/** `syro refresh`: fetches all outdated data. */

export type Refresh = {
  sources: OpenSource[]
  kinds: readonly EnrichedKind[]
  /** The maximum for each kind and source. */
  limit: number
  /** Fetches data older than this, in ms; if null, data that is no longer fresh. */
  olderThan: number | null
  /** Fetches everything, also unchanged data. */
  force: boolean
}

/** Jobs queued at a time: a catalogue of millions is not queued for a month ahead. */
const BATCH = 500
/** Rounds: ids that one source learns requeue jobs of another. */
const ROUNDS = 3

export type RefreshSummary = {
  outcomes: Record<Result['outcome'], number>
  /** Paused sources. */
  leftAlone: { name: string; until: Date }[]
}

/**
 * @param onProgress called with approximate numbers.
 * @throws errors of the database and the storage; results until then are kept.
 */
export async function refresh(
  { sources, kinds, limit, olderThan, force }: Refresh,
  work: Work,
  onProgress: (done: number, all: number) => void = () => {},
): Promise<RefreshSummary> {
  const began = work.clock.now()
  const settledBefore = olderThan === null || force ? null : new Date(began.getTime() - olderThan)
  // Results of this run are left out.
  const age: AgeFilter =
    force || settledBefore ? { by: 'settled_at', before: settledBefore ?? began } : { by: 'fresh_until', before: began }
  const outcomes = { found: 0, unchanged: 0, unknown: 0, failed: 0, later: 0, gone: 0 }
  const plans = sources.map((open) => {
    const left = new Map(kinds.filter((kind) => open.source.kinds.includes(kind)).map((kind) => [kind, limit]))
    return { open, left, unknown: new Map<EnrichedKind, number>() }
  })
  let all = 0
  for (const { open, left } of plans) {
    await freeJobsOfTheDead(open.name)
    for (const [kind] of left) {
      const due = await countDue(open.name, kind, settledBefore, began)
      all += Math.min(limit, due + (await countOverdue(kind, open.name, age)))
    }
  }
  let done = 0
  const leftAlone = new Map<string, Date>()
  const workAll = async ({ open, unknown }: (typeof plans)[number], quota: Quota, signal: AbortSignal) => {
    const onResult = (result: Result) => {
      outcomes[result.outcome] += 1
      if (result.outcome === 'unknown') unknown.set(result.kind, (unknown.get(result.kind) ?? 0) + 1)
      done += 1
      onProgress(done, Math.max(done, all))
      work.onResult?.(result)
    }
    const until = await runDueJobs(open, { ...work, signal, onResult, quota, isForced: force })
    if (until) leftAlone.set(open.name, until)
  }
  const isOver = (open: OpenSource, signal: AbortSignal) => leftAlone.has(open.name) || signal.aborted

  const refreshFrom = async (each: (typeof plans)[number], signal: AbortSignal) => {
    const { open, left } = each
    const quota = new Quota(left, { settledBefore, queuedSince: null })
    for (let isMore = true; isMore && !isOver(open, signal); ) {
      const { taken } = quota
      let added = 0
      for (const [kind, most] of left) {
        const now = work.clock.now()
        // Jobs in the queue come first: pages or an aborted run queued them.
        const missing = Math.min(most, BATCH) - (await countDue(open.name, kind, settledBefore, now))
        if (missing > 0) added += await queueOverdue({ kind, source: open.name, age, limit: missing }, now)
      }
      await workAll(each, quota, signal)
      isMore = added > 0 || quota.taken > taken
    }
  }
  await runConcurrently(
    work.signal,
    plans.map((each) => (signal) => refreshFrom(each, signal)),
  )
  for (let round = 1; round < ROUNDS; round++)
    for (const each of plans) {
      const { open, left, unknown } = each
      if (isOver(open, work.signal) || (await findDue(open.name, work.clock.now())).due === 0) continue
      // Entities that were not found don't count again when another source's id requeues them.
      const again = new Map([...left].map(([kind, most]) => [kind, most + (unknown.get(kind) ?? 0)]))
      unknown.clear()
      const quota = new Quota(again, { settledBefore: null, queuedSince: began })
      await workAll(each, quota, work.signal)
      for (const [kind, most] of again) left.set(kind, most)
    }
  return { outcomes, leftAlone: [...leftAlone].map(([name, until]) => ({ name, until })) }
}
