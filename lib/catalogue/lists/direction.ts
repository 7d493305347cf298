import type { Listing } from './list'

/** The directions of lists: each sort in its own, and with "-" before it in the other. */

export type Directed<Sort extends string> = Sort | `-${Sort}`

/** What a sort parameter may be. */
export const directed = <Sort extends string>(sorts: readonly Sort[]): Directed<Sort>[] =>
  sorts.flatMap((sort): Directed<Sort>[] => [sort, `-${sort}`])

/** The list in a direction: reversed it is the same list from its end, on the same index and the same anchors. */
export function inDirection<Sort extends string>(sort: Directed<Sort>, listingBy: (sort: Sort) => Listing): Listing {
  if (isForward(sort)) return listingBy(sort)
  const listing = listingBy(sort.slice(1) as Sort)
  const { order } = listing
  return { ...listing, order: { ...order, descending: !order.descending, isReversed: true } }
}

const isForward = <Sort extends string>(sort: Directed<Sort>): sort is Sort => !sort.startsWith('-')
