import { z } from 'zod'
import type { ChosenFacets } from '@/lib/search/find/index-query'
import { type Sort, sorts } from '@/lib/search/find/order'
import { type Facet, facets } from '@/lib/search/index/document'
import { MAX_CHARACTERS } from '@/lib/search/text/parse'
import { MAX_CHOSEN, readValue, writeValue } from './facet-values'

/** The address of a page of search results: the query, the chosen facets, the sort and the page. */
export type SearchAddress = {
  q: string
  chosen: ChosenFacets
  sort: Sort
  page: number
  /** The slugs of genres by their ids. Addresses name genres by slug, and by id where the slug is unknown. */
  slugs?: ReadonlyMap<number, string>
}
type AddressWithoutPage = Omit<SearchAddress, 'page'>

const one = z.string().catch('')
/** An invalid page number is read as page 0, which does not exist. */
const pageNumber = z
  .string()
  .regex(/^[1-9]\d{0,6}$/)
  .transform(Number)
  .catch(0)
/** Old links have "popularity" for "popular". */
const order = z
  .string()
  .transform((sort) => (sort === 'popularity' ? 'popular' : sort))
  .pipe(z.enum(sorts))
  .catch('relevance')

/** The values of one facet in their order in addresses, without duplicates. */
export const toIds = (values: number[]): number[] => [...new Set(values)].toSorted((a, b) => a - b).slice(0, MAX_CHOSEN)

function readValues(facet: Facet, text: string): number[] {
  return toIds(text.split(',').flatMap((value) => readValue(facet, value) ?? []))
}

/**
 * Reads the parameters of a page. Invalid values are ignored. A text is cut to the part that is searched, because every
 * link of the page repeats it.
 */
export const readAddress = (params: Record<string, string | string[] | undefined>): SearchAddress => ({
  q: one.parse(params.q).slice(0, MAX_CHARACTERS).trim(),
  chosen: Object.fromEntries(facets.map((facet) => [facet, readValues(facet, one.parse(params[facet]))])),
  sort: order.parse(params.sort),
  page: pageNumber.parse(params.page || '1'),
})

/** The parameters, without the page. */
export const parametersOf = ({ q, chosen, sort, slugs }: AddressWithoutPage): Record<string, string> => ({
  q,
  ...Object.fromEntries(
    facets.flatMap((facet) => {
      const values = chosen[facet] ?? []
      const write = (value: number) => (facet === 'genre' && slugs?.get(value)) || writeValue(facet, value)
      return values.length > 0 ? [[facet, values.map(write).join(',')]] : []
    }),
  ),
  ...(sort !== 'relevance' && { sort }),
})

/** The address of the first page. */
export const searchAddress = (address: AddressWithoutPage): string =>
  `/search?${new URLSearchParams(parametersOf(address)).toString().replaceAll('%2C', ',')}`

/** The same search with a value chosen, or removed if it was. */
export function toggled(address: AddressWithoutPage, facet: Facet, value: number): string {
  const values = address.chosen[facet] ?? []
  const next = values.includes(value)
    ? values.filter((each) => each !== value)
    : [...values, value].toSorted((a, b) => a - b)
  return searchAddress({ ...address, chosen: { ...address.chosen, [facet]: next } })
}

/** The same search for one kind, or for all. */
export const ofKind = (address: AddressWithoutPage, kind: number | null): string =>
  searchAddress({ ...address, chosen: { ...address.chosen, kind: kind === null ? [] : [kind] } })
