import { AppError } from '@/lib/errors'
import { type Facet, facetLexeme, facets, formLexeme, lengthBuckets, yearLexeme } from '@/lib/search/index/document'
import { withoutArticle } from '@/lib/search/text/fold'
import { kinds, type ParsedQuery, parseQuery, type Range } from '@/lib/search/text/parse'
import { type Correction, corrections } from './correct'
import { type Counted, countFacets, findGenres, findHits, type Hit } from './queries'
import { type Asked, allQuery, LEAST_PREFIX, oneOf } from './statement'

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
  /** What was searched for. */
  parsed: ParsedQuery
}

/** Facets whose values have an order of their own. */
const IN_ORDER = new Set<Facet>(['kind', 'decade', 'length'])
/** Values of a facet that are told. */
const MOST_VALUES = 20

export async function search({ text, chosen, size, page }: SearchQuery): Promise<Found> {
  const parsed = parseQuery(text)
  const found = await find(parsed, chosen, size, page)
  if (found.total > 0) return { ...found, instead: null, parsed }
  for (const correction of await corrections(parsed)) {
    const meant = correct(parsed, correction)
    const other = await find(meant, chosen, size, page)
    if (other.total > 0) return { ...other, instead: meant.text, parsed: meant }
  }
  return { ...found, instead: null, parsed }
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
    if (error instanceof AppError && error.code === 'unavailable') return { total: 0, isExact: false, values: [] }
    throw error
  }
}

function valuesOf(facet: Facet, { values }: Counted): { value: number; hits: number }[] {
  const most = values
    .filter((each) => each.facet === facet)
    .map(({ value, hits }) => ({ value, hits }))
    .toSorted((a, b) => b.hits - a.hits || a.value - b.value)
    .slice(0, MOST_VALUES)
  return IN_ORDER.has(facet) ? most.toSorted((a, b) => a.value - b.value) : most
}

/** The query with its corrected words, also as it would be typed. */
function correct(parsed: ParsedQuery, correction: Correction): ParsedQuery {
  const meantOf = (word: string) => correction.get(word) ?? word
  const clauses = parsed.clauses.map((clause) => ({
    ...clause,
    tokens: clause.tokens.map((token) => ({ ...token, text: meantOf(token.text), written: meantOf(token.written) })),
  }))
  let { text } = parsed
  // From the end, for each may move what follows it.
  for (const { text: word, start, end } of parsed.clauses.flatMap(({ tokens }) => tokens).toReversed())
    if (correction.has(word)) text = text.slice(0, start) + meantOf(word) + text.slice(end)
  return { ...parsed, text, clauses }
}

/** What the index is asked for a query. */
function askedOf(parsed: ParsedQuery, chosen: Chosen, genres: number[]): Asked {
  const { clauses, years, kinds: named, length, isOpen } = parsed
  const plain = clauses.every(({ field, isPhrase }) => field === null && !isPhrase)
  const tokens = withoutArticle(clauses.flatMap((clause) => clause.tokens))
  const key = plain && tokens.length > 0 ? tokens.map((token) => token.text).join(' ') : null
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
      ...facets.flatMap((facet) => (chosen[facet]?.length ? [oneOfFacet(facet, chosen[facet])] : [])),
      ...years.map((range) => oneOf(yearsIn(range).map(yearLexeme), true)),
      ...(named.length > 0 ? [oneOf(named.map(kindLexeme))] : []),
      ...(parsed.genres.length > 0 ? [oneOfFacet('genre', genres)] : []),
      // Near enough for an index; exactly by `length`.
      ...(length ? [oneOfFacet('length', lengthBuckets(length.from ?? 0, length.to ?? Number.POSITIVE_INFINITY))] : []),
    ],
    length,
  }
}

const oneOfFacet = (facet: Facet, values: number[]): string =>
  oneOf(values.map((value) => facetLexeme({ facet, value })))

/** "the beatles" are "Beatles, The" too; where only an article is asked for it stays. */
const withoutLeadingArticle = (clauses: ParsedQuery['clauses']): ParsedQuery['clauses'] => {
  const [first] = clauses
  if (!first || first.field !== null || first.isPhrase || clauses.length < 2) return clauses
  return withoutArticle([...first.tokens, ...(clauses[1]?.tokens ?? [])]).length < 2 ? clauses.slice(1) : clauses
}

const kindLexeme = (name: string): string => {
  const value = (kinds as readonly string[]).indexOf(name)
  return value < 0 ? formLexeme(name) : facetLexeme({ facet: 'kind', value })
}

const DIGITS = 4

/** The years of a range by what their digits begin with: of 1960 to 1999 "196" to "199". */
function yearsIn({ from, to }: Range, begins = ''): string[] {
  const first = Number(begins.padEnd(DIGITS, '0'))
  const last = Number(begins.padEnd(DIGITS, '9'))
  if (last < (from ?? 0) || first > (to ?? last)) return []
  if (first >= (from ?? 0) && last <= (to ?? last)) return [begins]
  return Array.from({ length: 10 }, (_, digit) => yearsIn({ from, to }, `${begins}${digit}`)).flat()
}
