import type { Lifetime } from '@/lib/lifetime'

/** What a benchmark is asked for. */
export type BenchOptions = {
  /** Of the catalogue that is measured. */
  songs: number
  /** One round of everything, in seconds: to see that it works. The figures say nothing. */
  short: boolean
  /** What is opened is closed at its end, however that comes. */
  lifetime: Lifetime
  /** Told how far it is, a line at a time. */
  say: (line: string) => void
}

/** Something that is measured, and its section in RESULTS.md. */
export type Benchmark = {
  /** Songs where nobody says how many. */
  songs: { usually: number; short: number }
  title: (songs: number) => string
  /** What is done, in Markdown. */
  about: (options: Pick<BenchOptions, 'songs' | 'short'>) => string
  /** @returns what it found, in Markdown. */
  run: (options: BenchOptions) => Promise<string>
}
