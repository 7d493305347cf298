import { findLists, someListPages } from '@/bench/pages/addresses'
import { visit } from '@/bench/pages/load/visit'
import { DEFAULT_CONCURRENCY } from '@/bench/pages/scale'
import { dropCaches } from '@/bench/pages/servers/catalogue-site'
import { type Measure, nameOf } from './measure'

/** Different uncached list pages, many at a time. */
export const measureConcurrentColdPages: Measure = async ({ scale: { rounds, manyPages }, large }) => {
  const paths = someListPages(await findLists(large.client), manyPages, 2)
  const perSecond: number[] = []
  for (let round = 0; round < rounds; round++) {
    await dropCaches(large)
    const { ms, seconds } = await visit(large.origin, paths, { connections: DEFAULT_CONCURRENCY })
    perSecond.push(ms.length / seconds)
  }
  return [
    {
      name: `cold list pages, all different, at concurrency ${DEFAULT_CONCURRENCY}, ${nameOf(large)}`,
      unit: '/s',
      samples: perSecond,
      target: ['≥', 250],
    },
  ]
}
