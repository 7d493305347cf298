import type { Lifetime } from '@/lib/lifetime'

/** The options of a benchmark. */
export type BenchOptions = {
  /** The size of the catalogue. */
  songs: number
  /** Runs one quick round to test the benchmark itself. Its figures are meaningless. */
  short: boolean
  /** Closes opened resources at its end. */
  lifetime: Lifetime
  /** Prints a line of progress. */
  say: (line: string) => void
}

/** A benchmark and its section in RESULTS.md. */
export type Benchmark = {
  /** The default number of songs. */
  songs: { usually: number; short: number }
  title: (songs: number) => string
  /** A description in Markdown. */
  about: (options: Pick<BenchOptions, 'songs' | 'short'>) => string
  /** @returns its results in Markdown. */
  run: (options: BenchOptions) => Promise<string>
}
