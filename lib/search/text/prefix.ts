import type { Token } from './fold'

/** Which words, as somebody types them, stand for those that begin so too. */

/** With fewer letters too many words begin: they stand for the best known of these, and only where little is called so. */
export const LEAST_LETTERS = 3
/** What is written by syllables says as much with fewer. */
export const SYLLABLE = /^\p{Script=Hangul}/u

const least = (text: string): number => (SYLLABLE.test(text) ? LEAST_LETTERS - 1 : LEAST_LETTERS)

/** Whether it stands for all words that begin so. Of Han and kana any part is found. */
export const isBeginning = ({ text, isRun }: Token): boolean => !isRun && [...text].length >= least(text)

/** Whether it may stand for the best known of them: two letters, or one syllable. */
export const isShortBeginning = ({ text, isRun }: Token): boolean =>
  !isRun && [...text].length === least(text) - 1 && /^[\p{L}\p{N}]+$/u.test(text)
