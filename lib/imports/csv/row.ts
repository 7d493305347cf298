import { toIsrc, toMbid } from '@/lib/catalogue/external-ids'
import { type AlbumKind, albumKinds } from '@/lib/catalogue/kinds'
import type { Fault } from '@/lib/imports/reader'
import { AlbumRecord } from '@/lib/imports/records'
import type { Columns, Field } from './columns'
import { toBareDurationMs, toCount, toDate, toDurationMs, toFlag, toKind, toList, toNumber } from './values'

/** Parses the cells of a row. Blank cells are absent. */

type Values = {
  title: string
  artist: string[]
  albumArtist: string[]
  album: string
  disc: number
  track: TrackNumber
  duration: number
  durationMs: number
  durationSeconds: number
  date: string
  genres: string[]
  label: string
  isrc: string
  composer: string
  kind: AlbumKind
  compilation: boolean
  listens: number
  id: string
  albumId: string
  recordingMbid: string
  artistMbid: string
  albumMbid: string
}

export type Row = Partial<Values>

/** A track's number on its disc; "A1" has none that orders it. */
type TrackNumber = { number: number | null; printed: string }

/** Parses a cell; null if it is invalid. */
type CellParser<Value> = { read: (text: string) => Value | null; expected: string }

const MAX_TEXT = 1_000
const text: CellParser<string> = {
  read: (cell) => (cell.length <= MAX_TEXT ? cell : null),
  expected: `must have at most ${MAX_TEXT} characters`,
}
const key: CellParser<string> = {
  read: (cell) => (cell.length <= 200 ? cell : null),
  expected: 'must have at most 200 characters',
}
const names: CellParser<string[]> = {
  read: (cell) => (cell.length <= MAX_TEXT ? toList(cell, /;/) : null),
  expected: text.expected,
}
const duration = (read: (cell: string) => number | null): CellParser<number> => ({
  read: (cell) => {
    const ms = read(cell)
    return ms !== null && ms <= 2_147_483_647 ? ms : null
  },
  expected: 'must be a duration such as 3:45',
})

const cells: { [F in Field]: CellParser<Values[F]> } = {
  title: text,
  artist: names,
  albumArtist: names,
  album: text,
  disc: { read: toNumber, expected: 'must be a number such as 2 or 2/3' },
  track: {
    read: (cell) => {
      const number = toNumber(cell)
      if (number !== null) return { number, printed: String(number) }
      return /^[A-Z]{1,2}\d{0,3}$/i.test(cell) ? { number: null, printed: cell } : null
    },
    expected: 'must be a number such as 3, 3/12 or A1',
  },
  duration: duration(toBareDurationMs),
  durationMs: duration((cell) => toDurationMs(cell, 1)),
  durationSeconds: duration((cell) => toDurationMs(cell, 1_000)),
  date: {
    read: (cell) => {
      const date = toDate(cell)
      return date !== null && AlbumRecord.shape.date.safeParse(date).success ? date : null
    },
    expected: 'must be a year or a date such as 1997 or 1997-05-21',
  },
  genres: { read: (cell) => (cell.length <= MAX_TEXT ? toList(cell, /[;|]/) : null), expected: text.expected },
  label: text,
  isrc: { read: toIsrc, expected: 'must be an ISRC such as GBAYE9700123' },
  composer: text,
  kind: { read: toKind, expected: `must be ${albumKinds.join(', ')}` },
  compilation: { read: toFlag, expected: 'must be 1, true, yes, 0, false or no' },
  listens: { read: toCount, expected: 'must be a whole number' },
  id: key,
  albumId: key,
  recordingMbid: mbid(),
  artistMbid: mbid(),
  albumMbid: mbid(),
}

/** Values that mean an empty cell. */
const BLANK: Partial<Record<Field, Set<string>>> = { date: new Set(['0', '0000']), track: new Set(['0']) }

/** Parses a row. `header` names the columns in errors. */
export function readRow(values: string[], columns: Columns, header: string[]): { row: Row } | { fault: Fault } {
  if (values.slice(header.length).some((value) => value !== ''))
    return { fault: { field: 'row', expected: `has ${values.length} cells, and the header has ${header.length}` } }
  const row: Row = {}
  for (const [field, at] of columns) {
    const value = values[at]?.trim() ?? ''
    if (value === '' || BLANK[field]?.has(value)) continue
    if (value.includes('\0'))
      return { fault: { field: header[at] ?? field, expected: 'must not hold a NUL character' } }
    if (!set(row, field, value))
      return {
        fault: { field: header[at] ?? field, expected: `${cells[field].expected}, not "${value.slice(0, 60)}"` },
      }
  }
  const title = columns.get('title') ?? 0
  return row.title === undefined
    ? { fault: { field: header[title] ?? 'title', expected: 'must not be blank' } }
    : { row }
}

/** @returns false if the text is invalid. */
function set<F extends Field>(row: Row, field: F, text: string): boolean {
  const value = cells[field].read(text)
  if (value === null) return false
  row[field] = value
  return true
}

function mbid(): CellParser<string> {
  return {
    read: toMbid,
    expected: 'must be a MusicBrainz id',
  }
}
