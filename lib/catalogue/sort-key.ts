import anyAscii from 'any-ascii'
import { scriptPrefix } from '@/lib/catalogue/letters/tabs'

/**
 * Sort keys: text folded so that it sorts by comparing bytes. They are stored in the "C" collation, so that the order is
 * the same on every server.
 */

/** A B-tree entry must stay below 2,704 bytes; this leaves room for the id at 4 bytes a character. */
const MAX_LENGTH = 200

const ARTICLE = /^(the|an?)\s+(?=\S)/i
const ASCII = /^[\x20-\x7e]*$/
/** The flag for set operations. TypeScript rejects it in a literal with our target. */
const SETS = 'gv'
/** Accents, points and vowel marks, which sorting ignores. Vowel signs of Devanagari, Thai and similar scripts are letters. */
const MARKS = new RegExp(
  String.raw`[\p{M}&&[\p{Script=Inherited}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Cyrillic}]]+`,
  SETS,
)
/** Letters and digits with an ASCII spelling that Unicode does not decompose: "ø", "ß", "٣". */
const SPELLED = new RegExp(String.raw`[[\p{Script=Latin}\p{Nd}]--\p{ASCII}]`, SETS)
const SPELLING = /^[a-z0-9]+$/
const NOT_WORD = /[^\p{L}\p{M}\p{N}]+/gu
const NUMBER = /\d+/g
/** Katakana sorts as hiragana, which is this many code points lower. */
const KATAKANA = /[\u30a1-\u30f6]/g
const TO_HIRAGANA = 0x60

/**
 * Folds case, accents, width and punctuation, spells letters such as "ø" and "ß" with base letters, and writes numbers so
 * that 2 sorts before 10. Digits sort before Latin letters, and these before other scripts in the order of `scripts`. Text
 * without letters and digits ("!!!") keeps its signs and sorts first.
 */
export function sortKey(text: string): string {
  const folded = ASCII.test(text) ? text.toLowerCase() : foldLetters(text)
  const words = folded.replace(NOT_WORD, ' ').trim()
  if (words === '') return cut(`!${folded.trim()}`, MAX_LENGTH)
  // A number is prefixed with its length ("2" is "12", "10" is "210") to sort by value, up to 9 digits.
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
      // A letter of its own, which NFKD decomposes.
      .replace(/[Ии]\u0306/g, 'й')
      .replace(MARKS, '')
      .toLowerCase()
      .replaceAll('ς', 'σ')
      .replace(KATAKANA, (kana) => String.fromCharCode(kana.charCodeAt(0) - TO_HIRAGANA))
      .replace(SPELLED, spell)
  )
}

function spell(character: string): string {
  const spelling = anyAscii(character).toLowerCase()
  return SPELLING.test(spelling) ? spelling : character
}

/** The sort key of a title, without a leading English article. */
export const titleSortKey = (title: string): string => sortKey(title.replace(ARTICLE, ''))

/** The default sort name: "Beatles, The" for "The Beatles". */
export function sortNameOf(name: string): string {
  const article = ARTICLE.exec(name)?.[1]
  return article ? `${name.slice(article.length).trimStart()}, ${article}` : name
}

/** Does not split a surrogate pair, which PostgreSQL would refuse. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text
  const end = /[\uD800-\uDBFF]/.test(text.charAt(length - 1)) ? length - 1 : length
  return text.slice(0, end)
}
