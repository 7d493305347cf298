import {
  articleLexeme,
  type Facet,
  facetLexeme,
  facets,
  formLexeme,
  lengthBuckets,
  quote,
  yearLexeme,
} from '@/lib/search/index/document'
import { isArticle, withoutArticle } from '@/lib/search/text/fold'
import { type Clause, type Kind, kinds, type ParsedQuery, type Range } from '@/lib/search/text/parse'
import { isBeginning } from '@/lib/search/text/prefix'
import { anyOf, tsqueryOf } from './tsquery'

/** Selected values of facets: any value of one facet, and a value of each facet. */
export type ChosenFacets = Partial<Record<Facet, number[]>>

/** A query for one word in any field, whose hits the index has counted. */
export type SingleWord = {
  /** The word, and the completions that it may stand for. */
  words: string[]
  /** Words with this prefix match too; null for none. */
  prefix: string | null
}

/** A query in terms of the index. */
export type IndexQuery = {
  /** The whole query as a name; null if it can't be one. */
  key: string | null
  /** Names with this prefix match the key too. */
  keyPrefix: string | null
  /** The kinds whose names are compared with the key. */
  keyKinds: readonly Kind[]
  /** The kinds to return, where a filter by lexeme would be slower; null for all. */
  kinds: readonly Kind[] | null
  /** The lexeme of names that begin with the article, if the query is nothing else. */
  article: string | null
  /** A tsquery for the words in names; null without words. */
  nameQuery: string | null
  /** A tsquery for the words in any field; null without words. */
  anyQuery: string | null
  /** Tsqueries that must match as well. */
  filters: string[]
  /** In milliseconds, inclusive. */
  length: Range | null
  singleWord: SingleWord | null
  /** How many segments to search; all by default. */
  segments?: number
}

/** The parts of an index query that chosen facets don't change. */
export type QueryTerms = Pick<
  IndexQuery,
  'key' | 'keyKinds' | 'article' | 'nameQuery' | 'anyQuery' | 'filters' | 'length' | 'singleWord'
> & {
  /** Whether the key also stands for names that begin with it. A word that is too common does so only without filters. */
  isKeyPrefix: boolean | 'unfiltered'
}

/** A parsed query with what it asks of the index, each part computed once. */
export type PreparedQuery = {
  parsed: ParsedQuery
  terms: QueryTerms
  /** The terms, narrowed by the chosen facets. */
  index: IndexQuery
  /** Names of `genre:` that no genre has. */
  unknownGenres: string[]
}

/** @param genres ids of the genres that the query names. */
export function termsOf(parsed: ParsedQuery, genres: number[]): QueryTerms {
  const { clauses, years, kinds: kindNames, length, isOpen } = parsed
  const onlyField = onlyFieldOf(clauses)
  const isPlain = clauses.every(({ field, isPhrase }) => field === null && !isPhrase)
  const tokens = withoutArticle(clauses.flatMap((clause) => clause.tokens))
  const [first] = tokens
  const last = tokens.at(-1)
  const words = withoutLeadingArticle(clauses)
  const anyQuery = words.length > 0 ? tsqueryOf(words, null, isOpen) : null
  const { completions, isWholeWord } = clauses.at(-1) ?? {}
  const mayBePrefix = isPlain && isOpen && last !== undefined
  return {
    key: first && (isPlain || onlyField) ? tokens.map((token) => token.text).join(' ') : null,
    isKeyPrefix:
      mayBePrefix &&
      (completions !== undefined || (isBeginning(last) && (isWholeWord ? ('unfiltered' as const) : true))),
    keyKinds: onlyField ? [onlyField] : kinds,
    article: isPlain && first && tokens.length === 1 && isArticle(first) ? quote(articleLexeme(first.text)) : null,
    nameQuery: nameQueryOf(words, anyQuery, onlyField, isOpen),
    anyQuery,
    filters: [
      // Any of several years, kinds or genres.
      ...(years.length > 0
        ? [
            anyOf(
              years.flatMap((range) => yearPrefixes(range).map(yearLexeme)),
              true,
            ),
          ]
        : []),
      ...(kindNames.length > 0 ? [anyOf(kindNames.map(kindLexeme))] : []),
      ...(parsed.genres.length > 0 ? [anyOfFacet('genre', genres)] : []),
      // Buckets of lengths, for the index; `length` is exact.
      ...(length ? [anyOfFacet('length', lengthBuckets(length.from ?? 0, length.to ?? Number.POSITIVE_INFINITY))] : []),
    ],
    length,
    singleWord: singleWordOf(words, isOpen),
  }
}

