import { lowerPriority } from '@/lib/imports/priority'
import { runImport } from '@/lib/imports/run'
import { syntheticInput } from '@/lib/imports/synthetic/reader'
import type { ImportFigures } from './measured-import'

/** The importing process: imports a catalogue and sends its time and memory. */

const [songs = 0, seed = 0] = process.argv.slice(2).map(Number)
lowerPriority()
const started = performance.now()
const steps: ImportFigures['steps'] = []
let step = 'Reading and staging'
let since = started
const next = (following: string) => {
  const now = performance.now()
  steps.push({ name: step, seconds: (now - since) / 1_000 })
  step = following
  since = now
}

const { result, rows } = await runImport({
  format: 'synthetic',
  inputs: [syntheticInput({ songs, seed })],
  progress: { read: () => {}, step: next },
})
next('')
const figures: ImportFigures = {
  seconds: (performance.now() - started) / 1_000,
  maxRssMiB: process.resourceUsage().maxRSS / 1_024,
  rowsRead: rows.read,
  songs: result.songs.created,
  albums: result.albums.created,
  artists: result.artists.created,
  steps,
}
process.send?.(figures)
