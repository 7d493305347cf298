import { findLists, pageOf } from '@/bench/pages/addresses'
import { visit } from '@/bench/pages/load/visit'
import { dropCaches } from '@/bench/pages/servers/catalogue-site'
import { inTurns, type Measure, nameOf, ratios } from './measure'

/** There are only eleven lists, so more rounds than elsewhere. */
const MORE_ROUNDS = 3

/** The last full page of every list in every order compared with its first, uncached: ms for all, one after another. */
export const measureLastPages: Measure = async ({ scale: { rounds }, large }) => {
  const lists = await findLists(large.client)
  const all = async (paths: string[]) => {
    await dropCaches(large)
    const { ms } = await visit(large.origin, paths)
    return ms.reduce((sum, each) => sum + each, 0) / ms.length
  }
  const first = lists.map((list) => pageOf(list, 1))
  const last = lists.map((list) => pageOf(list, list.pages))
  const found = await inTurns(rounds * MORE_ROUNDS, { first: () => all(first), last: () => all(last) })
  return [
    { name: `first page of every list, cold, ${nameOf(large)}, mean`, unit: 'ms', samples: found.first },
    { name: `last page of every list, cold, ${nameOf(large)}, mean`, unit: 'ms', samples: found.last },
    {
      name: `last page compared with first, ${nameOf(large)}`,
      unit: '×',
      samples: ratios(found.last, found.first),
      target: ['≤', 1.2],
    },
  ]
}
