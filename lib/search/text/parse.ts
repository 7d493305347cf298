import { albumKinds, entityKinds } from '@/lib/catalogue/kinds'
import { type Token, tokensOf } from './fold'
import { type Identifier, identifierOf } from './identifier'

/**
 * Parses queries: words, "phrases", and fields such as `artist:"Pink Floyd"`. Every text is a valid query: an unknown
 * field, or one with an invalid value, is read as words.
 */

/** The rest of a longer query is ignored. */
export const MAX_CHARACTERS = 300
const MAX_WORDS = 16

export const textFields = ['artist', 'album', 'title', 'label', 'composer'] as const
export type TextField = (typeof textFields)[number]

export const kinds = [...entityKinds, 'genre'] as const
export type Kind = (typeof kinds)[number]

/** The fields that search the name of each kind. */
export const namedBy = {
  artist: ['title', 'artist'],
  album: ['title', 'album'],
  song: ['title'],
  playlist: ['title'],
  genre: ['title'],
} as const satisfies Record<Kind, readonly TextField[]>

/** An inclusive range of numbers; null for an open end. */
export type Range = { from: number | null; to: number | null }

/** A word or phrase that must match. */
export type Clause = {
  field: TextField | null
  tokens: Token[]
  isPhrase: boolean
  /** Whether it is part of a field with an invalid value, or none. It is searched as text and never corrected. */
  isInvalidField?: true
  /** The most common completions of the last word, if it is too short or too common for a prefix. */
  completions?: string[]
  /** Whether the last word is no prefix: it matches only itself and its completions. */
  isWholeWord?: true
}

export type ParsedQuery = {
  /** The typed text, trimmed. */
  text: string
  clauses: Clause[]
  years: Range[]
  genres: string[]
  /** Values of `kind:`: kinds of entities, and kinds of albums. */
  kinds: string[]
  /** In milliseconds. */
  length: Range | null
  /** The external id that the text is, or links to. */
  identifier: Identifier | null
  /** Whether the last word may be a prefix: no quote closes it. A space does not, because keyboards add one. */
  isOpen: boolean
}

/** The last word, if it may be a prefix: a plain word that no quote closes. */
export function openWord({ clauses, isOpen }: ParsedQuery): Token | undefined {
  const last = clauses.at(-1)
  return isOpen && last?.field === null && !last.isPhrase ? last.tokens.at(-1) : undefined
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
  // Consecutive words are folded together: the meaning of "and" depends on its neighbours.
  let words: string | undefined
  let from = 0
  const invalid: Span[] = []
  const close = () => {
    if (words !== undefined) addWords(parsed, words, from, invalid)
    words = undefined
  }
  for (const match of text.matchAll(PART)) {
    const { field = /^\p{L}+(?=:)/u.exec(match[0])?.[0] ?? '', quoted, bare, phrase } = match.groups ?? {}
    const name = ALIASES[field.toLowerCase()] ?? field.toLowerCase()
    const value = quoted ?? bare
    const start = match.index + match[0].length - (value ?? '').length - (quoted === undefined ? 0 : 1)
    if (phrase !== undefined) {
      close()
      addPhrase(parsed, null, phrase, match.index + 1)
    } else if (value !== undefined && FIELDS.has(name) && addField(parsed, name, value, start)) close()
    else {
      from = words === undefined ? match.index : from
      words = text.slice(from, match.index + match[0].length)
      if (FIELDS.has(name)) invalid.push([match.index, match.index + match[0].length])
    }
  }
  close()
  parsed.clauses.splice(MAX_WORDS)
  return parsed
}

/** The words of a part of the query, with their positions in the whole. */
const tokensFrom = (part: string, from: number): Token[] =>
  tokensOf(part).map((token) => ({ ...token, start: token.start + from, end: token.end + from }))

type Span = [start: number, end: number]

/** @param invalid the positions of fields that are read as words. */
function addWords(parsed: ParsedQuery, words: string, from: number, invalid: Span[]): void {
  for (const token of tokensFrom(words.replaceAll('"', ' '), from)) {
    const isInvalidField = invalid.some(([start, end]) => token.start >= start && token.start < end)
    parsed.clauses.push({ field: null, tokens: [token], isPhrase: false, ...(isInvalidField && { isInvalidField }) })
  }
}

function addPhrase(parsed: ParsedQuery, field: TextField | null, phrase: string, from: number): boolean {
  const tokens = tokensFrom(phrase, from).slice(0, MAX_WORDS)
  if (tokens.length > 0) parsed.clauses.push({ field, tokens, isPhrase: tokens.length > 1 })
  return tokens.length > 0
}

/** @returns whether the value is valid. */
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

/** The values of `kind:`: kinds of entities and of albums. */
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
