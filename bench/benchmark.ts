/** A benchmark: what it is called, how it is repeated with other numbers, and what it finds. */
export type Benchmark = {
  title: string
  /** What is measured and how, and what to look for; Markdown. */
  about: string
  /** @param say shows what it is doing. @returns its figures, in Markdown. */
  run: (say: (line: string) => void) => Promise<string>
}
