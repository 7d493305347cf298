import { findLists, pageOf } from '@/bench/pages/addresses'
import { visit } from '@/bench/pages/load/visit'
import { forgetAll } from '@/bench/pages/servers/catalogue'
import { inTurns, type Measure, named, ratios } from './measure'

/** There are only eleven lists, so more rounds than elsewhere. */
const MORE_ROUNDS = 3

/** The last full page of every list in every order compared with its first, uncached: ms for all, one after another. */
export const measureLast: Measure = async ({ scale: { rounds }, large }) => {
  const lists = await findLists(large.client)
  const all = async (paths: string[]) => {
    await forgetAll(large)
    const { ms } = await visit(large.origin, paths)
    return ms.reduce((sum, each) => sum + each, 0) / ms.length
  }
  const first = lists.map((list) => pageOf(list, 1))
  const last = lists.map((list) => pageOf(list, list.pages))
  const found = await inTurns(rounds * MORE_ROUNDS, { first: () => all(first), last: () => all(last) })
  return [
    { what: `first page of every list, cold, ${named(large)}, mean`, unit: 'ms', samples: found.first },
    { what: `last page of every list, cold, ${named(large)}, mean`, unit: 'ms', samples: found.last },
    {
      what: `last page against first, ${named(large)}`,
      unit: '×',
      samples: ratios(found.last, found.first),
      target: ['≤', 1.2],
    },
  ]
}
