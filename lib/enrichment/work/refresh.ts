import type { EnrichedKind } from '@/lib/catalogue/kinds'
import { queueOverdue, type Result } from '@/lib/enrichment/store/jobs'
import { type Age, countDue, countOverdue, findDue } from '@/lib/enrichment/store/read'
import { freeJobsOfTheDead } from '@/lib/enrichment/workers'
import { together } from './concurrent'
import type { OpenSource } from './job'
import { Portion } from './quota'
import { type Work, workOff } from './work'

/** Fetching what is old, all at once: what an operator asks for, or cron. */

export type Refresh = {
  sources: OpenSource[]
  kinds: readonly EnrichedKind[]
  /** Of each kind from each source, at the most. */
  limit: number
  /** In ms: what was fetched longer ago is fetched again. What is not fresh any more, where it isn't given. */
  olderThan: number | null
  /** Whatever its age, and whether it has changed or not. */
  force: boolean
}

/** Queued at a time: a catalogue of millions is not queued for a month ahead. */
const BATCH = 500
/** What one source learns wakes another, which wakes no more. */
const ROUNDS = 3

export type Refreshed = {
  outcomes: Record<Result['outcome'], number>
  /** Sources that failed too often, and until when they are left alone. */
  leftAlone: { name: string; until: Date }[]
}

/**
 * @param onProgress told how many of how many are done, about.
 * @throws what the database throws, and the storage of pictures: what was fetched until then is kept.
 */
export async function refresh(
  { sources, kinds, limit, olderThan, force }: Refresh,
  work: Work,
  onProgress: (done: number, all: number) => void = () => {},
): Promise<Refreshed> {
  const began = work.clock.now()
  const settledBefore = olderThan === null || force ? null : new Date(began.getTime() - olderThan)
  // What is settled from now on is left out.
  const age: Age =
    force || settledBefore ? { by: 'settled_at', before: settledBefore ?? began } : { by: 'fresh_until', before: began }
  const outcomes = { found: 0, unchanged: 0, unknown: 0, failed: 0, later: 0, gone: 0 }
  const wanted = sources.map((open) => {
    const left = new Map(kinds.filter((kind) => open.source.kinds.includes(kind)).map((kind) => [kind, limit]))
    return { open, left, unknown: new Map<EnrichedKind, number>() }
  })
  let all = 0
  for (const { open, left } of wanted) {
    await freeJobsOfTheDead(open.name)
    for (const [kind] of left) {
      const due = await countDue(open.name, kind, settledBefore, began)
      all += Math.min(limit, due + (await countOverdue(kind, open.name, age)))
    }
  }
  let done = 0
  const leftAlone = new Map<string, Date>()
  const workAll = async ({ open, unknown }: (typeof wanted)[number], portion: Portion, signal: AbortSignal) => {
    const onResult = (result: Result) => {
      outcomes[result.outcome] += 1
      if (result.outcome === 'unknown') unknown.set(result.kind, (unknown.get(result.kind) ?? 0) + 1)
      done += 1
      onProgress(done, Math.max(done, all))
      work.onResult?.(result)
    }
    const until = await workOff(open, { ...work, signal, onResult, portion, isForced: force })
    if (until) leftAlone.set(open.name, until)
  }
  const isOver = (open: OpenSource, signal: AbortSignal) => leftAlone.has(open.name) || signal.aborted

  const refreshFrom = async (each: (typeof wanted)[number], signal: AbortSignal) => {
    const { open, left } = each
    const portion = new Portion(left, { settledBefore, queuedSince: null })
    for (let isMore = true; isMore && !isOver(open, signal); ) {
      const { taken } = portion
      let added = 0
      for (const [kind, most] of left) {
        const now = work.clock.now()
        // What is queued already comes first: pages wanted it, or a run that was ended.
        const missing = Math.min(most, BATCH) - (await countDue(open.name, kind, settledBefore, now))
        if (missing > 0) added += await queueOverdue({ kind, source: open.name, age, limit: missing }, now)
      }
      await workAll(each, portion, signal)
      isMore = added > 0 || portion.taken > taken
    }
  }
  await together(
    work.signal,
    wanted.map((each) => (signal) => refreshFrom(each, signal)),
  )
  for (let round = 1; round < ROUNDS; round++)
    for (const each of wanted) {
      const { open, left, unknown } = each
      if (isOver(open, work.signal) || (await findDue(open.name, work.clock.now())).due === 0) continue
      // What was not known counts once, also where it is asked for again with what another source knows.
      const again = new Map([...left].map(([kind, most]) => [kind, most + (unknown.get(kind) ?? 0)]))
      unknown.clear()
      const portion = new Portion(again, { settledBefore: null, queuedSince: began })
      await workAll(each, portion, work.signal)
      for (const [kind, most] of again) left.set(kind, most)
    }
  return { outcomes, leftAlone: [...leftAlone].map(([name, until]) => ({ name, until })) }
}
