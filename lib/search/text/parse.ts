import { albumKinds, entityKinds } from '@/lib/catalogue/kinds'
import { type Token, tokensOf } from './fold'
import { type Identifier, identifierOf } from './identifier'

/**
 * What somebody typed, understood: words, "phrases", and terms in fields such as `artist:"Pink Floyd"`. Free text is never
 * wrong: what is no known field, or has a value that its field doesn't know, is words.
 */

/** More of a query is not read: nobody types it. */
export const MAX_CHARACTERS = 300
const MAX_WORDS = 16

export const textFields = ['artist', 'album', 'title', 'label', 'composer'] as const
export type TextField = (typeof textFields)[number]

export const kinds = [...entityKinds, 'genre'] as const
export type Kind = (typeof kinds)[number]

/** The fields by which what something is called is asked for. */
export const namedBy = {
  artist: ['title', 'artist'],
  album: ['title', 'album'],
  song: ['title'],
  playlist: ['title'],
  genre: ['title'],
} as const satisfies Record<Kind, readonly TextField[]>

/** A range of numbers, both ends inclusive; null where it has no end. */
export type Range = { from: number | null; to: number | null }

/** One thing that has to be there: a word, or several beside each other. */
export type Clause = {
  field: TextField | null
  tokens: Token[]
  isPhrase: boolean
  /** Whether it is of a field that has no value, or none that it knows: it was not mistyped, and is text as it stands. */
  isField?: true
  /** Of the last word, which is short or of which too many begin so: words that begin so, the best known. */
  goesOn?: string[]
  /** Whether the last word, which may go on, stands for none but itself and these. */
  isWhole?: true
}

export type ParsedQuery = {
  /** As it was typed, without spaces around it. */
  text: string
  clauses: Clause[]
  years: Range[]
  genres: string[]
  /** Values of `kind:`: kinds of things, and kinds of albums. */
  kinds: string[]
  /** In milliseconds. */
  length: Range | null
  /** The id that the whole text is, or links to. */
  identifier: Identifier | null
  /** Whether the last word may go on: no quote closes it. Keyboards put a space behind a word that they complete. */
  isOpen: boolean
}

const ALIASES: Record<string, string> = {
  song: 'title',
  track: 'title',
  name: 'title',
  type: 'kind',
  duration: 'length',
  writer: 'composer',
}
const FIELDS = new Set<string>([...textFields, 'year', 'genre', 'kind', 'length'])
/** A field with its value, a phrase, or a word. */
const PART = /(?<field>\p{L}+): ?(?:"(?<quoted>[^"]*)"|(?<bare>[^\s"]+))|"(?<phrase>[^"]+)"|(?<word>[^\s"]+)|"/giu

export function parseQuery(typed: string): ParsedQuery {
  const text = typed
    .slice(0, MAX_CHARACTERS)
    .replaceAll(/\p{Cc}/gu, ' ')
    .trim()
  const parsed: ParsedQuery = {
    text,
    clauses: [],
    years: [],
    genres: [],
    kinds: [],
    length: null,
    identifier: identifierOf(text),
    isOpen: !text.endsWith('"'),
  }
  // Words that follow each other are folded together: what "and" is depends on what stands beside it.
  let words: string | undefined
  let from = 0
  const incomplete: Span[] = []
  const close = () => {
    if (words !== undefined) addWords(parsed, words, from, incomplete)
    words = undefined
  }
  for (const match of text.matchAll(PART)) {
    const { field = /^\p{L}+(?=:)/u.exec(match[0])?.[0] ?? '', quoted, bare, phrase } = match.groups ?? {}
    const name = ALIASES[field.toLowerCase()] ?? field.toLowerCase()
    const value = quoted ?? bare
    const beginning = match.index + match[0].length - (value ?? '').length - (quoted === undefined ? 0 : 1)
    if (phrase !== undefined) {
      close()
      addPhrase(parsed, null, phrase, match.index + 1)
    } else if (value !== undefined && FIELDS.has(name) && addField(parsed, name, value, beginning)) close()
    else {
      from = words === undefined ? match.index : from
      words = text.slice(from, match.index + match[0].length)
      if (FIELDS.has(name)) incomplete.push([match.index, match.index + match[0].length])
    }
  }
  close()
  parsed.clauses.splice(MAX_WORDS)
  return parsed
}

