import anyAscii from 'any-ascii'

/**
 * Folds titles, names and queries, so that they match regardless of spelling: Unicode's compatibility decomposition
 * (NFKD) without accents, case and punctuation, and one form of "and".
 */

/** A folded word, and its position in the original text. */
export type Token = {
  text: string
  /** The folded spelling, which differs from `text` for forms of "and": the N of Rock 'n' Roll. */
  written: string
  /** Whether it is a run of Han or kana. These have no spaces, and are compared by pairs of characters. */
  isRun: boolean
  /** The word without an elided article: the hirondelle of "l'hirondelle". */
  stem?: string
  /** The position in UTF-16 units; `end` is exclusive. */
  start: number
  end: number
}

/** Letters that NFKD does not decompose, as people type them on other keyboards. */
const LETTERS: Record<string, string> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ħ: 'h', ı: 'i', ŋ: 'n', ĸ: 'k', ŧ: 't' },
  ...{ ə: 'e', ς: 'σ', ё: 'е', ѐ: 'е', ґ: 'г', ـ: '', أ: 'ا', إ: 'ا', آ: 'ا', ى: 'ي', ة: 'ه' },
}
/** Signs that replace a letter within a word: P!nk, Ke$ha, M@ster. */
const SIGNS: Record<string, string> = { '!': 'i', $: 's', '@': 'a' }
/** All forms of the apostrophe: Don’t, Guns N’ Roses, O‘Connor. */
const APOSTROPHES = /^['’‘ʼ`´ʻ′]$/u
/** French and Italian words that lose their vowel before another. */
const ELIDED = new Set(['l', 'd', 'j', 'm', 'n', 's', 't', 'c', 'qu', 'un', 'all', 'dall', 'dell', 'nell', 'sull'])
const VOICED = /^[\u3099\u309a\uff9e\uff9f]$/u
const LETTER = /^[\p{L}\p{N}]$/u
const RUN = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆]$/u
/** Scripts whose marks change the letter: か and が differ. */
const KEEPS_MARKS =
  /^[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Thai}]/u
/** "And" between two words, in the languages of band names; and the N of Rock 'n' Roll. */
const AND = new Set(['and', 'n', 'und', 'et', 'y', 'e', 'och', 'og', 'ja', 'en', 'и', 'i', 'και', 'та'])

/** The folded form of a character; empty for an accent. */
function foldCharacter(character: string): string {
  const plain = character.normalize('NFKD').toLowerCase()
  if (KEEPS_MARKS.test(plain)) return character.normalize('NFKC').toLowerCase()
  return [...plain.replace(/\p{M}/gu, '')].map((one) => LETTERS[one] ?? one).join('')
}

/** The properties of a character. */
type CharacterInfo = {
  folded: string
  /** The letters and digits of `folded`. */
  letters: string
  isRun: boolean
  isVoiced: boolean
  isMark: boolean
  /** Whether its marks are part of the letter. */
  isKept: boolean
  isApostrophe: boolean
}

/** Titles use few different characters, and testing their Unicode properties takes most of the time of indexing. */
const characterCache = new Map<string, CharacterInfo>()
/** The cache is cleared at this size, so that hostile texts can't fill the memory. */
const MAX_CACHED = 10_000

function infoOf(character: string): CharacterInfo {
  const known = characterCache.get(character)
  if (known) return known
  const folded = foldCharacter(character)
  const all = [...folded]
  const info: CharacterInfo = {
    folded,
    letters: all.some((one) => LETTER.test(one))
      ? all.filter((one) => LETTER.test(one) || KEEPS_MARKS.test(one)).join('')
      : '',
    isRun: RUN.test(character) || RUN.test(folded),
    isVoiced: VOICED.test(character),
    isMark: /^\p{M}$/u.test(character),
    isKept: KEEPS_MARKS.test(character),
    isApostrophe: APOSTROPHES.test(character),
  }
  if (characterCache.size >= MAX_CACHED) characterCache.clear()
  characterCache.set(character, info)
  return info
}

/**
 * Splits a text into words, character by character. It has methods, because creating closures for each of millions of
 * titles would take longer than the splitting.
 */
