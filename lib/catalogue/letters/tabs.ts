/**
 * The dividers of an A–Z jump. Each is a range of sort keys: numbers and signs, the Latin letters, then one for each other
 * script. A key in another script begins with "{", the byte after "z", and its script's letter, so that each script is one
 * range, wherever Unicode has its letters.
 */

/**
 * Scripts in the order of the shelf. The last takes what is in none of the others. A change of this table changes sort
 * keys: FIGURES_VERSION must go up with it.
 */
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

/** Keys in scripts that follow the Latin one begin with it. */
const BEYOND_LATIN = '{'
const codeOf = (index: number): string => String.fromCharCode(97 + index)

/** What a key begins with that is in another script than the Latin one; nothing before digits and Latin letters. */
export function scriptPrefix(key: string): string {
  const first = key.codePointAt(0) ?? 0
  if (first < 0x7b) return ''
  return BEYOND_LATIN + codeOf(scripts.findIndex(({ letters }) => letters.test(key)))
}

/** A divider: what it is called ("0" for numbers and signs), and the least key behind it. */
export type File = { name: string; start: string }

/** Every divider there can be, in order. */
export const files: File[] = [
  { name: '0', start: '' },
  ...[...'abcdefghijklmnopqrstuvwxyz'].map((letter) => ({ name: letter, start: letter })),
  ...scripts.map(({ name }, index) => ({ name, start: BEYOND_LATIN + codeOf(index) })),
]
