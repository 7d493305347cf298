import pg from 'pg'
import { onForget } from '@/lib/cache/forget'
import { cancelOnAbort } from '@/lib/db/cancel'
import { pool } from '@/lib/db/pool'
import { databaseUrl } from '@/lib/db/url'
import { runSyro } from '@/lib/run-syro'
import { workToDo } from './sources'
import { applyChanges, lockIndex, rebuildIndex } from './update'

/**
 * Keeps the index up to date while a site runs: soon after a change is heard, and every now and then for what was not.
 * Several sites on one database may all try; one at a time does it.
 */

/** After a change is heard: what comes with it is done together. */
const SOON_MS = 100
/** Between looks where nothing is heard. */
const SELDOM_MS = 30_000

/** @returns a function that stops it, and waits for what is under way. */
export function keepIndex(root: string, onError: (error: unknown) => void): () => Promise<void> {
  const stop = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let isAsked = false

  const run = (): void => {
    clearTimeout(timer)
    if (stop.signal.aborted) return
    if (running) {
      isAsked = true
      return
    }
    isAsked = false
    running = bringUpToDate(root, stop.signal)
      .catch((error: unknown) => {
        if (!stop.signal.aborted) onError(error)
      })
      .finally(() => {
        running = undefined
        wait(isAsked ? SOON_MS : SELDOM_MS)
      })
  }
  const wait = (ms: number): void => {
    clearTimeout(timer)
    if (stop.signal.aborted) return
    timer = setTimeout(run, ms)
    timer.unref()
  }
  onForget(() => {
    if (running) isAsked = true
    else wait(SOON_MS)
  })
  wait(SOON_MS)
  return async () => {
    stop.abort()
    clearTimeout(timer)
    await running
  }
}

/** Whether there is an index, or none can be made before the site is to be there. */
export async function isSearchable(): Promise<boolean> {
  const { isBuilt, isMuch } = await workToDo(pool())
  return isBuilt || isMuch
}

/**
 * Does what is to be done, where nobody else does it. What is much is done by a process of its own: folding millions of
 * titles would keep visitors waiting.
 */
export async function bringUpToDate(root: string, signal: AbortSignal): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl(), application_name: 'syromusic search' })
  client.on('error', () => {})
  await client.connect()
  const stopCancelling = cancelOnAbort(client, databaseUrl(), signal)
  let isMuch = false
  try {
    const work = await workToDo(client)
    if ((!work.isAll && !work.isSome) || !(await lockIndex(client))) return
    isMuch = work.isMuch
    if (isMuch) return
    if (work.isAll) await rebuildIndex(client, { signal })
    else for (let made = -1; made !== 0 && !signal.aborted; ) made = await applyChanges(client)
  } finally {
    stopCancelling()
    // With it the lock goes, which the other process takes.
    await client.end()
    if (isMuch && !signal.aborted) await runSyro(root, ['search', 'update'], signal)
  }
}
