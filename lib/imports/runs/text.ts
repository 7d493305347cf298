import type { ImportOutcome } from '@/lib/imports/run'
import { printable } from '@/lib/observability/printable'
import { formatDuration } from '@/lib/observability/steps'
import type { ImportRunView } from './read'
import type { RowCounts, RowNote } from './rows'
import type { ImportResult } from './write'

/** Descriptions of imports for the command line. */

const count = (number: number, one: string): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : `${one}s`}`

/** "3,503 songs and 347 albums", without zeros; null if all are zero. */
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

/** "2 created, 1 merged", without zeros. */
function describeRows({ created, updated, unchanged, merged, rejected }: Omit<RowCounts, 'read'>): string {
  const counts = Object.entries({ created, updated, unchanged, merged, rejected })
  return counts
    .filter(([, number]) => number > 0)
    .map(([name, number]) => `${number.toLocaleString('en')} ${name}`)
    .join(', ')
}

/** Printed rows of each kind. */
const SHOWN = 10

function describeNotes(what: string, notes: RowNote[], all: number, after: ' ' | ': '): string[] {
  if (notes.length === 0) return []
  const lines = notes.slice(0, SHOWN).map(({ file, line, note }) => `  ${file}, line ${line}${after}${note}`)
  const more = all - lines.length
  return [`${what}:`, ...lines, ...(more > 0 ? [`  and ${more.toLocaleString('en')} more`] : [])]
}

/** The result of an import: a line of counts, and the first merged and rejected rows. */
export function describeOutcome({ rows, notes, result }: ImportOutcome, ms: number): string {
  const became = describeRows(rows)
  return [
    `${count(rows.read, 'row')} read in ${formatDuration(ms)}${became && `: ${became}`}. ${describeResult(result)}`,
    ...describeNotes('Merged', notes.merged, rows.merged, ' '),
    ...describeNotes('Rejected', notes.rejected, rows.rejected, ': '),
  ]
    .map(printable)
    .join('\n')
}

/** One line: "12  2026-11-21 10:20  succeeded  chinook  ChinookData.json  New: 275 artists …" */
export function describeRun(run: ImportRunView): string {
  const started = run.startedAt.slice(0, 16).replace('T', ' ')
  const unusual = describeRows({
    created: 0,
    updated: 0,
    unchanged: 0,
    merged: run.rowsMerged ?? 0,
    rejected: run.rowsSkipped,
  })
  const rows = count(run.rowsRead, 'row') + (unusual && ` (${unusual})`)
  const end = run.error ?? (run.result ? describeResult(run.result) : '')
  return [String(run.id).padStart(4), started, run.status.padEnd(11), run.format, run.files.join(', '), rows, end]
    .filter(Boolean)
    .map(printable)
    .join('  ')
}
