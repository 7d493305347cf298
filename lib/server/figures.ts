import { setTimeout as delay } from 'node:timers/promises'
import { FIGURES_VERSION } from '@/lib/catalogue/figures/version'
import { rebuildAlone } from '@/lib/catalogue/rebuild'
import { pool } from '@/lib/db/pool'
import { AppError } from '@/lib/errors'
import type { Lifetime } from '@/lib/lifetime'
import { log } from '@/lib/observability/log'
import type { Steps } from '@/lib/observability/steps'
import { runSyroProcess } from '@/lib/syro-process'

/** Up to this many songs the start waits for the figures: a second or two. */
const FEW = 20_000
/** Pause between attempts while an import or another site's rebuild is running. */
const RETRY_MS = 60_000

async function findStale(): Promise<{ songs: number } | undefined> {
  const { rows } = await pool().query<{ songs: number }>(
    `SELECT song_count AS songs FROM catalogue
     WHERE figures_version < $1 AND artist_count + album_count + song_count + playlist_count > 0`,
    [FIGURES_VERSION],
  )
  return rows[0]
}

/**
 * Recomputes derived figures that an older version of SyroMusic computed: a small catalogue's before the site listens,
 * a large one's meanwhile, in another process.
 */
export async function ensureFigures(root: string, lifetime: Lifetime, steps: Steps): Promise<void> {
  const stale = await findStale()
  if (!stale) return
  const stop = new AbortController()
  let running: Promise<void> | undefined
  lifetime.onEnd(async () => {
    stop.abort()
    await running
  })
  const isSmall = stale.songs <= FEW
  const again = () => (isSmall ? rebuildHere(stop.signal) : runSyroProcess(root, ['rebuild'], stop.signal))
  if (isSmall) await steps.step('Recomputing sort keys and counts', again)
  running = retryUntilDone(again, stop.signal).catch((error: unknown) => {
    if (!stop.signal.aborted) log.error({ err: error }, 'Sort keys and counts could not be recomputed')
  })
}

/** Leaves the work to the process that holds the lock: another site that starts, or an import. */
async function rebuildHere(signal: AbortSignal): Promise<void> {
  await rebuildAlone(signal).catch((error: unknown) => {
    if (!(error instanceof AppError && error.code === 'conflict')) throw error
  })
}

async function retryUntilDone(again: () => Promise<void>, signal: AbortSignal): Promise<void> {
  while (await findStale()) {
    await again()
    if (!(await findStale())) return
    await delay(RETRY_MS, undefined, { signal, ref: false })
  }
}
