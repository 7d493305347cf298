/** What commands (`lib/<feature>/*.cli.ts`) need of the process that runs them. */
export type Shell = {
  /** Does the work with the database open. */
  inDatabase: <Result>(work: () => Promise<Result>) => Promise<Result>
  /** Comes when the person at the terminal has enough. */
  signal: AbortSignal
}
