import { format } from 'node:util'

/**
 * Bounds what a repeated error writes to the log: anybody can cause some errors, as often as they like, and each would be
 * written with its stack.
 */

/** Entries of one kind that are written in a window. */
const IN_FULL = 3
/** Kinds that are told apart in a window. */
const MAX_KINDS = 50
/** Longest entry, in characters: an error may hold a whole request. */
const MAX_LENGTH = 4_000
const WINDOW_MS = 60_000

/** What differs between entries of one kind: ids, hashes, numbers. */
const VARIABLE = /\b[0-9a-f]{8,}(?:-[0-9a-f]+)*\b|\d+/gi
const MAX_KIND = 200

const kindOf = (entry: string): string => entry.slice(0, MAX_KIND).replace(VARIABLE, '#')

/** Counts the entries of one window, which ends with `summary`. */
export class Repeats {
  private readonly counts = new Map<string, number>()
  private others = 0

  /** @returns the entry as it is written; undefined for one that is only counted. */
  take(given: unknown[]): string | undefined {
    const entry = format(...given)
    const kind = kindOf(entry)
    const count = (this.counts.get(kind) ?? 0) + 1
    if (count === 1 && this.counts.size === MAX_KINDS) {
      this.others += 1
      return undefined
    }
    this.counts.set(kind, count)
    if (count > IN_FULL) return undefined
    const rest = entry.length - MAX_LENGTH
    return rest > 0 ? `${entry.slice(0, MAX_LENGTH)}… (${rest} more characters)` : entry
  }

  /** A line for each kind of which entries were left out. A new window begins. */
  summary(): string[] {
    const repeated = [...this.counts].filter(([, count]) => count > IN_FULL)
    const lines = repeated.map(([kind, count]) => `Repeated ${count - IN_FULL} more times: ${kind.split('\n', 1)[0]}`)
    if (this.others > 0) lines.push(`Left out ${this.others} other entries.`)
    this.counts.clear()
    this.others = 0
    return lines
  }
}

/**
 * From now on what this thread writes to the log about errors is bounded.
 * @returns a function that writes what is still counted.
 */
export function boundLog(): () => void {
  const repeats = new Repeats()
  const { error, warn } = console
  const bounded =
    (write: typeof error): typeof error =>
    (...given) => {
      const entry = repeats.take(given)
      if (entry !== undefined) write('%s', entry)
    }
  console.error = bounded(error)
  console.warn = bounded(warn)
  const summarise = () => {
    for (const line of repeats.summary()) error('%s', line)
  }
  setInterval(summarise, WINDOW_MS).unref()
  return summarise
}
