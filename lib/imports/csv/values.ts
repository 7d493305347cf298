import { type AlbumKind, albumKinds } from '@/lib/catalogue/kinds'

/** Parsers of cells as people and programs write them. They return null for invalid text. */

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
const SECOND_MS = 1_000

/** "3:45", "1:02:03", "3:45.5", or a number of `unit` milliseconds. */
export function toDurationMs(text: string, unit: number): number | null {
  const clock = /^(?:(\d{1,4}):)?(\d{1,5}):([0-5]?\d(?:\.\d{1,6})?)$/.exec(text)
  if (clock) {
    const [hours = 0, minutes = 0, seconds = 0] = clock.slice(1).map((part) => Number(part ?? 0))
    return Math.round(hours * HOUR_MS + minutes * MINUTE_MS + seconds * SECOND_MS)
  }
  return /^\d+(\.\d+)?$/.test(text) ? Math.round(Number(text) * unit) : null
}

/** A duration without a unit. "225" is seconds; five digits or more, as in "225000", are milliseconds. */
export const toBareDurationMs = (text: string): number | null =>
  toDurationMs(text, /^\d{5,}$/.test(text) ? 1 : SECOND_MS)

/** "3", "03", "3/12", "3 of 12"; from 1. */
export function toNumber(text: string): number | null {
  const [, number] = /^0*([1-9]\d{0,4})(?:\s*(?:\/|of)\s*\d+)?$/i.exec(text) ?? []
  return number === undefined ? null : Number(number)
}

/** "1997", "1997-05", "1997-05-21", "1997/5/21", or with a time after it; "1997-00-00" is "1997". */
export function toDate(text: string): string | null {
  const [, year, month, day] = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ].*)?$/.exec(text) ?? []
  if (year === undefined) return null
  const known = [month, day].map((part) => (part === undefined || Number(part) === 0 ? null : part.padStart(2, '0')))
  const [knownMonth, knownDay] = known
  return [year, ...(knownMonth ? [knownMonth, ...(knownDay ? [knownDay] : [])] : [])].join('-')
}

/** The names in a cell. */
export const toList = (text: string, divider: RegExp): string[] => [
  ...new Set(
    text
      .split(divider)
      .map((part) => part.trim())
      .filter(Boolean),
  ),
]

const YES = new Set(['1', 'true', 'yes', 'y', 'x'])
const NO = new Set(['0', 'false', 'no', 'n', ''])

export function toFlag(text: string): boolean | null {
  const folded = text.toLowerCase()
  return YES.has(folded) ? true : NO.has(folded) ? false : null
}

/** "12,345", "12345" */
export function toCount(text: string): number | null {
  const plain = /^\d{1,3}(,\d{3})+$/.test(text) ? text.replaceAll(',', '') : text
  return /^\d{1,11}$/.test(plain) ? Number(plain) : null
}

const kinds: Record<string, string> = {
  lp: 'album',
  'extended play': 'ep',
  maxi: 'single',
  'live album': 'live',
  'greatest hits': 'compilation',
  ost: 'soundtrack',
}

export function toKind(text: string): AlbumKind | null {
  const folded = text.toLowerCase()
  const name = kinds[folded] ?? folded
  return albumKinds.find((kind) => kind === name) ?? null
}