class Tokenizer {
  readonly tokens: Token[] = []
  private open: Token | undefined
  /** The elided article at the beginning of the open word. */
  private elided = ''

  /** Reads `all[index]`, whose position in the text is `start`. */
  read(all: string[], index: number, start: number): void {
    const character = all[index] ?? ''
    const next = all[index + 1] ?? ''
    const { folded, letters, isRun, isVoiced, isMark, isKept, isApostrophe } = infoOf(character)
    const end = start + character.length
    if (letters) {
      if (this.open && this.open.isRun !== isRun) this.close()
      this.open ??= { text: '', written: '', isRun, start, end }
      this.add(letters, end)
    } else if (character === '&' || character === '+') {
      this.close()
      this.tokens.push({ text: 'and', written: 'and', isRun: false, start, end })
    } else if (!this.open) return
    else if (SIGNS[character] && LETTER.test(next)) this.add(SIGNS[character], end)
    else if (isVoiced) {
      // Half-width kana have the mark as a separate character: ﾀﾞ is ダ.
      this.add(character.normalize('NFKD'), end)
      this.open.text = this.open.text.normalize('NFC')
    } else if (isMark) {
      // Vowel signs of Devanagari are letters; combining accents are not.
      this.add(isKept ? folded : '', end)
    } else if (!isApostrophe || isAroundN(all, index)) this.close()
    else if (ELIDED.has(this.open.text) && /^[aeiouyh]/.test(infoOf(next).folded)) this.elided = this.open.text
  }

  close(): void {
    const { open, elided } = this
    if (open?.text) {
      open.written = open.text
      if (elided) open.stem = open.text.slice(elided.length)
      this.tokens.push(open)
    }
    this.open = undefined
    this.elided = ''
  }

  private add(text: string, end: number): void {
    if (!this.open) return
    this.open.text += text
    this.open.end = end
  }
}

const isApostrophe = (character: string | undefined): boolean => character !== undefined && APOSTROPHES.test(character)
const isN = (character: string | undefined): boolean => character === 'n' || character === 'N'

/** Whether an apostrophe is next to an N that is a word of its own: Rock’n’Roll, Rock’n Roll. */
function isAroundN(all: string[], index: number): boolean {
  if (isN(all[index + 1])) return isApostrophe(all[index + 2]) || /^\s$/.test(all[index + 2] ?? '')
  return isN(all[index - 1]) && isApostrophe(all[index - 2])
}

/** The words of a text, in order. */
export function tokensOf(text: string): Token[] {
  const words = new Tokenizer()
  const characters = [...text]
  let start = 0
  for (const [index, character] of characters.entries()) {
    words.read(characters, index, start)
    start += character.length
  }
  words.close()
  return words.tokens.length > 0 ? withAnd(withInitials(words.tokens, text)) : signs(text)
}

/** A text without letters and digits is one word of its signs: "!!!", "÷". */
function signs(text: string): Token[] {
  const folded = text.normalize('NFKC').replace(/[\s\p{C}\p{M}]/gu, '')
  const start = text.search(/\S/u)
  return folded
    ? [{ text: folded.slice(0, 32), written: folded.slice(0, 32), isRun: false, start, end: text.trimEnd().length }]
    : []
}

/** Initials are one word: R.E.M. */
function withInitials(tokens: Token[], text: string): Token[] {
  if (!text.includes('.')) return tokens
  const joined: Token[] = []
  for (const token of tokens) {
    const last = joined.at(-1)
    const isInitial = [...token.text].length === 1 && !token.isRun
    const follows = last && /^\p{L}+$/u.test(last.text) && text.slice(last.end, token.start) === '.'
    if (last && isInitial && follows && isInitials(last, text)) {
      last.text += token.text
      last.written = last.text
      last.end = token.end
    } else joined.push({ ...token })
  }
  return joined
}

const isInitials = ({ start, end }: Token, text: string): boolean => /^\p{L}(?:\.\p{L})*$/u.test(text.slice(start, end))

const withAnd = (tokens: Token[]): Token[] =>
  tokens.map((token, index) =>
    index > 0 && index < tokens.length - 1 && AND.has(token.text) ? { ...token, text: 'and' } : token,
  )

