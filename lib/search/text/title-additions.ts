/** What is pasted from elsewhere says more than a title does: who else plays, which edition it is, that it is a video. */

/** In brackets of any kind, also such as are never closed. */
const BRACKETED = /[([{][^)\]}]*(?:[)\]}]|$)/gu
/** Who else plays, to the end. */
const GUESTS = /\s(?:feat|ft|featuring)\b\.?\s.*$/iu
/** Which edition it is, behind a dash. */
const EDITION =
  /\s[-–—]\s(?:[\p{L}\d]+\s)*(?:re-?master(?:ed)?|remix|mix|version|edit|edition|live|mono|stereo|demo|deluxe|bonus track|soundtrack|video|audio|lyrics?)\b.*$/iu
/** The number of a track. */
const NUMBER = /^\s*\d{1,3}\s*(?:[.)\-–—]\s*|\s)(?=\p{L})/u

/** @returns the text without what is no part of a title or a name; null where nothing changes, or nothing would be left. */
export function withoutAdditions(text: string): string | null {
  const plain = [BRACKETED, EDITION, GUESTS, NUMBER]
    .reduce((left, addition) => left.replace(addition, ' '), text)
    .replaceAll(/\s+/gu, ' ')
    .trim()
  return plain === '' || plain === text.trim() ? null : plain
}
