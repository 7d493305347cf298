import {
  compoundsOf,
  isArticle,
  joinedOf,
  keyOf,
  type Token,
  termsOf,
  tokensOf,
  withoutArticle,
} from '@/lib/search/text/fold'
import { type Kind, kinds } from '@/lib/search/text/parse'

/** What of the catalogue is found by searching, as it is read to be indexed. */
export type Source = {
  kind: Kind
  id: number
  /** By what it is ranked among what matches alike. */
  score: number
  name: string
  /** Another name that it is known by: a sort name. */
  alias: string
  /** The credit, and the title of the album that it is shown with; empty where it has none. */
  credit: string
  album: string
  year: number | null
  /** The day as far as it is known: 19970500. */
  released: number | null
  /** Of an album its kind. */
  form: string | null
  durationMs: number | null
  genres: number[]
  artists: number[]
}

/** A document of the index, as a row of its table. */
export type Document = {
  kind: Kind
  id: number
  score: number
  key: string
  words: string
  /** By their codes. */
  facets: number[]
  durationMs: number | null
  released: number | null
  vocabulary: string[]
}

/**
 * Where a lexeme is from is told by its first character, so that one index answers for each field: a word of the name,
 * of the credit, of the album; without any, from wherever. Letters and digits are all that words have.
 */
export const marks = { title: '=', artist: '@', album: '%' } as const

/** Of a name that begins with an article, though it is filed without: what is called "The …". */
export const articleLexeme = (article: string): string => `:article:${article}`

/**
 * How documents are made of the catalogue. An index that was made in an older way is built anew: it goes up with every
 * change of what is here, or of how texts are folded.
 */
export const INDEX_VERSION = 1

/** What is counted of what is found. */
export const facets = ['kind', 'genre', 'decade', 'artist', 'length'] as const
export type Facet = (typeof facets)[number]
/** A kind by its place among the kinds, a genre or an artist by its id, a decade by its first year, a length by its bucket. */
export type FacetValue = { facet: Facet; value: number }

/** Values are below this, so that one with its facet is a number, to be counted quickly. */
export const FACET_SIZE = 2 ** 27
export const codeOf = ({ facet, value }: FacetValue): number => facets.indexOf(facet) * FACET_SIZE + value
export const facetOf = (code: number): FacetValue => ({
  facet: facets[Math.floor(code / FACET_SIZE)] ?? 'kind',
  value: code % FACET_SIZE,
})

/** What a document has beside words is a lexeme too; no word begins so. */
export const facetLexeme = ({ facet, value }: FacetValue): string => `:${facet}:${value}`
export const formLexeme = (form: string): string => `:form:${form}`
/** @param digits a year's, four of them; or the first of those of many years. */
export const yearLexeme = (digits: string): string => `:year:${digits}`

/** Lengths that are told apart, by where they end, in minutes. */
const LENGTHS = [2, 4, 7, 15] as const
const lengthBucket = (ms: number): number => {
  const bucket = LENGTHS.findIndex((minutes) => ms < minutes * 60_000)
  return bucket === -1 ? LENGTHS.length : bucket
}

/** The buckets of lengths between two, both inclusive. */
export const lengthBuckets = (from: number, to: number): number[] =>
  Array.from({ length: LENGTHS.length + 1 }, (_, bucket) => bucket).filter(
    (bucket) => bucket >= lengthBucket(from) && bucket <= lengthBucket(to),
  )

/** Positions of a field's words begin here, so that no phrase reaches from one field into the next. */
const BEGINNINGS = { title: 1, alias: 2_000, artist: 4_000, album: 6_000 }
const MOST_WORDS = 200

export function toDocument(source: Source): Document {
  const { kind, id, score, name } = source
  const lexemes = new Map<string, number[]>()
  const vocabulary = new Set<string>()
  const add = (lexeme: string, position?: number) => {
    const positions = lexemes.get(lexeme) ?? []
    if (position !== undefined) positions.push(position)
    lexemes.set(lexeme, positions)
  }
  const addField = (tokens: Token[], beginning: number, mark: string) => {
    for (const [index, token] of tokens.slice(0, MOST_WORDS).entries()) {
      if (!token.isRun) vocabulary.add(token.text)
      if (token.stem) vocabulary.add(token.stem)
      for (const term of termsOf(token)) {
        add(term, beginning + index)
        add(mark + term, beginning + index)
      }
    }
    for (const joined of new Set([...joinedOf(tokens), ...compoundsOf(tokens.slice(0, MOST_WORDS))])) {
      add(joined)
      add(mark + joined)
    }
  }
  const title = tokensOf(name)
  const [first] = title
  addField(title, BEGINNINGS.title, marks.title)
  if (source.alias && source.alias !== name) addField(tokensOf(source.alias), BEGINNINGS.alias, marks.title)
  addField(tokensOf(source.credit), BEGINNINGS.artist, marks.artist)
  // An artist is found by `artist:` too, and an album by `album:`.
  if (kind === 'artist') addField(title, BEGINNINGS.title, marks.artist)
  addField(tokensOf(source.album), BEGINNINGS.album, marks.album)
  if (kind === 'album') addField(title, BEGINNINGS.title, marks.album)
  if (first && isArticle(first) && withoutArticle(title) !== title) add(articleLexeme(first.text))
  const values = facetsOf(source)
  for (const value of values) add(facetLexeme(value))
  if (source.form) add(formLexeme(source.form))
  if (source.year) add(yearLexeme(`${source.year}`.padStart(4, '0')))
  return {
    kind,
    id,
    score,
    key: keyOf(name),
    words: toVector(lexemes),
    facets: values.map(codeOf),
    durationMs: source.durationMs,
    released: source.released,
    vocabulary: [...vocabulary],
  }
}

const facetsOf = ({ kind, year, durationMs, genres, artists }: Source): FacetValue[] => [
  { facet: 'kind', value: kinds.indexOf(kind) },
  ...genres.map((value) => ({ facet: 'genre', value }) as const),
  ...(year ? [{ facet: 'decade', value: year - (year % 10) } as const] : []),
  ...artists.map((value) => ({ facet: 'artist', value }) as const),
  ...(durationMs === null ? [] : [{ facet: 'length', value: lengthBucket(durationMs) } as const]),
]

/** A lexeme has at most 2,046 bytes. */
const LONGEST = 500

/** A lexeme, quoted as PostgreSQL reads it in a tsvector or a tsquery. */
export const quote = (lexeme: string): string =>
  `'${lexeme.slice(0, LONGEST).replaceAll('\\', '\\\\').replaceAll("'", "''")}'`

const toVector = (lexemes: Map<string, number[]>): string =>
  [...lexemes].map(([lexeme, at]) => (at.length > 0 ? `${quote(lexeme)}:${at.join(',')}` : quote(lexeme))).join(' ')
