/**
 * The tabs of the A–Z bar. Each is a range of sort keys: numbers and signs, the Latin letters, then one for
 * each other script. A key in another script starts with "{", the byte after "z", and a letter for the script, so that each
 * script is one range although Unicode spreads its letters.
 */

/** The other scripts in their order; the last matches any text. A change needs a new FIGURES_VERSION: it changes sort keys. */
const scripts = [
  { name: 'Greek', letters: /^\p{Script=Greek}/u },
  { name: 'Cyrillic', letters: /^\p{Script=Cyrillic}/u },
  { name: 'Armenian', letters: /^\p{Script=Armenian}/u },
  { name: 'Georgian', letters: /^\p{Script=Georgian}/u },
  { name: 'Hebrew', letters: /^\p{Script=Hebrew}/u },
  { name: 'Arabic', letters: /^\p{Script=Arabic}/u },
  { name: 'Ethiopic', letters: /^\p{Script=Ethiopic}/u },
  { name: 'Devanagari', letters: /^\p{Script=Devanagari}/u },
  { name: 'Bengali', letters: /^\p{Script=Bengali}/u },
  { name: 'Gurmukhi', letters: /^\p{Script=Gurmukhi}/u },
  { name: 'Gujarati', letters: /^\p{Script=Gujarati}/u },
  { name: 'Tamil', letters: /^\p{Script=Tamil}/u },
  { name: 'Telugu', letters: /^\p{Script=Telugu}/u },
  { name: 'Kannada', letters: /^\p{Script=Kannada}/u },
  { name: 'Malayalam', letters: /^\p{Script=Malayalam}/u },
  { name: 'Sinhala', letters: /^\p{Script=Sinhala}/u },
  { name: 'Thai', letters: /^\p{Script=Thai}/u },
  { name: 'Lao', letters: /^\p{Script=Lao}/u },
  { name: 'Khmer', letters: /^\p{Script=Khmer}/u },
  { name: 'Burmese', letters: /^\p{Script=Myanmar}/u },
  { name: 'Hangul', letters: /^\p{Script=Hangul}/u },
  { name: 'Kana', letters: /^[\p{Script=Hiragana}\p{Script=Katakana}ー]/u },
  { name: 'Han', letters: /^[\p{Script=Han}々〇]/u },
  { name: 'Other scripts', letters: /^/u },
]

/** The first character of keys in other scripts. */
const BEYOND_LATIN = '{'
const codeOf = (index: number): string => String.fromCharCode(97 + index)

/** The prefix of a key in another script; empty for digits and Latin letters. */
export function scriptPrefix(key: string): string {
  const first = key.codePointAt(0) ?? 0
  if (first < 0x7b) return ''
  return BEYOND_LATIN + codeOf(scripts.findIndex(({ letters }) => letters.test(key)))
}

/** A tab: its name ("0" for numbers and signs) and the first key of its range. */
export type Tab = { name: string; start: string }

/** All possible tabs, in order. */
export const tabs: Tab[] = [
  { name: '0', start: '' },
  ...[...'abcdefghijklmnopqrstuvwxyz'].map((letter) => ({ name: letter, start: letter })),
  ...scripts.map(({ name }, index) => ({ name, start: BEYOND_LATIN + codeOf(index) })),
]
