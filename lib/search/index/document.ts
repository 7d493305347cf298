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

/** What of the catalogue is found by searching, as it is read to be indexed. */
export type Source = {
  kind: Kind
  id: number
  /** By what it is ranked among what matches alike. */
  score: number
  name: string
  /** Other names that it is known by: a sort name, names that it is credited under. */
  aliases: string[]
  /** The credit, and the title of the album that it is shown with; empty where it has none. */
  credit: string
  album: string
  /** Of an album its record label, of a song its composers and lyricists; empty where it has none. */
  label: string
  composer: string
  year: number | null
  /** The day as far as it is known: 19970500. */
  released: number | null
  /** Of an album its kind. */
  form: string | null
  durationMs: number | null
  genres: number[]
  artists: number[]
  /** Of an album those of its cover, by their places among the names of colours. */
  colours: number[]
}

/** A document of the index, as a row of its table. */
export type Document = {
  kind: Kind
  id: number
  score: number
  key: string
  words: string
  /** As they are counted (`bytesOf`). */
  facets: Buffer
  durationMs: number | null
  released: number | null
  vocabulary: string[]
}

/**
 * Where a lexeme is from is told by its first character, so that one index answers for each field: a word of the name,
 * of the credit, of the album; without any, from wherever. Letters and digits are all that words have.
 */
export const marks = { title: '=', artist: '@', album: '%', label: '#', composer: '~' } as const satisfies Record<
  TextField,
  string
>

/** Of a name that begins with an article, though it is filed without: what is called "The …". */
export const articleLexeme = (article: string): string => `:t${article}`

/**
 * How documents are made of the catalogue. An index that was made in an older way is built anew: it goes up with every
 * change of what is here, or of how texts are folded.
 */
export const INDEX_VERSION = 5

/** What is counted of what is found. */
export const facets = ['kind', 'genre', 'decade', 'artist', 'length', 'color'] as const
export type Facet = (typeof facets)[number]
/**
 * A kind by its place among the kinds, a genre or an artist by its id, a decade by its first year, a length by its bucket, a
 * colour by its place among their names.
 */
export type FacetValue = { facet: Facet; value: number }

/** Values are below this, so that one with its facet is a number, to be counted quickly. */
export const FACET_SIZE = 2 ** 27
export const codeOf = ({ facet, value }: FacetValue): number => facets.indexOf(facet) * FACET_SIZE + value
export const facetOf = (code: number): FacetValue => ({
  facet: facets[Math.floor(code / FACET_SIZE)] ?? 'kind',
  value: code % FACET_SIZE,
})

/** In the byte order of the network, the kind first: where a kind stands, a document begins. */
function bytesOf(values: FacetValue[]): Buffer {
  const bytes = Buffer.allocUnsafe(values.length * CODE_BYTES)
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(codeOf(value), index * CODE_BYTES)
  return bytes
}
export const CODE_BYTES = 4

/** What a document has beside words is a lexeme too; no word begins so. They are short: a million documents have five each. */
export const facetLexeme = ({ facet, value }: FacetValue): string => `:${facet[0]}${value}`
export const formLexeme = (form: string): string => `:f${form}`
/** @param digits a year's, four of them; or the first of those of many years. */
export const yearLexeme = (digits: string): string => `:y${digits}`

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

/**
 * Positions of a field's words begin here, so that no phrase reaches from one field into the next. Marked words alone have
 * them: a phrase from wherever is one of a field.
 */
const BEGINNINGS = {
  title: 1,
  alias: 500,
  artist: 4_000,
  artistInLatin: 5_000,
  album: 6_000,
  albumInLatin: 7_000,
  label: 8_000,
  composer: 9_000,
}
const MOST_WORDS = 200
/** Each at a place of its own, before those of credits. */
export const MOST_ALIASES = 12

