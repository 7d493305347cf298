import type { Figure } from '@/bench/figures'
import { quantile } from '@/bench/statistics'

/** Runs each query once a round, one at a time. @returns the times of each round, in ms. */
export async function timesOf<Query>(
  all: readonly Query[],
  rounds: number,
  run: (query: Query) => Promise<unknown>,
): Promise<number[][]> {
  const times: number[][] = []
  for (let round = 0; round < rounds; round++) {
    const of: number[] = []
    for (const query of all) {
      const started = performance.now()
      await run(query)
      of.push(performance.now() - started)
    }
    times.push(of)
  }
  return times
}

/** Merges the rounds of several kinds of queries. */
export const merged = (sorts: number[][][]): number[][] =>
  (sorts[0] ?? []).map((_, round) => sorts.flatMap((times) => times[round] ?? []))

/** @param target p95 in ms. */
export const figuresOf = (name: string, times: number[][], target: number | undefined): Figure[] =>
  [0.5, 0.95, 0.99].map((share) => ({
    name: `${name}, p${share * 100}`,
    unit: 'ms',
    samples: times.map((of) => quantile(of, share)),
    ...(share === 0.95 && target !== undefined && { target: ['<', target] }),
  }))
