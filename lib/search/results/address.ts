import type { Chosen } from '@/lib/search/find/search'
import type { Facet } from '@/lib/search/index/document'
import { kinds } from '@/lib/search/text/parse'

/** The address of a search: what is asked, the values chosen of each facet, and the page. */
export type SearchAddress = { q: string; chosen: Chosen; page: number }

const written = (facet: Facet, values: number[]): string =>
  values.map((value) => (facet === 'kind' ? (kinds[value] ?? '') : value)).join(',')

export function searchAddress({ q, chosen, page }: SearchAddress): string {
  const query = new URLSearchParams({ q })
  for (const [facet, values] of Object.entries(chosen) as [Facet, number[]][])
    if (values.length > 0) query.set(facet, written(facet, values))
  if (page > 1) query.set('page', String(page))
  return `/search?${query.toString().replaceAll('%2C', ',')}`
}

/** The same search with a value chosen, or taken back; from its first page. */
export function toggled({ q, chosen }: SearchAddress, facet: Facet, value: number): string {
  const values = chosen[facet] ?? []
  const next = values.includes(value)
    ? values.filter((each) => each !== value)
    : [...values, value].toSorted((a, b) => a - b)
  return searchAddress({ q, chosen: { ...chosen, [facet]: next }, page: 1 })
}

/** The same search for things of one kind, or of all. */
export const ofKind = ({ q, chosen }: SearchAddress, kind: number | null): string =>
  searchAddress({ q, chosen: { ...chosen, kind: kind === null ? [] : [kind] }, page: 1 })
