import type { EnrichedKind } from '@/lib/enrichment/shapes'
import { queueOverdue, type Result } from '@/lib/enrichment/store/commands'
import { countOverdue, findDue } from '@/lib/enrichment/store/queries'
import type { OpenSource } from './attempt'
import { type Work, workOff } from './work'

/** Fetching what is old, all at once: what an operator asks for, or cron. */

export type Refresh = {
  sources: OpenSource[]
  kinds: readonly EnrichedKind[]
  /** Of each kind from each source, at the most. */
  limit: number
  /** In ms: what was fetched longer ago is fetched again. What is not fresh any more, where it isn't given. */
  olderThan: number | null
  /** Whatever its age. */
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

/** @param onProgress told how many of how many are done, about. */
export async function refresh(
  { sources, kinds, limit, olderThan, force }: Refresh,
  work: Work,
  onProgress: (done: number, all: number) => void = () => {},
): Promise<Refreshed> {
  const now = work.clock.now().getTime()
  const ttl = work.ttl * 1_000
  // What was settled before a moment is good until that and the time to live. What is settled from now on is left out.
  const freshUntil = new Date(force ? now + ttl : olderThan === null ? now : now + ttl - olderThan)
  const outcomes = { found: 0, unchanged: 0, unknown: 0, failed: 0, later: 0, gone: 0 }
  const wanted = sources.flatMap((open) =>
    kinds.filter((kind) => open.source.kinds.includes(kind)).map((kind) => ({ open, kind, left: limit })),
  )
  let all = 0
  for (const { open, kind } of wanted) all += Math.min(limit, await countOverdue(kind, open.name, freshUntil))
  let done = 0
  const counting: Work = {
    ...work,
    onResult: (result) => {
      outcomes[result.outcome] += 1
      done += 1
      onProgress(done, Math.max(done, all))
      work.onResult?.(result)
    },
  }

  const leftAlone = new Map<string, Date>()
  const workAll = async (open: OpenSource) => {
    const until = await workOff(open, counting)
    if (until) leftAlone.set(open.name, until)
  }
  const refreshFrom = async (open: OpenSource) => {
    const queues = wanted.filter((each) => each.open === open)
    for (let queued = 1; queued > 0 && !leftAlone.has(open.name) && !work.signal.aborted; ) {
      queued = 0
      for (const queue of queues) {
        const { kind, left } = queue
        const overdue = { kind, source: open.name, freshUntil, limit: Math.min(left, BATCH) }
        const added = left > 0 ? await queueOverdue(overdue, work.clock.now()) : 0
        queue.left -= added
        queued += added
      }
      await workAll(open)
    }
  }
  await Promise.all(sources.map(refreshFrom))
  for (let round = 1; round < ROUNDS; round++)
    for (const open of sources)
      if (!leftAlone.has(open.name) && (await findDue(open.name, work.clock.now())).due > 0) await workAll(open)
  return { outcomes, leftAlone: [...leftAlone].map(([name, until]) => ({ name, until })) }
}
