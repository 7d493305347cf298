import type { Progress } from '@/lib/observability/progress'
import { runImport } from './run'
import type { Profile } from './synthetic/profile'
import { syntheticInput } from './synthetic/reader'

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

const SONGS = 10_000
const SEED = 136

/** Fills an empty database with the demo catalogue. */
export async function loadDemo(progress: Progress): Promise<void> {
  await runImport({ format: 'synthetic', inputs: [syntheticInput({ songs: SONGS, seed: SEED, profile })], progress })
}
