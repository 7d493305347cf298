import type { Figure } from '@/bench/figures'
import type { Scale } from '@/bench/pages/scale'
import type { CatalogueSite } from '@/bench/pages/servers/catalogue-site'
import type { BenchServer } from '@/bench/server'
import type { Lifetime } from '@/lib/lifetime'

/** The sites to measure. */
export type BenchSites = {
  scale: Scale
  server: BenchServer
  /** The catalogue of the requested size. */
  large: CatalogueSite
  /** The smaller one to compare with; the same if it is no smaller. */
  small: CatalogueSite
}

/** Measures one thing. It closes what it opens, or hands it to `lifetime`. */
export type Measure = (subject: BenchSites, lifetime: Lifetime) => Promise<Figure[]>

/**
 * Measures each side once a round, in turns, because machines drift; every other round in reverse order.
 * @returns the samples of each side, one per round.
 */
export async function inTurns<Side extends string, Sample>(
  rounds: number,
  sides: Record<Side, (round: number) => Promise<Sample>>,
): Promise<Record<Side, Sample[]>> {
  const names = Object.keys(sides) as Side[]
  const samples = Object.fromEntries<Sample[]>(names.map((name) => [name, []])) as Record<Side, Sample[]>
  for (let round = 0; round < rounds; round++)
    for (const name of round % 2 === 0 ? names : names.toReversed()) samples[name].push(await sides[name](round))
  return samples
}

/** The ratio of each round. */
export const ratios = (over: readonly number[], under: readonly number[]): number[] =>
  over.map((value, round) => value / (under[round] ?? Number.NaN))

/** The name of a catalogue in figures. */
export const nameOf = ({ songs }: CatalogueSite): string => `${songs.toLocaleString('en')} songs`
