import { onChange } from '@/lib/cache/changes/recent'
import { pool } from '@/lib/db/pool'
import { withSession } from '@/lib/db/session'
import { runSyroProcess } from '@/lib/syro-process'
import { pendingWork } from './status'
import { applyChanges, lockIndex, rebuildIndex } from './update'

/**
 * Keeps the index up to date while a site runs: soon after each notification of a change, and at an interval for missed
 * ones. With several sites on one database, one at a time does it.
 */

/** The delay after a notification, so that one update covers changes that come together. */
const DELAY_MS = 100
/** The polling interval without notifications. */
const INTERVAL_MS = 30_000

/** @returns a function that stops the updates and waits for the current one. */
export function keepIndex(root: string, onError: (error: unknown) => void): () => Promise<void> {
  const stop = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let isRequested = false

  const run = (): void => {
    clearTimeout(timer)
    if (stop.signal.aborted) return
    if (running) {
      isRequested = true
      return
    }
    isRequested = false
    running = updateOrRebuild(root, stop.signal)
      .catch((error: unknown) => {
        if (!stop.signal.aborted) onError(error)
      })
      .finally(() => {
        running = undefined
        wait(isRequested ? DELAY_MS : INTERVAL_MS)
      })
  }
  const wait = (ms: number): void => {
    clearTimeout(timer)
    if (stop.signal.aborted) return
    timer = setTimeout(run, ms)
    timer.unref()
  }
  onChange(() => {
    if (running) isRequested = true
    else wait(DELAY_MS)
  })
  wait(DELAY_MS)
  return async () => {
    stop.abort()
    clearTimeout(timer)
    await running
  }
}

/** Whether the site can start: the index exists, or building it takes too long to wait for. */
export async function isSearchable(): Promise<boolean> {
  const { isBuilt, isMuch } = await pendingWork(pool())
  return isBuilt || isMuch
}

/**
 * Updates the index, unless another process does. A large rebuild runs in a separate process, because folding millions of
 * titles would block the site.
 */
export async function updateOrRebuild(root: string, signal: AbortSignal): Promise<void> {
  const isMuch = await withSession('syromusic search', signal, async (client) => {
    const work = await pendingWork(client)
    if ((!work.isAll && !work.isSome) || !(await lockIndex(client))) return false
    if (work.isMuch) return true
    if (work.isAll) await rebuildIndex(client, { signal })
    else for (let indexed = -1; indexed !== 0 && !signal.aborted; ) indexed = await applyChanges(client)
    return false
  })
  // The lock ended with the session; the other process takes it.
  if (isMuch && !signal.aborted) await runSyroProcess(root, ['search', 'update'], signal)
}
