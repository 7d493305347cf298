import { findLists, someListPages } from '@/bench/pages/addresses'
import { visit } from '@/bench/pages/load/visit'
import { USUAL } from '@/bench/pages/scale'
import { forgetAll } from '@/bench/pages/servers/catalogue'
import { type Measure, named } from './measure'

/** Different uncached list pages, many at a time. */
export const measureManyCold: Measure = async ({ scale: { rounds, manyPages }, large }) => {
  const paths = someListPages(await findLists(large.client), manyPages, 2)
  const perSecond: number[] = []
  for (let round = 0; round < rounds; round++) {
    await forgetAll(large)
    const { ms, seconds } = await visit(large.origin, paths, { connections: USUAL })
    perSecond.push(ms.length / seconds)
  }
  return [
    {
      what: `cold list pages, all different, at concurrency ${USUAL}, ${named(large)}`,
      unit: '/s',
      samples: perSecond,
      target: ['≥', 250],
    },
  ]
}
