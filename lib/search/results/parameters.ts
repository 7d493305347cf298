import { db } from '@/lib/db/client'
import { facets } from '@/lib/search/index/document'
import { readAddress, type SearchAddress, toIds } from './address'
import { MAX_CHOSEN, readValue } from './facet-values'
import type { UnknownValue } from './views'

type Params = Record<string, string | string[] | undefined>

/** The values of a filter: `a,b`, or the parameter several times. */
const splitValues = (values: string | string[] | undefined): string[] =>
  [values ?? []]
    .flat()
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter(Boolean)
    .slice(0, MAX_CHOSEN)

/**
 * Reads a search from the parameters of a page. Genres may be named by slug or id.
 * @returns also the unknown values of filters, which the search ignores.
 */
export async function readSearch(params: Params): Promise<{ address: SearchAddress; unknown: UnknownValue[] }> {
  const address = readAddress(params)
  const [genres, artists] = await Promise.all([
    readGenres(splitValues(params.genre)),
    readArtists(splitValues(params.artist)),
  ])
  const simple = facets.filter((facet) => facet !== 'genre' && facet !== 'artist')
  const invalid = simple.flatMap((filter) =>
    splitValues(params[filter])
      .filter((value) => readValue(filter, value) === undefined)
      .map((value) => ({ filter, value })),
  )
  return {
    address: {
      ...address,
      chosen: { ...address.chosen, genre: toIds(genres.ids), artist: toIds(artists.ids) },
      slugs: genres.slugs,
    },
    unknown: [
      ...invalid,
      ...genres.unknown.map((value) => ({ filter: 'genre', value }) as const),
      ...artists.unknown.map((value) => ({ filter: 'artist', value }) as const),
    ],
  }
}

type FilterValues = { ids: number[]; unknown: string[] }

/** A text that is both a slug and an id, such as "1980", is the slug. */
async function readGenres(texts: string[]): Promise<FilterValues & { slugs: Map<number, string> }> {
  if (texts.length === 0) return { ids: [], unknown: [], slugs: new Map() }
  const ids = texts.flatMap((text) => readValue('genre', text) ?? [])
  const found = await db().genre.findMany({
    where: { OR: [{ slug: { in: texts } }, { id: { in: ids } }] },
    select: { id: true, slug: true },
  })
  const named = (text: string) => found.find(({ slug }) => slug === text) ?? found.find(({ id }) => String(id) === text)
  const genres = texts.flatMap((text) => named(text) ?? [])
  return {
    ids: genres.map(({ id }) => id),
    unknown: texts.filter((text) => !named(text)),
    slugs: new Map(genres.map(({ id, slug }) => [id, slug])),
  }
}

async function readArtists(texts: string[]): Promise<FilterValues> {
  if (texts.length === 0) return { ids: [], unknown: [] }
  const ids = texts.flatMap((text) => readValue('artist', text) ?? [])
  const found = await db().artist.findMany({ where: { id: { in: ids } }, select: { id: true } })
  const isKnown = (text: string) => found.some(({ id }) => String(id) === text)
  return { ids: found.map(({ id }) => id), unknown: texts.filter((text) => !isKnown(text)) }
}
