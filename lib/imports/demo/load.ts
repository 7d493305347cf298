import { findTotals } from '@/lib/catalogue/home'
import { pool } from '@/lib/db/pool'
import { withSession } from '@/lib/db/session'
import { AppError } from '@/lib/errors'
import { runImport } from '@/lib/imports/run'
import type { Profile } from '@/lib/imports/synthetic/profile'
import { syntheticInput } from '@/lib/imports/synthetic/reader'
import type { Progress } from '@/lib/observability/progress'
import { DEMO } from './source'

/**
 * The catalogue of a first start: large enough for every kind of page to have something on it, small enough to be
 * there in seconds. Tuned so that no artist fills a first page and that no song looks unheard.
 */
const profile: Profile = {
  today: { year: 2026, month: 11, day: 20 },
  prolific: { albumsPerSong: 0.006, albums: 60 },
  longestPlaylist: 1_000,
  leastFame: 2_000,
}

/** "DEMO" in ASCII: the key of the advisory lock for loading the demo. */
const LOADING_DEMO = 0x44454d4f

/** Fills an empty database with the demo catalogue. */
export async function loadDemo(progress: Progress): Promise<void> {
  await runImport({ format: 'synthetic', inputs: [syntheticInput({ ...DEMO, profile })], progress })
}

/** Whether nothing was ever imported. A removed demo does not come back at the next start. */
export async function isDemoWanted(): Promise<boolean> {
  const { rows } = await pool().query<{ wanted: boolean }>(
    "SELECT NOT EXISTS (SELECT FROM import_run WHERE status = 'succeeded') AS wanted",
  )
  return (rows[0]?.wanted ?? false) && Object.values(await findTotals()).every((total) => total === 0)
}

/**
 * Loads the demo if nothing was ever imported. If several sites start on one empty database, one loads it and the others
 * wait.
 * @returns false if another import is running, which is about to fill the catalogue.
 */
export async function loadDemoIfWanted(progress: Progress): Promise<boolean> {
  try {
    await withSession('syromusic demo', undefined, async (client) => {
      await client.query('SELECT pg_advisory_lock($1)', [LOADING_DEMO])
      if (await isDemoWanted()) await loadDemo(progress)
    })
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict') return false
    throw error
  }
}