export function toDocument(source: Source): Document {
  const { kind, id, score, name } = source
  const made = new Making()
  const title = tokensOf(name)
  const [first] = title
  made.addField(title, BEGINNINGS.title, marks.title)
  for (const [index, alias] of source.aliases.entries())
    if (alias !== name) made.addField(tokensOf(alias), BEGINNINGS.alias + index * (MOST_WORDS + 1), marks.title)
  // The places after those of the aliases.
  made.addInLatin(name, BEGINNINGS.alias + MOST_ALIASES * (MOST_WORDS + 1), marks.title)
  made.addField(tokensOfMany(source.credit), BEGINNINGS.artist, marks.artist)
  made.addInLatin(source.credit, BEGINNINGS.artistInLatin, marks.artist)
  // An artist is found by `artist:` too, and an album by `album:`.
  if (kind === 'artist') {
    made.addField(title, BEGINNINGS.title, marks.artist)
    made.addInLatin(name, BEGINNINGS.artistInLatin, marks.artist)
  }
  // What an album is called in one word, its songs are not.
  made.addField(tokensOfMany(source.album), BEGINNINGS.album, marks.album, kind !== 'song')
  made.addInLatin(source.album, BEGINNINGS.albumInLatin, marks.album)
  if (kind === 'album') {
    made.addField(title, BEGINNINGS.title, marks.album)
    made.addInLatin(name, BEGINNINGS.albumInLatin, marks.album)
  }
  made.addField(tokensOfMany(source.label), BEGINNINGS.label, marks.label)
  made.addField(tokensOfMany(source.composer), BEGINNINGS.composer, marks.composer, false)
  if (first && isArticle(first) && withoutArticle(title) !== title) made.add(articleLexeme(first.text))
  const values = facetsOf(source)
  for (const value of values) made.add(facetLexeme(value))
  if (source.form) made.add(formLexeme(source.form))
  if (source.year) made.add(yearLexeme(`${source.year}`.padStart(4, '0')))
  return {
    kind,
    id,
    score,
    key: keyOf(name),
    words: made.toVector(),
    facets: bytesOf(values),
    durationMs: source.durationMs,
    released: source.released,
    vocabulary: [...made.vocabulary],
  }
}

/** Songs that are beside each other are of one album, as a rule, and by one artist. */
const many = new LRUCache<string, Token[]>({ max: 1_000 })

function tokensOfMany(text: string): Token[] {
  const known = many.get(text)
  if (known) return known
  const tokens = tokensOf(text)
  many.set(text, tokens)
  return tokens
}

/** What a document's lexemes are made in. Methods, for functions within a function would be made anew for each document. */
class Making {
  readonly vocabulary = new Set<string>()
  /** Each lexeme with its positions as PostgreSQL reads them: ":1,5", or nothing. */
  private readonly lexemes = new Map<string, string>()

  add(lexeme: string): void {
    if (!this.lexemes.has(lexeme)) this.lexemes.set(lexeme, '')
  }

  addField(tokens: Token[], beginning: number, mark: string, isJoined = true): void {
    const words = tokens.length > MOST_WORDS ? tokens.slice(0, MOST_WORDS) : tokens
    for (let index = 0; index < words.length; index++) {
      const token = words[index]
      if (!token) continue
      if (!token.isRun) this.vocabulary.add(token.text)
      if (token.stem) this.vocabulary.add(token.stem)
      for (const term of termsOf(token)) {
        this.add(term)
        this.addAt(mark + term, beginning + index)
      }
      // Parts of a word have no place: they are no words, and no phrase has them.
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

  /** Adds a name in another script as it is written in Latin letters: Кино is found as "kino". */
  addInLatin(text: string, beginning: number, mark: string): void {
    if (NOT_LATIN.test(text)) this.addField(tokensOfMany(inLatin(text)), beginning, mark)
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

/** A letter of another script. */
const NOT_LATIN = /(?!\p{Script=Latin})\p{L}/u

const facetsOf = ({ kind, year, durationMs, genres, artists, colours }: Source): FacetValue[] => [
  { facet: 'kind', value: kinds.indexOf(kind) },
  ...genres.map((value) => ({ facet: 'genre', value }) as const),
  ...(year ? [{ facet: 'decade', value: year - (year % 10) } as const] : []),
  ...artists.map((value) => ({ facet: 'artist', value }) as const),
  ...(durationMs === null ? [] : [{ facet: 'length', value: lengthBucket(durationMs) } as const]),
  ...colours.map((value) => ({ facet: 'color', value }) as const),
]

/** A lexeme has at most 2,046 bytes. */
const LONGEST = 500

/** A lexeme, quoted as PostgreSQL reads it in a tsvector or a tsquery. */
export function quote(lexeme: string): string {
  const cut = lexeme.length > LONGEST ? lexeme.slice(0, LONGEST) : lexeme
  return `'${UNSAFE.test(cut) ? cut.replaceAll('\\', '\\\\').replaceAll("'", "''") : cut}'`
}
const UNSAFE = /['\\]/
