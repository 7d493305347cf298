import type { Readable, Writable } from 'node:stream'
import { InvalidArgumentError } from 'commander'

/** The environment of a command (`lib/<feature>/*.cli.ts`). */
export type Shell = {
  /**
   * Does the work with the database open.
   * @param options.create makes an embedded database where the data directory has none. Else that is an error: a wrong
   * SYRO_DATA_DIR must not look like an empty catalogue.
   */
  inDatabase: <Result>(work: () => Promise<Result>, options?: { create?: boolean }) => Promise<Result>
  /** Aborts on Ctrl-C. */
  signal: AbortSignal
  stdin: Readable
  /** For data and results. */
  stdout: Writable
  /** For progress and errors. */
  stderr: Writable & { isTTY?: boolean; columns?: number }
  /** Prints lines to `stdout` and `stderr`. */
  console: Pick<Console, 'log' | 'error'>
  /** Whether the process runs nothing else, so that a command may lower its priority. */
  ownsProcess: boolean
}

/** PostgreSQL's largest integer, and so the largest id. */
const MAX_ID = 2_147_483_647

/** Parses an argument or option that is a whole number; both bounds are inclusive. */
export const wholeNumber =
  (from: number, to = MAX_ID) =>
  (text: string): number => {
    const number = /^(0|[1-9]\d{0,9})$/.test(text) ? Number(text) : Number.NaN
    if (!(number >= from && number <= to))
      throw new InvalidArgumentError(`It must be a whole number from ${from} to ${to}.`)
    return number
  }
