/**
 * Sort keys: text folded so that comparing bytes gives the order of a record shop's shelves. They are stored, in the
 * "C" collation, so that the order is the same on every server.
 */

/** A B-tree entry must stay below 2,704 bytes; at 4 bytes a character this leaves room for the id beside it. */
const MAX_LENGTH = 200

const ARTICLE = /^(the|an?)\s+(?=\S)/i
const ASCII = /^[\x20-\x7e]*$/
const MARKS = /\p{M}+/gu
const NOT_WORD = /[^\p{L}\p{N}]+/gu
const NUMBER = /\d+/g

/**
 * Folds case, accents, width and punctuation; writes numbers so that 2 comes before 10. Digits sort before Latin
 * letters, those before other scripts. A text without any letter or digit ("!!!") keeps its signs and sorts first.
 */
export function sortKey(text: string): string {
  const plain = ASCII.test(text) ? text : text.normalize('NFKD').replace(MARKS, '')
  const folded = plain.toLowerCase()
  const words = folded.replace(NOT_WORD, ' ').trim()
  if (words === '') return `!${folded.trim()}`.slice(0, MAX_LENGTH)
  // The length in front of a number ("2" is "12", "10" is "210") orders numbers by value, up to 9 digits.
  const counted = words.replace(NUMBER, (digits) => {
    const value = digits.replace(/^0+(?=\d)/, '')
    return `${Math.min(value.length, 9)}${value}`
  })
  return cut(counted, MAX_LENGTH)
}

/** The sort key of a title: without its leading English article, as libraries file it. */
export const titleSortKey = (title: string): string => sortKey(title.replace(ARTICLE, ''))

/** The name as a shop files it, where the source gives none: "The Beatles" is "Beatles, The". */
export function sortNameOf(name: string): string {
  const article = ARTICLE.exec(name)?.[1]
  return article ? `${name.slice(article.length).trimStart()}, ${article}` : name
}

/** Where a list's A–Z jump files a key: a letter, "0" for numbers and signs, or "…" for other scripts. */
export function initialOf(key: string): string {
  const first = key[0] ?? ''
  if (first >= 'a' && first <= 'z') return first
  return first < 'a' ? '0' : '…'
}

/** Cuts without halving a surrogate pair, which PostgreSQL would refuse. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text
  const end = /[\uD800-\uDBFF]/.test(text.charAt(length - 1)) ? length - 1 : length
  return text.slice(0, end)
}
