import { LRUCache } from 'lru-cache'
import {
  compoundsOf,
  inLatin,
  isArticle,
  joinedOf,
  keyOf,
  syllablePairsOf,
  type Token,
  termsOf,
  tokensOf,
  withoutArticle,
} from '@/lib/search/text/fold'
import { type Kind, kinds, type TextField } from '@/lib/search/text/parse'

/** An entity of the catalogue, as the index needs it. */
export type Source = {
  kind: Kind
  id: number
  /** The rank among equally good matches. */
  score: number
  name: string
  /** Other names: a sort name, and names in credits. */
  aliases: string[]
  /** The credit, and the album title of a song; otherwise empty. */
  credit: string
  album: string
  /** The record label of an album, and the composers and lyricists of a song; otherwise empty. */
  label: string
  composer: string
  year: number | null
  /** The date with zeros for unknown parts: 19970500. */
  released: number | null
  /** The kind of an album. */
  form: string | null
  durationMs: number | null
  genres: number[]
  artists: number[]
  /** The colours of an album's cover, as indexes of `colourNames`. */
  colours: number[]
}

/** A row of the index. */
export type Document = {
  kind: Kind
  id: number
  score: number
  key: string
  words: string
  /** Encoded by `bytesOf`, for counting. */
  facets: Buffer
  durationMs: number | null
  released: number | null
  vocabulary: string[]
}

/**
 * The first character of a lexeme is its field, so that one index serves all of them; lexemes without a mark are in any
 * field. Words have letters and digits only, so they never begin with a mark.
 */
export const marks = { title: '=', artist: '@', album: '%', label: '#', composer: '~' } as const satisfies Record<
  TextField,
  string
>

/** The lexeme of names that begin with this article, which their key omits. */
export const articleLexeme = (article: string): string => `:t${article}`

/**
 * The version of the documents. Increase it with every change of this file or of folding: a site rebuilds an index of an
 * older version.
 */
export const INDEX_VERSION = 5

/** The properties by which hits are counted and filtered. */
export const facets = ['kind', 'genre', 'decade', 'artist', 'length', 'color'] as const
export type Facet = (typeof facets)[number]
/**
 * The value is the index of a kind in `kinds`, the id of a genre or an artist, the first year of a decade, the bucket of a
 * length, or the index of a colour in `colourNames`.
 */
export type FacetValue = { facet: Facet; value: number }

/** Values are below this, so that a value and its facet fit into one number, which is counted quickly. */
export const FACET_SIZE = 2 ** 27
export const codeOf = ({ facet, value }: FacetValue): number => facets.indexOf(facet) * FACET_SIZE + value
export const facetOf = (code: number): FacetValue => ({
  facet: facets[Math.floor(code / FACET_SIZE)] ?? 'kind',
  value: code % FACET_SIZE,
})

/** Big-endian codes, the kind first: a kind marks the beginning of a document. */
function bytesOf(values: FacetValue[]): Buffer {
  const bytes = Buffer.allocUnsafe(values.length * CODE_BYTES)
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(codeOf(value), index * CODE_BYTES)
  return bytes
}
export const CODE_BYTES = 4

/** Lexemes of other properties. They begin with a colon, which no word does, and are short, because every document has some. */
export const facetLexeme = ({ facet, value }: FacetValue): string => `:${facet[0]}${value}`
export const formLexeme = (form: string): string => `:f${form}`
/** @param digits the four digits of a year, or the first digits of several. */
export const yearLexeme = (digits: string): string => `:y${digits}`

/** The upper ends of the buckets of lengths, in minutes. The last bucket has none. */
const LENGTHS = [2, 4, 7, 15] as const
const lengthBucket = (ms: number): number => {
  const bucket = LENGTHS.findIndex((minutes) => ms < minutes * 60_000)
  return bucket === -1 ? LENGTHS.length : bucket
}

/** The buckets of an inclusive range of lengths. */
export const lengthBuckets = (from: number, to: number): number[] =>
  Array.from({ length: LENGTHS.length + 1 }, (_, bucket) => bucket).filter(
    (bucket) => bucket >= lengthBucket(from) && bucket <= lengthBucket(to),
  )

/**
 * The first position of each field, so far apart that no phrase matches across fields. Only marked lexemes have
 * positions, because every phrase is within one field.
 */
const POSITIONS = {
  title: 1,
  alias: 500,
  artist: 4_000,
  artistInLatin: 5_000,
  album: 6_000,
  albumInLatin: 7_000,
  label: 8_000,
  composer: 9_000,
}
const MAX_WORDS = 200
/** Each alias has positions of its own, before those of the credit. */
export const MAX_ALIASES = 12

