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
import { type Kind, kinds, type ParsedQuery, type Range } from '@/lib/search/text/parse'
import { isBeginning } from '@/lib/search/text/prefix'
import { type Alone, type Asked, allQuery, oneOf } from './statement'

/** Chosen values of facets: of one any, of several each. */
export type Chosen = Partial<Record<Facet, number[]>>

/** What the index is asked for a query. @param genres ids of those that the query names. */
export function askedOf(parsed: ParsedQuery, chosen: Chosen, genres: number[]): Asked {
  const { clauses, years, kinds: named, length, isOpen } = parsed
  const only = onlyField(clauses)
  const plain = clauses.every(({ field, isPhrase }) => field === null && !isPhrase)
  const all = clauses.flatMap((clause) => clause.tokens)
  const tokens = withoutArticle(all)
  const [first] = tokens
  const key = first && (plain || only) ? tokens.map((token) => token.text).join(' ') : null
  const last = tokens.at(-1)
  const nameable = clauses.every(({ field }) => field === null || field === 'title')
  const words = withoutLeadingArticle(clauses)
  const any = words.length > 0 ? allQuery(words, null, isOpen) : null
  const among = any === null ? null : amongSongs(chosen.kind)
  const filters = [
    ...facets.flatMap((facet) =>
      chosen[facet]?.length && !(among && facet === 'kind') ? [oneOfFacet(facet, chosen[facet])] : [],
    ),
    // Of several years any, as of several genres.
    ...(years.length > 0
      ? [
          oneOf(
            years.flatMap((range) => yearsIn(range).map(yearLexeme)),
            true,
          ),
        ]
      : []),
    ...(named.length > 0 ? [oneOf(named.map(kindLexeme))] : []),
    ...(parsed.genres.length > 0 ? [oneOfFacet('genre', genres)] : []),
    // Near enough for an index; exactly by `length`.
    ...(length ? [oneOfFacet('length', lengthBuckets(length.from ?? 0, length.to ?? Number.POSITIVE_INFINITY))] : []),
  ]
  const alone = filters.length > 0 || among ? null : aloneOf(words, isOpen)
  const { goesOn, isWhole } = clauses.at(-1) ?? {}
  // What is not counted to its end may also be called something that only begins so.
  const mayGoOn = plain && isOpen && last && (goesOn || (isBeginning(last) && (!isWhole || alone)))
  return {
    key,
    goesOn: key === null ? null : mayGoOn ? key : `${key} `,
    called: (only ? [only] : kinds).filter((kind) => !among || among.includes(kind)),
    among,
    article: plain && first && tokens.length === 1 && isArticle(first) ? quote(articleLexeme(first.text)) : null,
    name: only
      ? [`(${any})`, oneOf([kindLexeme(only)])].join(' & ')
      : any !== null && nameable
        ? allQuery(words, 'title', isOpen)
        : null,
    any,
    filters,
    alone,
    length,
  }
}

/** The chosen kinds, where songs are among them: most things are songs, so an index of them leaves out too little. */
function amongSongs(chosen: number[] = []): Kind[] | null {
  const some = kinds.filter((_, value) => chosen.includes(value))
  return some.includes('song') ? some : null
}

/** One word from wherever, with what it stands for. */
function aloneOf(clauses: ParsedQuery['clauses'], isOpen: boolean): Alone | null {
  const [{ field, tokens, isWhole, goesOn = [] } = { field: null, tokens: [] }] = clauses
  const [token] = tokens
  if (clauses.length > 1 || field !== null || !token || tokens.length > 1 || token.isRun) return null
  return { words: [token.text, ...goesOn], beginning: isOpen && !isWhole && isBeginning(token) ? token.text : null }
}

/** The field that all is asked for in, where things of its own are called so: `artist:queen` is Queen first. */
function onlyField(clauses: ParsedQuery['clauses']): 'artist' | 'album' | null {
  const [field = null, ...others] = new Set(clauses.map((clause) => clause.field))
  return others.length === 0 && (field === 'artist' || field === 'album') ? field : null
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
