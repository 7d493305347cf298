import type { ImportOutcome } from '@/lib/imports/run'
import { printable } from '@/lib/observability/printable'
import { formatDuration } from '@/lib/observability/steps'
import type { ImportResult } from './commands'
import type { ImportRunView } from './queries'

/** Runs in words, for the command line. */

const count = (number: number, one: string): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : `${one}s`}`

/** "3,503 songs and 347 albums", of what has any; null where nothing has. */
function listOf(result: ImportResult, which: 'created' | 'updated'): string | null {
  const { artists, albums, songs, genres, playlists } = result
  const numbers: [number, string][] = [
    [artists[which], 'artist'],
    [albums[which], 'album'],
    [songs[which], 'song'],
    [which === 'created' ? genres.created : 0, 'genre'],
    [playlists[which], 'playlist'],
  ]
  const parts = numbers.filter(([number]) => number > 0).map(([number, one]) => count(number, one))
  return parts.length === 0 ? null : new Intl.ListFormat('en').format(parts)
}

function describeResult(result: ImportResult): string {
  const created = listOf(result, 'created')
  const updated = listOf(result, 'updated')
  const sentences = [...(created ? [`New: ${created}.`] : []), ...(updated ? [`Updated: ${updated}.`] : [])]
  return sentences.join(' ') || 'Nothing is new.'
}

export function describeOutcome({ rowsRead, rowsSkipped, result }: ImportOutcome, ms: number): string {
  const rejected = rowsSkipped > 0 ? `, ${count(rowsSkipped, 'row')} rejected` : ''
  return `${count(rowsRead, 'row')} read in ${formatDuration(ms)}${rejected}. ${describeResult(result)}`
}

/** One line: "12  2026-11-21 10:20  succeeded  chinook  ChinookData.json  New: 275 artists …" */
export function describeRun(run: ImportRunView): string {
  const started = run.startedAt.slice(0, 16).replace('T', ' ')
  const rows =
    count(run.rowsRead, 'row') + (run.rowsSkipped > 0 ? ` (${run.rowsSkipped.toLocaleString('en')} rejected)` : '')
  const end = run.error ?? (run.result ? describeResult(run.result) : '')
  return [String(run.id).padStart(4), started, run.status.padEnd(11), run.format, run.files.join(', '), rows, end]
    .filter(Boolean)
    .map(printable)
    .join('  ')
}