export function toDocument(source: Source): Document {
  const { kind, id, score, name } = source
  const builder = new DocumentBuilder()
  const title = tokensOf(name)
  const [first] = title
  builder.addField(title, POSITIONS.title, marks.title)
  for (const [index, alias] of source.aliases.entries())
    if (alias !== name) builder.addField(tokensOf(alias), POSITIONS.alias + index * (MAX_WORDS + 1), marks.title)
  // The positions after those of the aliases.
  builder.addInLatin(name, POSITIONS.alias + MAX_ALIASES * (MAX_WORDS + 1), marks.title)
  builder.addField(cachedTokensOf(source.credit), POSITIONS.artist, marks.artist)
  builder.addInLatin(source.credit, POSITIONS.artistInLatin, marks.artist)
  // `artist:` also finds artists, and `album:` albums.
  if (kind === 'artist') {
    builder.addField(title, POSITIONS.title, marks.artist)
    builder.addInLatin(name, POSITIONS.artistInLatin, marks.artist)
  }
  // A song is not found by its album's title written as one word.
  builder.addField(cachedTokensOf(source.album), POSITIONS.album, marks.album, kind !== 'song')
  builder.addInLatin(source.album, POSITIONS.albumInLatin, marks.album)
  if (kind === 'album') {
    builder.addField(title, POSITIONS.title, marks.album)
    builder.addInLatin(name, POSITIONS.albumInLatin, marks.album)
  }
  builder.addField(cachedTokensOf(source.label), POSITIONS.label, marks.label)
  builder.addField(cachedTokensOf(source.composer), POSITIONS.composer, marks.composer, false)
  if (first && isArticle(first) && withoutArticle(title) !== title) builder.add(articleLexeme(first.text))
  const values = facetsOf(source)
  for (const value of values) builder.add(facetLexeme(value))
  if (source.form) builder.add(formLexeme(source.form))
  if (source.year) builder.add(yearLexeme(`${source.year}`.padStart(4, '0')))
  return {
    kind,
    id,
    score,
    key: keyOf(name),
    words: builder.toVector(),
    facets: bytesOf(values),
    durationMs: source.durationMs,
    released: source.released,
    vocabulary: [...builder.vocabulary],
  }
}

/** Neighbouring songs mostly share their album and artist. */
const tokenCache = new LRUCache<string, Token[]>({ max: 1_000 })

function cachedTokensOf(text: string): Token[] {
  const known = tokenCache.get(text)
  if (known) return known
  const tokens = tokensOf(text)
  tokenCache.set(text, tokens)
  return tokens
}

/** Collects the lexemes of a document. It is a class, because closures would be created for each document. */
class DocumentBuilder {
  readonly vocabulary = new Set<string>()
  /** Each lexeme with its positions in PostgreSQL's syntax: ":1,5", or empty. */
  private readonly lexemes = new Map<string, string>()

  add(lexeme: string): void {
    if (!this.lexemes.has(lexeme)) this.lexemes.set(lexeme, '')
  }

  addField(tokens: Token[], position: number, mark: string, isJoined = true): void {
    const words = tokens.length > MAX_WORDS ? tokens.slice(0, MAX_WORDS) : tokens
    for (let index = 0; index < words.length; index++) {
      const token = words[index]
      if (!token) continue
      if (!token.isRun) this.vocabulary.add(token.text)
      if (token.stem) this.vocabulary.add(token.stem)
      for (const term of termsOf(token)) {
        this.add(term)
        this.addAt(mark + term, position + index)
      }
      // Parts of a word are in no phrase, so they need no position.
      for (const pair of syllablePairsOf(token)) {
        this.add(pair)
        this.add(mark + pair)
      }
    }
    if (!isJoined || tokens.length < 2) return
    for (const joined of new Set([...joinedOf(tokens), ...compoundsOf(words)])) {
      this.add(joined)
      this.add(mark + joined)
    }
  }

  /** Adds the Latin transliteration of a name in another script: "kino" for Кино. */
  addInLatin(text: string, position: number, mark: string): void {
    if (NOT_LATIN.test(text)) this.addField(cachedTokensOf(inLatin(text)), position, mark)
  }

  toVector(): string {
    let vector = ''
    for (const [lexeme, positions] of this.lexemes) vector += `${vector && ' '}${quote(lexeme)}${positions}`
    return vector
  }

  private addAt(lexeme: string, position: number): void {
    const known = this.lexemes.get(lexeme)
    this.lexemes.set(lexeme, known ? `${known},${position}` : `:${position}`)
  }
}

/** A letter that is not Latin. */
const NOT_LATIN = /(?!\p{Script=Latin})\p{L}/u

const facetsOf = ({ kind, year, durationMs, genres, artists, colours }: Source): FacetValue[] => [
  { facet: 'kind', value: kinds.indexOf(kind) },
  ...genres.map((value) => ({ facet: 'genre', value }) as const),
  ...(year ? [{ facet: 'decade', value: year - (year % 10) } as const] : []),
  ...artists.map((value) => ({ facet: 'artist', value }) as const),
  ...(durationMs === null ? [] : [{ facet: 'length', value: lengthBucket(durationMs) } as const]),
  ...colours.map((value) => ({ facet: 'color', value }) as const),
]

/** PostgreSQL allows 2,046 bytes in a lexeme. */
const MAX_LEXEME = 500

/** Quotes a lexeme for a tsvector or a tsquery. */
export function quote(lexeme: string): string {
  const cut = lexeme.length > MAX_LEXEME ? lexeme.slice(0, MAX_LEXEME) : lexeme
  return `'${UNSAFE.test(cut) ? cut.replaceAll('\\', '\\\\').replaceAll("'", "''") : cut}'`
}
const UNSAFE = /['\\]/
