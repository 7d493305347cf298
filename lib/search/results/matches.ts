import { joinedOf, type Token, tokensOf } from '@/lib/search/text/fold'
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
export function matchesIn(text: string, { text: typed, clauses, isOpen }: ParsedQuery, field?: TextField): Match[] {
  const last = clauses.at(-1)
  const open = isOpen && last?.field === null && !last.isPhrase ? last.tokens.at(-1) : undefined
  const words = clauses
    .filter((clause) => !field || clause.field === null || clause.field === field)
    .flatMap((clause) => clause.tokens)
  const there = tokensOf(text)
  const found = there.flatMap((token): Match[] => {
    const { start, end } = token
    const word = words.find((each) => isSame(each, token))
    if (word?.isRun && token.text.length === end - start) {
      const from = start + token.text.indexOf(word.text)
      return [{ word, start: from, end: from + word.text.length, way: 'exact' }]
    }
    if (word) {
      const isAsWritten = text.slice(start, end).toLowerCase() === typed.slice(word.start, word.end).toLowerCase()
      return [{ word, start, end, way: isAsWritten ? 'exact' : 'folded' }]
    }
    const begins =
      open &&
      words.includes(open) &&
      [...open.text].length > 1 &&
      [token.text, token.stem].some((text) => text?.startsWith(open.text))
    return begins ? [{ word: open, start, end, way: 'prefix' }] : []
  })
  return found.length > 0 ? found : asOneWord(text, there, words)
}

const isSame = (word: Token, token: Token): boolean =>
  word.isRun && token.isRun ? token.text.includes(word.text) : word.text === token.text || word.text === token.stem

/** "acdc" is AC/DC, and "ac dc" is ACDC. */
function asOneWord(text: string, there: Token[], words: Token[]): Match[] {
  const [first] = words
  if (!first) return []
  const whole = joinedOf(there)
  const joined = words.find((word) => whole.includes(word.text))
  if (joined)
    return [{ word: joined, start: there[0]?.start ?? 0, end: there.at(-1)?.end ?? text.length, way: 'joined' }]
  const asked = joinedOf(words)
  return there
    .filter((token) => asked.includes(token.text))
    .map(({ start, end }) => ({ word: first, start, end, way: 'joined' }))
}
