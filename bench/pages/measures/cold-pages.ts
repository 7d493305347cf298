import type { Figure } from '@/bench/figures'
import { findLists, someDetailPages, someListPages } from '@/bench/pages/addresses'
import { visit } from '@/bench/pages/load/visit'
import { type CatalogueSite, dropCaches } from '@/bench/pages/servers/catalogue-site'
import { median, quantile } from '@/bench/statistics'
import { inTurns, type Measure, nameOf, ratios } from './measure'

type Samples = { p95: number[]; median: number[] }

/** Visits other pages each round, so that each is cold, alternating between the small and the large catalogue. */
async function measurePages(
  rounds: number,
  small: { served: CatalogueSite; paths: string[] },
  large: { served: CatalogueSite; paths: string[] },
): Promise<{ small: Samples; large: Samples }> {
  const side = ({ served, paths }: typeof small) => {
    const each = Math.floor(paths.length / rounds)
    return async (round: number) => (await visit(served.origin, paths.slice(round * each, (round + 1) * each))).ms
  }
  const isOne = small.served === large.served
  const found = await inTurns(rounds, { small: side(small), large: isOne ? async () => [] : side(large) })
  const samples = (ms: number[][]): Samples => ({
    p95: ms.map((each) => quantile(each, 0.95)),
    median: ms.map(median),
  })
  return { small: samples(found.small), large: samples(isOne ? found.small : found.large) }
}

/** Uncached list and album pages, one at a time, measured by a client on the same machine. */
export const measureColdPages: Measure = async ({ scale: { rounds, coldPages }, small, large }) => {
  const catalogues = small === large ? [small] : [small, large]
  const pages = {
    list: async (served: CatalogueSite) => someListPages(await findLists(served.client), rounds * coldPages, 1),
    album: (served: CatalogueSite) => someDetailPages(served.client, 'albums', rounds * coldPages),
  }
  const figures: Figure[] = []
  for (const [kind, find] of Object.entries(pages)) {
    const [ofSmall = [], ofLarge = []] = await Promise.all([find(small), find(large)])
    for (const served of catalogues) {
      // Measures a warm site, not one that has just started.
      const paths = served === small ? ofSmall : ofLarge
      await visit(served.origin, paths.slice(0, coldPages))
      await dropCaches(served)
    }
    const found = await measurePages(rounds, { served: small, paths: ofSmall }, { served: large, paths: ofLarge })
    for (const served of catalogues) {
      const { p95, median } = found[served === small ? 'small' : 'large']
      const name = `cold ${kind} page, one at a time, ${nameOf(served)}`
      const isForMedian = kind === 'list' && served === small
      figures.push(
        { name: `${name}, p95`, unit: 'ms', samples: p95, target: ['<', 60] },
        { name: `${name}, median`, unit: 'ms', samples: median, ...(isForMedian && { target: ['<', 10] as const }) },
      )
    }
    if (small !== large)
      figures.push({
        name: `cold ${kind} page, p95, ${nameOf(large)} compared with ${nameOf(small)}`,
        unit: '×',
        samples: ratios(found.large.p95, found.small.p95),
        target: ['≤', 1.3],
      })
  }
  return figures
}
