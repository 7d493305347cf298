import { AsyncLocalStorage } from 'node:async_hooks'
import type { EnrichedKind } from '@/lib/catalogue/kinds'
import { queue } from '@/lib/enrichment/store/jobs'
import { env } from '@/lib/env'
import type { Entity } from './shapes'

/**
 * What pages show is fetched where it isn't fresh: noted when a page is rendered, queued a moment later, all of it in one
 * statement, when the page is long sent. A page that is kept is rendered anew every quarter of an hour while anybody asks
 * for it (lib/http/routes.ts), which is often enough for what is fresh for a day; and who asks makes no difference.
 */

/** After the first page that shows something, in ms; what others show meanwhile goes along. */
const SOON = 1_000
/** Things that wait to be queued, at the most: a crawler may have everything shown. The rest is shown again. */
const MOST = 5_000

const waiting = new Map<string, Entity>()
let timer: NodeJS.Timeout | undefined
/** Whoever notes something is a request, which a timer that it sets would hold. */
const outside = AsyncLocalStorage.snapshot()

/** Notes what a page shows. Costs nothing but a look at a map; never fails. */
export function noteShown(kind: EnrichedKind, shown: readonly { id: number }[]): void {
  if (env.ENRICHMENT.length === 0) return
  for (const { id } of shown) if (waiting.size < MOST) waiting.set(`${kind} ${id}`, { kind, id })
  if (waiting.size === 0) return
  timer ??= outside(() => setTimeout(() => void queueShown(new Date()), SOON).unref())
}

/**
 * Queues what was shown since the last time. What can't be queued now is when it is shown again.
 * @returns how many jobs there are more.
 */
export async function queueShown(now: Date): Promise<number> {
  clearTimeout(timer)
  timer = undefined
  const entities = [...waiting.values()]
  waiting.clear()
  // The database says itself that it is away, wherever something is asked of it.
  return queue(entities, env.ENRICHMENT, now).catch(() => 0)
}
