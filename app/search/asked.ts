import { z } from 'zod'
import { type Facet, facets } from '@/lib/search/index/document'
import type { SearchAddress } from '@/lib/search/results/address'
import { kinds } from '@/lib/search/text/parse'

/** What an address of the search page asks for. Nobody is told off for what they type: what can't be is left out. */

export type AskedSearch = SearchAddress

/** Values of one facet that may be chosen at once. */
const MOST_CHOSEN = 20

const one = z.string().catch('')
const page = z.coerce.number().int().min(1).max(1_000).catch(1)
const id = z.coerce
  .number()
  .int()
  .min(0)
  .max(2 ** 27 - 1)

function valuesOf(facet: Facet, text: string): number[] {
  const values = text.split(',').flatMap((value) => {
    const found = facet === 'kind' ? (kinds as readonly string[]).indexOf(value) : id.safeParse(value || undefined).data
    return found === undefined || found < 0 ? [] : [found]
  })
  return [...new Set(values)].toSorted((a, b) => a - b).slice(0, MOST_CHOSEN)
}

export function readAsked(params: Record<string, string | string[] | undefined>): AskedSearch {
  return {
    q: one.parse(params.q).trim(),
    chosen: Object.fromEntries(facets.map((facet) => [facet, valuesOf(facet, one.parse(params[facet]))])),
    page: page.parse(params.page ?? 1),
  }
}
