/** Removes what pasted titles add: guests, editions, the word "video". */

/** Brackets of any kind, closed or not. */
const BRACKETED = /[([{][^)\]}]*(?:[)\]}]|$)/gu
/** Guest artists, to the end of the text. */
const GUESTS = /\s(?:feat|ft|featuring)\b\.?\s.*$/iu
/** An edition after a dash. */
const EDITION =
  /\s[-–—]\s(?:[\p{L}\d]+\s)*(?:re-?master(?:ed)?|remix|mix|version|edit|edition|live|mono|stereo|demo|deluxe|bonus track|soundtrack|video|audio|lyrics?)\b.*$/iu
/** A track number. */
const NUMBER = /^\s*\d{1,3}\s*(?:[.)\-–—]\s*|\s)(?=\p{L})/u

/** @returns the text without additions; null if it has none, or is nothing else. */
export function withoutAdditions(text: string): string | null {
  const plain = [BRACKETED, EDITION, GUESTS, NUMBER]
    .reduce((left, addition) => left.replace(addition, ' '), text)
    .replaceAll(/\s+/gu, ' ')
    .trim()
  return plain === '' || plain === text.trim() ? null : plain
}
