import { joinedWithAnd, syllablePairsOf, type Token, tokensOf } from '@/lib/search/text/fold'
import type { ParsedQuery, TextField } from '@/lib/search/text/parse'

/** Where the words of a query stand in a text, and how they meet it. */

/** As it is written, but for case; folded, as without accents; the beginning of it; or written as one word. */
export const ways = ['exact', 'folded', 'prefix', 'joined'] as const
export type Way = (typeof ways)[number]

/** A word of the query in a text; in UTF-16 units, the end exclusive. */
export type Match = { word: Token; start: number; end: number; way: Way }

/**
 * Where the words stand, in the text's order.
 * @param field which field of something the text is: words that are asked for in another don't count. Any, if not given.
 */
function matchesIn(text: string, { text: typed, clauses, isOpen }: ParsedQuery, field?: TextField): Match[] {
  const last = clauses.at(-1)
  const open = isOpen && last?.field === null && !last.isPhrase ? last.tokens.at(-1) : undefined
  const words = clauses
    .filter((clause) => !field || clause.field === null || clause.field === field)
    .flatMap((clause) => clause.tokens)
  const there = tokensOf(text)
  const found = there.map((token): Match | undefined => {
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
      open &&
      words.includes(open) &&
      ([...open.text].length > 1 || last?.goesOn) &&
      [token.text, token.stem].some((text) => text?.startsWith(open.text))
    return begins ? { word: open, start, end, way: 'prefix' } : undefined
  })
  const single = found.filter((match) => match !== undefined)
  return apart([...single, ...asOneWord(there, words).toSorted((a, b) => b.end - b.start - (a.end - a.start))])
}

/** In the text's order, without those that stand in the place of one before them. */
function apart(matches: Match[]): Match[] {
  const left: Match[] = []
  for (const match of matches)
    if (!left.some(({ start, end }) => start < match.end && end > match.start)) left.push(match)
  return left.toSorted((a, b) => a.start - b.start)
}

/** Whether a part of the token may be meant: it is written without spaces, or a compound of syllables. */
const isPart = (word: Token, token: Token): boolean =>
  (word.isRun && token.isRun) || (syllablePairsOf(word).length > 0 && word.text !== token.text)

const isSame = (word: Token, token: Token): boolean =>
  isPart(word, token) ? token.text.includes(word.text) : word.text === token.text || word.text === token.stem

/** Words that are one elsewhere. */
const MOST_JOINED = 4

/** Each two to four words beside each other, with what they are in one. */
const runsOf = (tokens: Token[]): { run: Token[]; joined: string[] }[] =>
  tokens.flatMap((_, from) =>
    Array.from({ length: MOST_JOINED - 1 }, (_, more) => tokens.slice(from, from + more + 2))
      .filter((run, more) => run.length === more + 2)
      .map((run) => ({ run, joined: joinedWithAnd(run) })),
  )

/** "acdc" is AC/DC, and "ac dc" is ACDC. */
function asOneWord(there: Token[], words: Token[]): Match[] {
  const printed = runsOf(there).flatMap(({ run, joined }): Match[] => {
    const word = words.find((each) => joined.includes(each.text))
    return word ? [{ word, start: run[0]?.start ?? 0, end: run.at(-1)?.end ?? 0, way: 'joined' }] : []
  })
  const typed = runsOf(words).flatMap(({ run: [word], joined }): Match[] =>
    there.flatMap(({ text, start, end }) =>
      word && joined.includes(text) ? [{ word, start, end, way: 'joined' }] : [],
    ),
  )
  return [...printed, ...typed, ...betweenThem(there, words)]
}

/** "A C D C" is AC/DC: of both there are several. */
function betweenThem(there: Token[], words: Token[]): Match[] {
  const asked = runsOf(words)
  return runsOf(there).flatMap(({ run, joined }): Match[] => {
    const same = asked.find((each) => each.joined.some((word) => joined.includes(word)))
    const [word] = same?.run ?? []
    return word ? [{ word, start: run[0]?.start ?? 0, end: run.at(-1)?.end ?? 0, way: 'joined' }] : []
  })
}

/** Where the words stand in a text that is asked for by any of some fields; each place once. */
export const matchesInAny = (text: string, parsed: ParsedQuery, fields: readonly TextField[]): Match[] =>
  apart(fields.flatMap((field) => matchesIn(text, parsed, field)))
