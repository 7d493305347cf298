import { format } from 'node:util'

/** Limits repeated errors in the log. Clients can cause some errors at any rate, and each is logged with its stack. */

/** Entries of one kind that are logged per window. */
const IN_FULL = 3
/** Kinds that are counted separately per window. */
const MAX_KINDS = 50
/** In characters: an error may contain a whole request. */
const MAX_LENGTH = 4_000

/** The parts that differ between entries of one kind: ids, hashes, numbers. */
const VARIABLE = /\b[0-9a-f]{8,}(?:-[0-9a-f]+)*\b|\d+/gi
const MAX_KIND = 200

const kindOf = (entry: string): string => entry.slice(0, MAX_KIND).replace(VARIABLE, '#')

/** Counts the entries of a window, which ends with `summary`. */
export class Repeats {
  private readonly counts = new Map<string, number>()
  private others = 0

  /** @returns the text to log; undefined for an entry that is only counted. */
  take(values: unknown[]): string | undefined {
    const entry = format(...values)
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

  /** A line for each kind with omitted entries. A new window begins. */
  summary(): string[] {
    const repeated = [...this.counts].filter(([, count]) => count > IN_FULL)
    const lines = repeated.map(([kind, count]) => `Repeated ${count - IN_FULL} more times: ${kind.split('\n', 1)[0]}`)
    if (this.others > 0) lines.push(`Omitted ${this.others} other entries.`)
    this.counts.clear()
    this.others = 0
    return lines
  }
}
