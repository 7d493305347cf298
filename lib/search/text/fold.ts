import anyAscii from 'any-ascii'

/**
 * How titles and names are folded, so that what people type meets what is printed: by Unicode's compatibility
 * decomposition (NFKD), without accents, case and punctuation, "and" in whatever form. The same for what is indexed and
 * for what is asked.
 */

/** A word as it is compared, and where it stands in the text that it was made of. */
export type Token = {
  text: string
  /** As it is written, where `text` is what it stands for: the N of Rock 'n' Roll. */
  written: string
  /** Han and kana, which are written without spaces: compared by pairs of characters. */
  isRun: boolean
  /** Without the article that is elided before it: the hirondelle of "l'hirondelle". */
  stem?: string
  /** Of the text, in UTF-16 units; the end is exclusive. */
  start: number
  end: number
}

/** Letters that NFKD takes for letters of their own, as they are typed where a keyboard has none of them. */
const LETTERS: Record<string, string> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ħ: 'h', ı: 'i', ŋ: 'n', ĸ: 'k', ŧ: 't' },
  ...{ ə: 'e', ς: 'σ', ё: 'е', ѐ: 'е', ґ: 'г', ـ: '', أ: 'ا', إ: 'ا', آ: 'ا', ى: 'ي', ة: 'ه' },
}
/** Signs that stand for a letter where they stand between letters: P!nk, Ke$ha, M@ster. */
const SIGNS: Record<string, string> = { '!': 'i', $: 's', '@': 'a' }
/** Of words, and of what is said without them: Don’t, Guns N’ Roses, O‘Connor. */
const APOSTROPHES = /^['’‘ʼ`´ʻ′]$/u
/** Words that lose their vowel before another: French and Italian. */
const ELIDED = new Set(['l', 'd', 'j', 'm', 'n', 's', 't', 'c', 'qu', 'un', 'all', 'dall', 'dell', 'nell', 'sull'])
const VOICED = /^[\u3099\u309a\uff9e\uff9f]$/u
const LETTER = /^[\p{L}\p{N}]$/u
const RUN = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆]$/u
/** Marks of these change the letter: か and が are two. */
const KEEPS_MARKS =
  /^[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Thai}]/u
/** "And", between two names, in the languages that names of bands are in; the N of Rock 'n' Roll. */
const AND = new Set(['and', 'n', 'und', 'et', 'y', 'e', 'och', 'og', 'ja', 'en', 'и', 'i', 'και', 'та'])

/** One character as it is compared, and empty for what is not. */
function foldCharacter(character: string): string {
  const plain = character.normalize('NFKD').toLowerCase()
  if (KEEPS_MARKS.test(plain)) return character.normalize('NFKC').toLowerCase()
  return [...plain.replace(/\p{M}/gu, '')].map((one) => LETTERS[one] ?? one).join('')
}

/** What one character is to a word. */
type Look = {
  folded: string
  /** Of that its letters and digits; empty where it has none. */
  letters: string
  isRun: boolean
  isVoiced: boolean
  isMark: boolean
  /** Whether it is a mark that is part of its letter. */
  isKept: boolean
  isApostrophe: boolean
}

/** Titles are written with few characters, and looking each up in Unicode takes most of the time of an index. */
const looks = new Map<string, Look>()
/** Then they are looked up anew: nobody makes a process remember all of Unicode. */
const MOST_LOOKS = 10_000