/** Leading articles, which people omit: "beatles", "vie en rose". */
const ARTICLES = new Set([
  ...['the', 'a', 'an', 'der', 'die', 'das', 'el', 'la', 'los', 'las', 'le', 'les', 'il', 'lo', 'gli', 'os', 'as', 'o'],
])

export const isArticle = ({ text }: Token): boolean => ARTICLES.has(text)

/** Removes a leading article, unless it is the only word. The A of "A C D C" is no article. */
export function withoutArticle(tokens: Token[]): Token[] {
  const [first, ...rest] = tokens
  if (first?.stem && /^(l|un)$/.test(first.text.slice(0, -first.stem.length)))
    return [{ ...first, text: first.stem }, ...rest]
  const [second] = rest
  if (!first || !second || !isArticle(first) || (isLetter(first) && isLetter(second))) return tokens
  return rest
}

/** Whether a word is a single letter, as in initials. */
export const isLetter = ({ written, isRun }: Token): boolean => !isRun && /^\p{L}$/u.test(written)

/** Longer keys are cut, because an index entry is limited. */
export const MAX_KEY = 200

/** The words of a title or name without a leading article, joined by spaces: names with the same key are equal. */
export const keyOf = (text: string): string =>
  withoutArticle(tokensOf(text))
    .map((token) => token.text)
    .join(' ')
    .slice(0, MAX_KEY)

/** Each Han character is transliterated as a syllable. */
const HAN = /\p{Script=Han}/gu

/** A rough transliteration into Latin letters: "Kino" for Кино. */
export const inLatin = (text: string): string => anyAscii(text.normalize('NFKC').replace(HAN, ' $& '))

/** Korean words, which form compounds without spaces. */
const HANGUL = /^\p{Script=Hangul}{2,}$/u

const pairsOf = (characters: string[]): string[] =>
  characters.slice(1).map((character, index) => characters[index] + character)

/** The pairs of neighbours that find a part of a Korean compound: 소년단 in 방탄소년단. Empty for other words. */
export const syllablePairsOf = ({ text, isRun }: Token): string[] =>
  !isRun && HANGUL.test(text) ? [...new Set(pairsOf([...text]))] : []

/**
 * The index terms of a word: the word, also without an elided article. A run has each character and each pair of
 * neighbours, because no spaces separate its words (bigrams, as in Lucene's CJKBigramFilter).
 */
export function termsOf({ text, isRun, stem }: Token): string[] {
  if (stem) return [text, stem, text.slice(0, -stem.length)]
  if (!isRun) return [text]
  const characters = [...text]
  return [...new Set([...characters, ...pairsOf(characters)])]
}

/** The terms that a document must have to contain a word: the pairs of a run, or the word. */
export function neededTermsOf({ text, isRun }: Token): string[] {
  const characters = [...text]
  if (!isRun || characters.length === 1) return [text]
  return [...new Set(pairsOf(characters))]
}

/** A name of two to four words as one word: "acdc" for AC/DC, "gunsnroses" for Guns N' Roses. */
export function joinedOf(tokens: Token[]): string[] {
  if (tokens.length < 2 || tokens.length > 4) return []
  return joinedWithAnd(tokens)
}

/** Words joined into one, with "and" folded, as written, and as "n": rockandroll, rock&roll, rocknroll. */
export function joinedWithAnd(tokens: Token[]): string[] {
  if (tokens.some((token) => token.isRun)) return []
  const short = tokens.map(({ text, written }) => (text === 'and' && written === 'and' ? 'n' : written))
  const joined = [tokens.map(({ text }) => text), tokens.map(({ written }) => written), short].map((words) =>
    words.join(''),
  )
  return [...new Set(joined)].filter((word) => word.length <= LONGEST_JOINED)
}
const LONGEST_JOINED = 20

/** The compounds around "and" in a longer name: the rocknroll of "Rock’n’Roll Suicide". */
export function compoundsOf(tokens: Token[]): string[] {
  return tokens.flatMap((token, index) => {
    const [before, after] = [tokens[index - 1], tokens[index + 1]]
    return token.text === 'and' && before && after ? joinedWithAnd([before, token, after]) : []
  })
}