/** The query for a search that is filtered by facets. */
export function narrow(terms: QueryTerms, chosen: ChosenFacets): IndexQuery {
  const { isKeyPrefix, ...query } = terms
  const among = query.anyQuery === null ? null : kindsWithSongs(chosen.kind)
  const filters = [
    ...facets.flatMap((facet) =>
      chosen[facet]?.length && !(among && facet === 'kind') ? [anyOfFacet(facet, chosen[facet])] : [],
    ),
    ...query.filters,
  ]
  const singleWord = filters.length > 0 || among ? null : query.singleWord
  const isPrefix = isKeyPrefix === 'unfiltered' ? singleWord !== null : isKeyPrefix
  return {
    ...query,
    keyPrefix: query.key === null || isPrefix ? query.key : `${query.key} `,
    keyKinds: query.keyKinds.filter((kind) => !among || among.includes(kind)),
    kinds: among,
    filters,
    singleWord,
  }
}

function nameQueryOf(
  words: Clause[],
  anyQuery: string | null,
  onlyField: 'artist' | 'album' | null,
  isOpen: boolean,
): string | null {
  if (onlyField) return [`(${anyQuery})`, anyOf([kindLexeme(onlyField)])].join(' & ')
  const isName = words.every(({ field }) => field === null || field === 'title')
  return anyQuery !== null && isName ? tsqueryOf(words, 'title', isOpen) : null
}

/** The chosen kinds if songs are among them. Most entities are songs, so a lexeme of songs would exclude too little. */
function kindsWithSongs(chosen: number[] = []): Kind[] | null {
  const some = kinds.filter((_, value) => chosen.includes(value))
  return some.includes('song') ? some : null
}

function singleWordOf(clauses: Clause[], isOpen: boolean): SingleWord | null {
  const [clause] = clauses
  const [token] = clause?.tokens ?? []
  if (!clause || clauses.length > 1 || clause.field !== null || !token || clause.tokens.length > 1 || token.isRun)
    return null
  const { isWholeWord, completions = [] } = clause
  return {
    words: [token.text, ...completions],
    prefix: isOpen && !isWholeWord && isBeginning(token) ? token.text : null,
  }
}

/** The field of all clauses, if its values are names of entities: `artist:queen` finds the artist Queen first. */
function onlyFieldOf(clauses: Clause[]): 'artist' | 'album' | null {
  const [field = null, ...others] = new Set(clauses.map((clause) => clause.field))
  return others.length === 0 && (field === 'artist' || field === 'album') ? field : null
}

const anyOfFacet = (facet: Facet, values: number[]): string =>
  anyOf(values.map((value) => facetLexeme({ facet, value })))

/** "the beatles" also finds "Beatles, The". An article that is the whole query stays. */
const withoutLeadingArticle = (clauses: Clause[]): Clause[] => {
  const [first] = clauses
  if (!first || first.field !== null || first.isPhrase || clauses.length < 2) return clauses
  return withoutArticle([...first.tokens, ...(clauses[1]?.tokens ?? [])]).length < 2 ? clauses.slice(1) : clauses
}

const kindLexeme = (name: string): string => {
  const value = (kinds as readonly string[]).indexOf(name)
  return value < 0 ? formLexeme(name) : facetLexeme({ facet: 'kind', value })
}

const DIGITS = 4

/** The shortest prefixes that cover a range of years: "196" to "199" for 1960 to 1999. */
function yearPrefixes({ from, to }: Range, prefix = ''): string[] {
  const first = Number(prefix.padEnd(DIGITS, '0'))
  const last = Number(prefix.padEnd(DIGITS, '9'))
  if (last < (from ?? 0) || first > (to ?? last)) return []
  if (first >= (from ?? 0) && last <= (to ?? last)) return [prefix]
  return Array.from({ length: 10 }, (_, digit) => yearPrefixes({ from, to }, `${prefix}${digit}`)).flat()
}
