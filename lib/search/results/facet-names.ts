import { dependOn } from '@/lib/cache/dependencies/recorder'
import { db } from '@/lib/db/client'
import type { ChosenFacets } from '@/lib/search/find/index-query'
import type { SearchAnswer } from '@/lib/search/find/search'
import { type Facet, facets } from '@/lib/search/index/document'
import { kinds } from '@/lib/search/text/parse'
import { colourNameOf, kindNames, lengthNames, writeValue } from './facet-values'

/** A value of a facet with its name and its number of hits. */
export type NamedValue = {
  value: number
  /** The value as addresses and API parameters have it. */
  written: string
  name: string
  /** The disambiguation of an artist; otherwise empty. */
  about: string
  hits: number
  isChosen: boolean
}

/** Facets with the names of their values. Chosen values stay, even without hits, so that they can be removed. */
export async function namedFacets(
  found: SearchAnswer['facets'],
  chosen: ChosenFacets,
): Promise<Record<Facet, NamedValue[]>> {
  const all = Object.fromEntries(
    facets.map((facet) => [facet, withChosen(found[facet], chosen[facet])]),
  ) as SearchAnswer['facets']
  const [genre, artist] = await Promise.all([genreNames(all.genre), artistNames(all.artist)])
  const names: Record<Facet, (value: number) => string | undefined> = {
    kind: (value) => kinds[value] && kindNames[kinds[value]],
    genre: (value) => genre.get(value)?.name,
    artist: (value) => artist.get(value)?.name,
    decade: (value) => `${value}s`,
    length: (value) => lengthNames[value],
    color: colourNameOf,
  }
  const valuesOf = (facet: Facet): NamedValue[] =>
    all[facet].flatMap(({ value, hits }) => {
      const name = names[facet](value)
      const about = (facet === 'artist' && artist.get(value)?.disambiguation) || ''
      const written = (facet === 'genre' && genre.get(value)?.slug) || writeValue(facet, value)
      const isChosen = chosen[facet]?.includes(value) ?? false
      return name === undefined ? [] : [{ value, written, name, about, hits, isChosen }]
    })
  return Object.fromEntries(facets.map((facet) => [facet, valuesOf(facet)])) as Record<Facet, NamedValue[]>
}

type Values = SearchAnswer['facets'][Facet]

const withChosen = (values: Values, chosen: number[] = []): Values => [
  ...values,
  ...chosen.filter((value) => !values.some((each) => each.value === value)).map((value) => ({ value, hits: 0 })),
]

const among = (values: Values) => ({ id: { in: values.map(({ value }) => value) } })

async function genreNames(values: Values): Promise<Map<number, { name: string; slug: string }>> {
  if (values.length === 0) return new Map()
  const rows = await db().genre.findMany({ where: among(values), select: { id: true, name: true, slug: true } })
  for (const { id } of rows) dependOn('genre.label', id)
  return new Map(rows.map((genre) => [genre.id, genre]))
}

async function artistNames(values: Values): Promise<Map<number, { name: string; disambiguation: string }>> {
  if (values.length === 0) return new Map()
  const select = { id: true, name: true, disambiguation: true }
  const rows = await db().artist.findMany({ where: among(values), select })
  for (const { id } of rows) dependOn('artist.label', id)
  return new Map(rows.map((artist) => [artist.id, artist]))
}