/** The words of a part of what was typed, which begins there; they say where they stand in all of it. */
const tokensFrom = (part: string, from: number): Token[] =>
  tokensOf(part).map((token) => ({ ...token, start: token.start + from, end: token.end + from }))

type Span = [start: number, end: number]

/** @param incomplete where fields stand that are words. */
function addWords(parsed: ParsedQuery, words: string, from: number, incomplete: Span[]): void {
  for (const token of tokensFrom(words.replaceAll('"', ' '), from)) {
    const isField = incomplete.some(([start, end]) => token.start >= start && token.start < end)
    parsed.clauses.push({ field: null, tokens: [token], isPhrase: false, ...(isField && { isField }) })
  }
}

function addPhrase(parsed: ParsedQuery, field: TextField | null, phrase: string, from: number): boolean {
  const tokens = tokensFrom(phrase, from).slice(0, MAX_WORDS)
  if (tokens.length > 0) parsed.clauses.push({ field, tokens, isPhrase: tokens.length > 1 })
  return tokens.length > 0
}

/** @returns whether the field knows the value. */
function addField(parsed: ParsedQuery, name: string, value: string, from: number): boolean {
  const field = textFields.find((each) => each === name)
  if (field) return addPhrase(parsed, field, value, from)
  if (name === 'year') {
    const range = yearsOf(value)
    if (range) parsed.years.push(range)
    return range !== undefined
  }
  if (name === 'length') {
    const range = lengthOf(value)
    if (range)
      parsed.length = { from: range.from ?? parsed.length?.from ?? null, to: range.to ?? parsed.length?.to ?? null }
    return range !== undefined
  }
  const folded = tokensOf(value)
    .map((token) => token.text)
    .join(' ')
  if (!folded) return false
  if (name === 'genre') parsed.genres.push(folded)
  else {
    const kind = [folded, folded.replace(/s$/, '')].find((each) => KIND_NAMES.has(each))
    if (kind === undefined) return false
    parsed.kinds.push(kind)
  }
  return true
}

/** Kinds of things and of albums, as `kind:` names them. */
const KIND_NAMES = new Set<string>([...kinds, ...albumKinds])

/** "1997", "1990-1999", "1990s", ">1990", "<=1999" */
function yearsOf(value: string): Range | undefined {
  const one = /^(\d{4})(s?)$/.exec(value)
  if (one) return { from: Number(one[1]), to: Number(one[1]) + (one[2] ? 9 : 0) }
  const two = /^(\d{4})(?:-|–|\.\.)(\d{4})$/.exec(value)
  if (two) return { from: Number(two[1]), to: Number(two[2]) }
  const open = /^([<>]=?)(\d{4})$/.exec(value)
  return open ? openRange(open[1] ?? '', Number(open[2]), 1) : undefined
}

const UNITS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, '': 1_000 }

/** ">10m", "<3:30", ">=1h" */
function lengthOf(value: string): Range | undefined {
  const match = /^([<>]=?)(?:(\d{1,5}):(\d{2})|(\d{1,6})(s|m|h|)(?:in|ec)?)$/i.exec(value)
  if (!match) return undefined
  const [, sign = '', minutes, seconds, amount, unit = ''] = match
  const ms = minutes
    ? Number(minutes) * 60_000 + Number(seconds) * 1_000
    : Number(amount) * (UNITS[unit.toLowerCase()] ?? 1)
  return openRange(sign, ms, 1)
}

const openRange = (sign: string, limit: number, step: number): Range =>
  sign.startsWith('>')
    ? { from: sign === '>' ? limit + step : limit, to: null }
    : { from: null, to: sign === '<' ? limit - step : limit }
