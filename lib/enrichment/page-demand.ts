import { AsyncLocalStorage } from 'node:async_hooks'
import type { EnrichedKind } from '@/lib/catalogue/kinds'
import { queue } from '@/lib/enrichment/store/jobs'
import { env } from '@/lib/env'
import type { Entity } from './schemas'

/**
 * Queues fetches for entities that pages show: noted when a page is rendered, queued a moment later in one statement. Cached
 * pages are rendered again every quarter of an hour while they are requested (lib/http/routes.ts), which is often enough for
 * data that is fresh for a day.
 */

/** The delay after the first page, in ms, to collect entities of more pages. */
const DELAY_MS = 1_000
/** The maximum of waiting entities, because a crawler requests all pages. Dropped entities are noted again later. */
const MAX_WAITING = 5_000

const waiting = new Map<string, Entity>()
let timer: NodeJS.Timeout | undefined
/** Timers start outside the request's async context; inside, they would keep the request alive. */
const outside = AsyncLocalStorage.snapshot()

/** Notes entities that a page shows. Costs a map access; never fails. */
export function noteDemand(kind: EnrichedKind, shown: readonly { id: number }[]): void {
  if (env.ENRICHMENT.length === 0) return
  for (const { id } of shown) if (waiting.size < MAX_WAITING) waiting.set(`${kind} ${id}`, { kind, id })
  if (waiting.size === 0) return
  timer ??= outside(() => setTimeout(() => void queueDemand(new Date()), DELAY_MS).unref())
}

/**
 * Queues the noted entities. If that fails, they are noted again when a page shows them.
 * @returns the number of new jobs.
 */
export async function queueDemand(now: Date): Promise<number> {
  clearTimeout(timer)
  timer = undefined
  const entities = [...waiting.values()]
  waiting.clear()
  // Other queries report that the database is unavailable.
  return queue(entities, env.ENRICHMENT, now).catch(() => 0)
}