function lookOf(character: string): Look {
  const known = looks.get(character)
  if (known) return known
  const folded = foldCharacter(character)
  const all = [...folded]
  const look: Look = {
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
  if (looks.size >= MOST_LOOKS) looks.clear()
  looks.set(character, look)
  return look
}

/**
 * The words of a text as they are read, one character after the other. Millions of titles are read so: what is a method
 * here would be a function made anew for each as a closure, and named, which takes longer than the reading.
 */
class Words {
  readonly tokens: Token[] = []
  private open: Token | undefined
  /** What the open word begins with that is an elided article. */
  private elided = ''

  /** Reads the character of `all` at `index`, which begins at `start`. */
  read(all: string[], index: number, start: number): void {
    const character = all[index] ?? ''
    const next = all[index + 1] ?? ''
    const { folded, letters, isRun, isVoiced, isMark, isKept, isApostrophe } = lookOf(character)
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
      // Of half-width kana the mark is a character of its own: ﾀﾞ is ダ.
      this.add(character.normalize('NFKD'), end)
      this.open.text = this.open.text.normalize('NFC')
    } else if (isMark) {
      // Vowel signs of Devanagari are letters; accents that come by themselves are not.
      this.add(isKept ? folded : '', end)
    } else if (!isApostrophe || isAroundN(all, index)) this.close()
    else if (ELIDED.has(this.open.text) && /^[aeiouyh]/.test(lookOf(next).folded)) this.elided = this.open.text
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

/** Whether an apostrophe stands beside an N that is a word: before or behind that of Rock’n’Roll, before that of Rock’n Roll. */
function isAroundN(all: string[], index: number): boolean {
  if (isN(all[index + 1])) return isApostrophe(all[index + 2]) || /^\s$/.test(all[index + 2] ?? '')
  return isN(all[index - 1]) && isApostrophe(all[index - 2])
}

/** The words of a text, in order. */
export function tokensOf(text: string): Token[] {
  const words = new Words()
  const characters = [...text]
  let start = 0
  for (const [index, character] of characters.entries()) {
    words.read(characters, index, start)
    start += character.length
  }
  words.close()
  return words.tokens.length > 0 ? withAnd(withInitials(words.tokens, text)) : signs(text)
}

/** What has neither letters nor digits is found by its signs: "!!!", "÷". */
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

/** Articles that names are known without: "beatles", "vie en rose". */
const ARTICLES = new Set([
  ...['the', 'a', 'an', 'der', 'die', 'das', 'el', 'la', 'los', 'las', 'le', 'les', 'il', 'lo', 'gli', 'os', 'as', 'o'],
])

export const isArticle = ({ text }: Token): boolean => ARTICLES.has(text)

/** Without a leading article, where something is left. The A of "A C D C" is none. */
export function withoutArticle(tokens: Token[]): Token[] {
  const [first, ...rest] = tokens
  if (first?.stem && /^(l|un)$/.test(first.text.slice(0, -first.stem.length)))
    return [{ ...first, text: first.stem }, ...rest]
  const [second] = rest
  if (!first || !second || !isArticle(first) || (isLetter(first) && isLetter(second))) return tokens
  return rest
}

/** Whether it is one letter, as of initials. */
export const isLetter = ({ written, isRun }: Token): boolean => !isRun && /^\p{L}$/u.test(written)

/** What is longer is the same as what it begins with: an index takes no more. */
const LONGEST_KEY = 200

/** A whole title or name as it is compared: its words without a leading article, a space between. */
export const keyOf = (text: string): string =>
  withoutArticle(tokensOf(text))
    .map((token) => token.text)
    .join(' ')
    .slice(0, LONGEST_KEY)

/** Han is written without spaces; each character reads as a syllable. */
const HAN = /\p{Script=Han}/gu

/** A text in any script as it is written in Latin letters, roughly: "Kino" for Кино. */
export const inLatin = (text: string): string => anyAscii(text.normalize('NFKC').replace(HAN, ' $& '))

/** Words that are written by syllables, of which compounds are made without spaces. */
const HANGUL = /^\p{Script=Hangul}{2,}$/u

const pairsOf = (characters: string[]): string[] =>
  characters.slice(1).map((character, index) => characters[index] + character)

/** Pairs of neighbours, by which a part of a Korean compound is found: 소년단 of 방탄소년단. Empty for other words. */
export const syllablePairsOf = ({ text, isRun }: Token): string[] =>
  !isRun && HANGUL.test(text) ? [...new Set(pairsOf([...text]))] : []

/**
 * What a word is found by: itself, also without an elided article; of a run each character and each pair of neighbours,
 * because no spaces separate its words (bigrams, as in Lucene's CJKBigramFilter).
 */
export function termsOf({ text, isRun, stem }: Token): string[] {
  if (stem) return [text, stem, text.slice(0, -stem.length)]
  if (!isRun) return [text]
  const characters = [...text]
  return [...new Set([...characters, ...pairsOf(characters)])]
}

/** What has to be there for a word to be there: of a run its pairs alone. */
export function neededTermsOf({ text, isRun }: Token): string[] {
  const characters = [...text]
  if (!isRun || characters.length === 1) return [text]
  return [...new Set(pairsOf(characters))]
}

/** A short name in one word: AC/DC is "acdc" too, Guns N' Roses "gunsnroses". Longer ones nobody writes so. */
export function joinedOf(tokens: Token[]): string[] {
  if (tokens.length < 2 || tokens.length > 4) return []
  return joinedWithAnd(tokens)
}

/** Words in one, with "and" as it is compared, as it is written, and short: rockandroll, rock&roll, rocknroll. */
export function joinedWithAnd(tokens: Token[]): string[] {
  if (tokens.some((token) => token.isRun)) return []
  const short = tokens.map(({ text, written }) => (text === 'and' && written === 'and' ? 'n' : written))
  const joined = [tokens.map(({ text }) => text), tokens.map(({ written }) => written), short].map((words) =>
    words.join(''),
  )
  return [...new Set(joined)].filter((word) => word.length <= LONGEST_JOINED)
}
const LONGEST_JOINED = 20

/** Parts of a longer name that are one word too, as "and" joins them: the rocknroll of "Rock’n’Roll Suicide". */
export function compoundsOf(tokens: Token[]): string[] {
  return tokens.flatMap((token, index) => {
    const [before, after] = [tokens[index - 1], tokens[index + 1]]
    return token.text === 'and' && before && after ? joinedWithAnd([before, token, after]) : []
  })
}
