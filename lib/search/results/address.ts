import { z } from 'zod'
import type { Chosen } from '@/lib/search/find/search'
import { FACET_SIZE, type Facet, facets } from '@/lib/search/index/document'
import { kinds } from '@/lib/search/text/parse'

/** The address of a search, read and written: what is asked, the values chosen of each facet, and the page. */
export type SearchAddress = { q: string; chosen: Chosen; page: number }

/** Values of one facet that may be chosen at once. */
const MOST_CHOSEN = 20

const one = z.string().catch('')
const pageNumber = z.coerce.number().int().min(1).max(1_000).catch(1)
const facetValue = z.coerce.number().int().min(0).lt(FACET_SIZE)

function readValues(facet: Facet, text: string): number[] {
  const values = text.split(',').flatMap((value) => {
    if (facet === 'kind') return (kinds as readonly string[]).indexOf(value)
    return facetValue.safeParse(value || undefined).data ?? []
  })
  return [...new Set(values.filter((value) => value >= 0))].toSorted((a, b) => a - b).slice(0, MOST_CHOSEN)
}

/** What the parameters ask for. Nobody is told off for what they type: what can't be is left out. */
export const readAddress = (params: Record<string, string | string[] | undefined>): SearchAddress => ({
  q: one.parse(params.q).trim(),
  chosen: Object.fromEntries(facets.map((facet) => [facet, readValues(facet, one.parse(params[facet]))])),
  page: pageNumber.parse(params.page ?? 1),
})

/** The parameters but for the page. */
export const parametersOf = ({ q, chosen }: Pick<SearchAddress, 'q' | 'chosen'>): Record<string, string> => ({
  q,
  ...Object.fromEntries(
    facets.flatMap((facet) => {
      const values = chosen[facet] ?? []
      return values.length > 0 ? [[facet, values.map((value) => writeValue(facet, value)).join(',')]] : []
    }),
  ),
})

const writeValue = (facet: Facet, value: number): string => (facet === 'kind' ? (kinds[value] ?? '') : `${value}`)

/** The address of the first page. */
export const searchAddress = (asked: Pick<SearchAddress, 'q' | 'chosen'>): string =>
  `/search?${new URLSearchParams(parametersOf(asked)).toString().replaceAll('%2C', ',')}`

/** The same search with a value chosen, or taken back. */
export function toggled({ q, chosen }: SearchAddress, facet: Facet, value: number): string {
  const values = chosen[facet] ?? []
  const next = values.includes(value)
    ? values.filter((each) => each !== value)
    : [...values, value].toSorted((a, b) => a - b)
  return searchAddress({ q, chosen: { ...chosen, [facet]: next } })
}

/** The same search for things of one kind, or of all. */
export const ofKind = ({ q, chosen }: SearchAddress, kind: number | null): string =>
  searchAddress({ q, chosen: { ...chosen, kind: kind === null ? [] : [kind] } })
