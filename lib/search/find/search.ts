import { AppError } from '@/lib/errors'
import { type Facet, facetCode, facetLexeme, facets, lengthBucket } from '@/lib/search/index/document'
import { keyOf, withoutArticle } from '@/lib/search/text/fold'
import { type Kind, kinds, type ParsedQuery, parseQuery } from '@/lib/search/text/parse'
import { type Correction, corrections } from './correct'
import { type Counted, countFacets, findGenres, findHits, type Hit } from './queries'
import { type Asked, allQuery, LEAST_PREFIX } from './statement'

/** Searching, as the rest of the code knows it: what is asked, and what is found. */

/** Chosen values of facets: of one any, of several each. */
export type Chosen = Partial<Record<Facet, number[]>>

export type SearchQuery = {
  /** As somebody typed it; anything. */
  text: string
  chosen: Chosen
  /** Hits of a page, and the page from 1. */
  size: number
  page: number
}

export type Found = {
  hits: Hit[]
  total: number
  /** Whether there are no more than `total`. */
  isExact: boolean
  /** Of each facet its values with their hits, most first or in their own order; as if none of that facet were chosen. */
  facets: Record<Facet, { value: number; hits: number }[]>
  /** What was searched for instead, where nothing is as it was typed. */
  instead: string | null
  parsed: ParsedQuery
  /** Words that were typed, and what stood for them. */
  corrected: Correction
}

/** Facets whose values have an order of their own. */
const IN_ORDER = new Set<Facet>(['kind', 'decade', 'length'])
/** Values of a facet that are told. */
const MOST_VALUES = 20

export async function search({ text, chosen, size, page }: SearchQuery): Promise<Found> {
  const parsed = parseQuery(text)
  const found = await find(parsed, chosen, size, page)
  if (found.total > 0) return { ...found, instead: null, parsed, corrected: new Map() }
  for (const corrected of await corrections(parsed)) {
    const meant = correctQuery(parsed, corrected)
    const other = await find(meant, chosen, size, page)
    if (other.total > 0) return { ...other, instead: meant.text, parsed: meant, corrected }
  }
  return { ...found, instead: null, parsed, corrected: new Map() }
}

async function find(parsed: ParsedQuery, chosen: Chosen, size: number, page: number) {
  const genres = await findGenres(parsed.genres)
  const asked = askedOf(parsed, chosen, genres)
  const [hits, counted, ...without] = await Promise.all([
    findHits(asked, size, (page - 1) * size),
    countWhatCan(asked),
    ...facets.map((facet) =>
      chosen[facet]?.length ? countWhatCan(askedOf(parsed, { ...chosen, [facet]: [] }, genres)) : null,
    ),
  ])
  const of = Object.fromEntries(
    facets.map((facet, index) => [facet, valuesOf(facet, without[index] ?? counted)]),
  ) as Found['facets']
  const seen = (page - 1) * size + hits.length
  return { hits, total: Math.max(counted.total, hits.length > 0 ? seen : 0), isExact: counted.isExact, facets: of }
}

/** Counts; what takes too long to be counted keeps nobody from what was found. */
async function countWhatCan(asked: Asked): Promise<Counted> {
  try {
    return await countFacets(asked)
  } catch (error) {
    if (error instanceof AppError && error.code === 'unavailable')
      return { total: 0, isExact: false, counts: new Map() }
    throw error
  }
}

function valuesOf(facet: Facet, { counts }: Counted): { value: number; hits: number }[] {
  const base = facetCode(facet, 0)
  const values = [...counts].flatMap(([code, hits]) =>
    code >= base && code < base + 2 ** 27 ? [{ value: code - base, hits }] : [],
  )
  const most = values.toSorted((a, b) => b.hits - a.hits || a.value - b.value).slice(0, MOST_VALUES)
  return IN_ORDER.has(facet) ? most.toSorted((a, b) => a.value - b.value) : most
}

/** The query with its corrected words. */
function correctQuery(parsed: ParsedQuery, corrected: Correction): ParsedQuery {
  let text = parsed.text
  for (const { tokens } of parsed.clauses.toReversed())
    for (const token of tokens.toReversed()) {
      const meant = corrected.get(token.text)
      if (meant && !parsed.text.includes('"')) text = text.slice(0, token.start) + meant + text.slice(token.end)
    }
  const clauses = parsed.clauses.map((clause) => ({
    ...clause,
    tokens: clause.tokens.map((token) => ({ ...token, text: corrected.get(token.text) ?? token.text })),
  }))
  return { ...parsed, text, clauses }
}

const lexemesOf = (facet: Facet, values: number[]): string[] =>
  values.map((value) => facetLexeme(facet, facet === 'kind' ? (kinds[value] ?? '') : value))

/** What the index is asked for a query. */
function askedOf(parsed: ParsedQuery, chosen: Chosen, genres: number[]): Asked {
  const { clauses, years, kinds: named, length, isOpen } = parsed
  const plain = clauses.every(({ field, isPhrase }) => field === null && !isPhrase)
  const tokens = withoutArticle(clauses.flatMap((clause) => clause.tokens))
  const text = tokens.map((token) => token.text).join(' ')
  const key = plain && tokens.length > 0 ? keyOf(text) : null
  const last = tokens.at(-1)
  const mayGoOn = isOpen && last && !last.isRun && last.text.length >= LEAST_PREFIX
  const nameable = clauses.every(({ field }) => field === null || field === 'title')
  const words = withoutLeadingArticle(clauses)
  return {
    key,
    goesOn: key === null ? null : mayGoOn ? key : `${key} `,
    name: words.length > 0 && nameable ? allQuery(words, 'title', isOpen) : null,
    any: words.length > 0 ? allQuery(words, null, isOpen) : null,
    filters: [
      ...facets.flatMap((facet) => (chosen[facet]?.length ? [lexemesOf(facet, chosen[facet])] : [])),
      ...years.map(({ from, to }) => yearsBetween(from, to)),
      ...(named.length > 0 ? [named.map(kindLexeme)] : []),
      // Of a genre that there isn't there is nothing.
      ...(parsed.genres.length > 0 ? [genres.length > 0 ? lexemesOf('genre', genres) : [facetLexeme('genre', 0)]] : []),
      ...(length ? [lengthsBetween(length.from, length.to)] : []),
    ],
    length,
  }
}

/** "the beatles" are "Beatles, The" too; where only an article is asked for it stays. */
const withoutLeadingArticle = (clauses: ParsedQuery['clauses']): ParsedQuery['clauses'] => {
  const [first] = clauses
  if (!first || first.field !== null || first.isPhrase || clauses.length < 2) return clauses
  return withoutArticle([...first.tokens, ...(clauses[1]?.tokens ?? [])]).length < 2 ? clauses.slice(1) : clauses
}

const kindLexeme = (name: string): string =>
  kinds.some((kind) => kind === name) ? facetLexeme('kind', name as Kind) : facetLexeme('form', name)

const FIRST_YEAR = 1850
const LAST_YEAR = 2100
function yearsBetween(from: number | null, to: number | null): string[] {
  const first = Math.max(from ?? FIRST_YEAR, FIRST_YEAR)
  const last = Math.min(to ?? LAST_YEAR, LAST_YEAR)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => facetLexeme('year', first + index))
}

function lengthsBetween(from: number | null, to: number | null): string[] {
  const first = from === null ? 0 : lengthBucket(from)
  const last = to === null ? 4 : lengthBucket(to)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => facetLexeme('length', first + index))
}
