import { db } from '@/lib/db/client'
import type { Chosen } from '@/lib/search/find/asked'
import type { Found } from '@/lib/search/find/search'
import { type Facet, facets } from '@/lib/search/index/document'
import { colourNameOf, kindNames, lengthNames } from '@/lib/search/results/values'
import { kinds } from '@/lib/search/text/parse'

/** A value of a facet with its name, and how much of what is found has it. */
export type NamedValue = { value: number; name: string; hits: number; isChosen: boolean }

/** Facets with the names of their values. A chosen value stays where it can be taken back, also where nothing has it. */
export async function namedFacets(found: Found['facets'], chosen: Chosen): Promise<Record<Facet, NamedValue[]>> {
  const all = Object.fromEntries(
    facets.map((facet) => [facet, withChosen(found[facet], chosen[facet])]),
  ) as Found['facets']
  const [genre, artist] = await Promise.all([namesOf('genre', all.genre), namesOf('artist', all.artist)])
  const names: Record<Facet, (value: number) => string | undefined> = {
    kind: (value) => kinds[value] && kindNames[kinds[value]],
    genre: (value) => genre.get(value),
    artist: (value) => artist.get(value),
    decade: (value) => `${value}s`,
    length: (value) => lengthNames[value],
    color: colourNameOf,
  }
  const valuesOf = (facet: Facet): NamedValue[] =>
    all[facet].flatMap(({ value, hits }) => {
      const name = names[facet](value)
      return name === undefined ? [] : [{ value, name, hits, isChosen: chosen[facet]?.includes(value) ?? false }]
    })
  return Object.fromEntries(facets.map((facet) => [facet, valuesOf(facet)])) as Record<Facet, NamedValue[]>
}

type Values = Found['facets'][Facet]

const withChosen = (values: Values, chosen: number[] = []): Values => [
  ...values,
  ...chosen.filter((value) => !values.some((each) => each.value === value)).map((value) => ({ value, hits: 0 })),
]

async function namesOf(facet: 'genre' | 'artist', values: Values): Promise<Map<number, string>> {
  if (values.length === 0) return new Map()
  const where = { where: { id: { in: values.map(({ value }) => value) } }, select: { id: true, name: true } }
  const rows = await (facet === 'genre' ? db().genre.findMany(where) : db().artist.findMany(where))
  return new Map(rows.map(({ id, name }) => [id, name]))
}
