/** Formats numbers, durations (in ms) and dates. */

let numbers: Intl.NumberFormat | undefined
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** "3,503" */
export function number(value: number): string {
  // Created on first use, because the first one takes a phone's browser 170 ms, which would delay hydration.
  numbers ??= new Intl.NumberFormat('en')
  return numbers.format(value)
}

/** "3,503 songs", "1 song", "no songs"; for nouns with a plural in -s. */
export const count = (value: number, noun: string): string =>
  `${value === 0 ? 'no' : number(value)} ${noun}${value === 1 ? '' : 's'}`

/** The length of a song: "3:45", "1:02:03". */
export function clock(ms: number): string {
  const seconds = Math.round(ms / 1000)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const shown = parts[0] ? parts : parts.slice(1)
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':')
}

/** The length of an album or a playlist: "1 h 12 min", "53 min", "2 h"; below a minute "45 s". */
export function span(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  if (minutes === 0) return `${Math.round(ms / 1000)} s`
  const hours = Math.floor(minutes / 60)
  const parts = [hours && `${number(hours)} h`, minutes % 60 && `${minutes % 60} min`]
  return parts.filter(Boolean).join(' ')
}

/**
 * The length of an album or a playlist in which `known` of `all` songs have a known length: "53 min", "at least 3 min"; empty
 * if no length is known.
 */
export function wholeSpan({ ms, known, all }: { ms: number; known: number; all: number }): string {
  if (known === 0 || ms === 0) return ''
  return known < all ? `at least ${span(ms)}` : span(ms)
}

/** The known parts of a date: "1997", "May 1997", "21 May 1997", or nothing. */
export function date({ year, month, day }: { year: number | null; month: number | null; day: number | null }): string {
  if (year === null) return ''
  const name = month === null ? undefined : months[month - 1]
  return [name && day, name, year].filter(Boolean).join(' ')
}

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Joins the known facts: "1997 · 12 songs · 53 min". A line breaks after the dot. */
export const facts = (...known: (string | false | null | undefined)[]): string =>
  known.flatMap((fact) => (fact ? [isolated(fact)] : [])).join('\u00a0· ')

/** Isolates right-to-left text, which would otherwise reorder its neighbours. */
const isolated = (text: string): string =>
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(text) ? `\u2068${text}\u2069` : text
