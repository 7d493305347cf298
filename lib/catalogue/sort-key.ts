import anyAscii from 'any-ascii'
import { scriptPrefix } from '@/lib/catalogue/letters/tabs'

/**
 * Sort keys: text folded so that comparing bytes gives the order of a record shop's shelves. They are stored, in the
 * "C" collation, so that the order is the same on every server.
 */

/** A B-tree entry must stay below 2,704 bytes; at 4 bytes a character this leaves room for the id beside it. */
const MAX_LENGTH = 200

const ARTICLE = /^(the|an?)\s+(?=\S)/i
const ASCII = /^[\x20-\x7e]*$/
/** With sets of characters, for which TypeScript wants a later target than ours. */
const SETS = 'gv'
/** Accents, points and vowel marks that sorting ignores. The vowel signs of Devanagari, Thai and their like are letters. */
const MARKS = new RegExp(
  String.raw`[\p{M}&&[\p{Script=Inherited}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Cyrillic}]]+`,
  SETS,
)
/** Letters and digits that Unicode doesn't decompose, and that have an ASCII spelling: "ø", "ß", "٣". */
const SPELLED = new RegExp(String.raw`[[\p{Script=Latin}\p{Nd}]--\p{ASCII}]`, SETS)
const SPELLING = /^[a-z0-9]+$/
const NOT_WORD = /[^\p{L}\p{M}\p{N}]+/gu
const NUMBER = /\d+/g
/** Katakana is filed as hiragana, which stands this many code points before it. */
const KATAKANA = /[\u30a1-\u30f6]/g
const TO_HIRAGANA = 0x60

/**
 * Folds case, accents, width and punctuation, spells letters such as "ø" and "ß" with their base letters, and writes
 * numbers so that 2 comes before 10. Digits sort before Latin letters, those before other scripts, which follow each
 * other in the order of `scripts`. A text without any letter or digit ("!!!") keeps its signs and sorts first.
 */
export function sortKey(text: string): string {
  const folded = ASCII.test(text) ? text.toLowerCase() : foldLetters(text)
  const words = folded.replace(NOT_WORD, ' ').trim()
  if (words === '') return cut(`!${folded.trim()}`, MAX_LENGTH)
  // The length in front of a number ("2" is "12", "10" is "210") orders numbers by value, up to 9 digits.
  const counted = words.replace(NUMBER, (digits) => {
    const value = digits.replace(/^0+(?=\d)/, '')
    return `${Math.min(value.length, 9)}${value}`
  })
  return cut(scriptPrefix(counted) + counted, MAX_LENGTH)
}

function foldLetters(text: string): string {
  return (
    text
      .normalize('NFKD')
      // A letter of its own, after "и", which NFKD takes apart.
      .replace(/[Ии]\u0306/g, 'й')
      .replace(MARKS, '')
      .toLowerCase()
      .replaceAll('ς', 'σ')
      .replace(KATAKANA, (kana) => String.fromCharCode(kana.charCodeAt(0) - TO_HIRAGANA))
      .replace(SPELLED, spell)
  )
}

/** What has no spelling is left as it is. */
function spell(character: string): string {
  const spelling = anyAscii(character).toLowerCase()
  return SPELLING.test(spelling) ? spelling : character
}

/** The sort key of a title: without its leading English article, as libraries file it. */
export const titleSortKey = (title: string): string => sortKey(title.replace(ARTICLE, ''))

/** The name as a shop files it, where the source gives none: "The Beatles" is "Beatles, The". */
export function sortNameOf(name: string): string {
  const article = ARTICLE.exec(name)?.[1]
  return article ? `${name.slice(article.length).trimStart()}, ${article}` : name
}

/** Cuts without halving a surrogate pair, which PostgreSQL would refuse. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text
  const end = /[\uD800-\uDBFF]/.test(text.charAt(length - 1)) ? length - 1 : length
  return text.slice(0, end)
}
