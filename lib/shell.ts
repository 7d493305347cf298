import { InvalidArgumentError } from 'commander'

/** What commands (`lib/<feature>/*.cli.ts`) need of the process that runs them. */
export type Shell = {
  /**
   * Does the work with the database open.
   * @param options.create makes an embedded database where the data directory has none. Else that is an error: a wrong
   * SYRO_DATA_DIR must not look like an empty catalogue.
   */
  inDatabase: <Result>(work: () => Promise<Result>, options?: { create?: boolean }) => Promise<Result>
  /** Comes when the person at the terminal has enough. */
  signal: AbortSignal
}

/** PostgreSQL's largest integer: of ids, and more than anybody counts to. */
const LARGEST = 2_147_483_647

/** Reads an argument or option that is a whole number; both bounds may be reached. */
export const wholeNumber =
  (from: number, to = LARGEST) =>
  (text: string): number => {
    const number = /^(0|[1-9]\d{0,9})$/.test(text) ? Number(text) : Number.NaN
    if (!(number >= from && number <= to))
      throw new InvalidArgumentError(`It must be a whole number from ${from} to ${to}.`)
    return number
  }
