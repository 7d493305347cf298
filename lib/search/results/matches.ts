import { joinedWithAnd, syllablePairsOf, type Token, tokensOf } from '@/lib/search/text/fold'
import { openWord, type ParsedQuery, type TextField } from '@/lib/search/text/parse'
import type { Ranges } from './views'

/** Finds the words of a query in a text. */

/** How a word matches: exactly but for case, after folding, as a prefix, or as one word for several. */
export const ways = ['exact', 'folded', 'prefix', 'joined'] as const
export type MatchWay = (typeof ways)[number]

/** A word of the query in a text. Positions are in UTF-16 units; `end` is exclusive. */
export type Match = { word: Token; start: number; end: number; way: MatchWay }

/** Finds the words of a query that search one of the fields, in the order of the text and without overlaps. */
export type Matcher = (text: string, fields: readonly TextField[]) => Match[]

/** Neighbouring words, and the words they become when written as one. */
type Run = { tokens: Token[]; joined: string[] }
/** The words of a query that search a field. */
type FieldWords = { words: Token[]; runs: Run[] }

/** A matcher for many texts: it derives the words of each field from the query once. */
export function matcherOf(query: ParsedQuery): Matcher {
  const { clauses } = query
  const open = openWord(query)
  const prefix = open && ([...open.text].length > 1 || clauses.at(-1)?.completions) ? open : undefined
  const byField = new Map<TextField, FieldWords>()
  const wordsOf = (field: TextField): FieldWords => {
    const known = byField.get(field)
    if (known) return known
    const words = clauses
      .filter((clause) => clause.field === null || clause.field === field)
      .flatMap((clause) => clause.tokens)
    const found = { words, runs: runsOf(words) }
    byField.set(field, found)
    return found
  }
  return (text, fields) => {
    const tokens = tokensOf(text)
    const runs = runsOf(tokens)
    return withoutOverlaps(
      fields.flatMap((field) => {
        const words = wordsOf(field)
        const single = tokens.flatMap((token) => matchOf(text, token, words, query.text, prefix) ?? [])
        const joined = joinedMatches(tokens, runs, words).toSorted((a, b) => b.end - b.start - (a.end - a.start))
        return withoutOverlaps([...single, ...joined])
      }),
    )
  }
}

function matchOf(
  text: string,
  token: Token,
  { words }: FieldWords,
  typed: string,
  prefix: Token | undefined,
): Match | undefined {
  const { start, end } = token
  const word = words.find((each) => isSame(each, token))
  if (word && isPart(word, token) && token.text.length === end - start) {
    const from = start + token.text.indexOf(word.text)
    return { word, start: from, end: from + word.text.length, way: 'exact' }
  }
  if (word) {
    const isAsWritten = text.slice(start, end).toLowerCase() === typed.slice(word.start, word.end).toLowerCase()
    return { word, start, end, way: isAsWritten ? 'exact' : 'folded' }
  }
  const begins =
    prefix && words.includes(prefix) && [token.text, token.stem].some((each) => each?.startsWith(prefix.text))
  return begins ? { word: prefix, start, end, way: 'prefix' } : undefined
}

/** The matches in the order of the text. Of overlapping matches the first in the list stays. */
function withoutOverlaps(matches: Match[]): Match[] {
  const separate: Match[] = []
  for (const match of matches)
    if (!separate.some(({ start, end }) => start < match.end && end > match.start)) separate.push(match)
  return separate.toSorted((a, b) => a.start - b.start)
}

/** Whether a word may match a part of a token: both are written without spaces, or the token is a Korean compound. */
const isPart = (word: Token, token: Token): boolean =>
  (word.isRun && token.isRun) || (syllablePairsOf(word).length > 0 && word.text !== token.text)

const isSame = (word: Token, token: Token): boolean =>
  isPart(word, token) ? token.text.includes(word.text) : word.text === token.text || word.text === token.stem

/** The maximum number of words that are written as one. */
const MAX_JOINED = 4

/** All runs of two to four neighbouring words. */
const runsOf = (tokens: Token[]): Run[] =>
  tokens.flatMap((_, from) =>
    Array.from({ length: MAX_JOINED - 1 }, (_, more) => tokens.slice(from, from + more + 2))
      .filter((run, more) => run.length === more + 2)
      .map((run) => ({ tokens: run, joined: joinedWithAnd(run) })),
  )

/** "acdc" and "A C D C" match AC/DC, and "ac dc" matches ACDC. */
function joinedMatches(tokens: Token[], runs: Run[], { words, runs: queryRuns }: FieldWords): Match[] {
  const over = (run: Token[], word: Token | undefined): Match[] =>
    word ? [{ word, start: run[0]?.start ?? 0, end: run.at(-1)?.end ?? 0, way: 'joined' }] : []
  return [
    ...runs.flatMap(({ tokens: run, joined }) =>
      over(
        run,
        words.find((word) => joined.includes(word.text)),
      ),
    ),
    ...queryRuns.flatMap(({ tokens: [word], joined }) =>
      tokens.flatMap((token) => (joined.includes(token.text) ? over([token], word) : [])),
    ),
    ...runs.flatMap(({ tokens: run, joined }) =>
      over(run, queryRuns.find((each) => each.joined.some((word) => joined.includes(word)))?.tokens[0]),
    ),
  ]
}

export const rangesOf = (matches: Match[]): Ranges => matches.map(({ start, end }) => [start, end])
