import { joinedOf, keyOf, type Token, termsOf, tokensOf } from '@/lib/search/text/fold'
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
  codes: number[]
  durationMs: number | null
  vocabulary: string[]
}

/**
 * Where a lexeme is from is told by its first character, so that one index answers for each field: a word of the name,
 * of the credit, of the album; without any, from wherever. Letters and digits are all that words have.
 */
export const marks = { title: '=', artist: '@', album: '%' } as const

/** What a document has beside words, as lexemes: `:kind:song`, `:genre:12`, `:decade:1990`. No word begins so. */
export const facetLexeme = (facet: string, value: string | number): string => `:${facet}:${value}`

/** What is counted of what is found. */
export const facets = ['kind', 'genre', 'decade', 'artist', 'length'] as const
export type Facet = (typeof facets)[number]

/** A value of a facet as one number, to be counted quickly: ids stay below 2^27. */
const FACET_SIZE = 2 ** 27
export const facetCode = (facet: Facet, value: number): number => facets.indexOf(facet) * FACET_SIZE + value
/** Lengths that are told apart, by where they end, in minutes. */
const LENGTHS = [2, 4, 7, 15] as const
export const lengthBucket = (ms: number): number => {
  const bucket = LENGTHS.findIndex((minutes) => ms < minutes * 60_000)
  return bucket === -1 ? LENGTHS.length : bucket
}

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
      for (const term of termsOf(token)) {
        add(term, beginning + index)
        add(mark + term, beginning + index)
      }
    }
    for (const joined of joinedOf(tokens)) {
      add(joined)
      add(mark + joined)
    }
  }
  const title = tokensOf(name)
  addField(title, BEGINNINGS.title, marks.title)
  if (source.alias && source.alias !== name) addField(tokensOf(source.alias), BEGINNINGS.alias, marks.title)
  addField(tokensOf(source.credit), BEGINNINGS.artist, marks.artist)
  if (kind === 'artist') for (const token of title) for (const term of termsOf(token)) add(marks.artist + term)
  addField(tokensOf(source.album), BEGINNINGS.album, marks.album)
  if (kind === 'album') for (const token of title) for (const term of termsOf(token)) add(marks.album + term)
  for (const facet of facetsOf(source)) add(facet)
  return {
    kind,
    id,
    score,
    key: keyOf(name).slice(0, 200),
    words: toVector(lexemes),
    codes: codesOf(source),
    durationMs: source.durationMs,
    vocabulary: [...vocabulary],
  }
}

function facetsOf({ kind, year, form, durationMs, genres, artists }: Source): string[] {
  return [
    facetLexeme('kind', kind),
    ...(form ? [facetLexeme('form', form)] : []),
    ...(year ? [facetLexeme('year', year), facetLexeme('decade', year - (year % 10))] : []),
    ...(durationMs === null ? [] : [facetLexeme('length', lengthBucket(durationMs))]),
    ...genres.map((genre) => facetLexeme('genre', genre)),
    ...artists.map((artist) => facetLexeme('artist', artist)),
  ]
}

const codesOf = ({ kind, year, durationMs, genres, artists }: Source): number[] => [
  facetCode('kind', kinds.indexOf(kind)),
  ...genres.map((genre) => facetCode('genre', genre)),
  ...(year ? [facetCode('decade', year - (year % 10))] : []),
  ...artists.map((artist) => facetCode('artist', artist)),
  ...(durationMs === null ? [] : [facetCode('length', lengthBucket(durationMs))]),
]

/** A lexeme has at most 2,046 bytes. */
const LONGEST = 500

/** A lexeme, quoted as PostgreSQL reads it in a tsvector or a tsquery. */
export const quote = (lexeme: string): string =>
  `'${lexeme.slice(0, LONGEST).replaceAll('\\', '\\\\').replaceAll("'", "''")}'`

const toVector = (lexemes: Map<string, number[]>): string =>
  [...lexemes].map(([lexeme, at]) => (at.length > 0 ? `${quote(lexeme)}:${at.join(',')}` : quote(lexeme))).join(' ')
