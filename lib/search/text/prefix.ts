import type { Token } from './fold'

/** Which words match as prefixes while they are typed. */

/** The letters of a prefix. Shorter words have too many completions. */
export const MIN_PREFIX = 3
/** A syllable of Hangul says as much as two letters. */
export const SYLLABLE = /^\p{Script=Hangul}/u

const minLength = (text: string): number => (SYLLABLE.test(text) ? MIN_PREFIX - 1 : MIN_PREFIX)

/** Whether a word matches all words that begin with it. Any part of Han and kana matches, so they need no prefix. */
export const isBeginning = ({ text, isRun }: Token): boolean => !isRun && [...text].length >= minLength(text)

/** Whether a word is one letter, or syllable, too short for that. It matches only its most common completions. */
export const isShortBeginning = ({ text, isRun }: Token): boolean =>
  !isRun && [...text].length === minLength(text) - 1 && /^[\p{L}\p{N}]+$/u.test(text)
