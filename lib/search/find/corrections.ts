import { kept } from '@/lib/cache/query-results'
import type { ParsedQuery } from '@/lib/search/text/parse'
import { LEAST_LETTERS } from '@/lib/search/text/prefix'
import { bestKnown, knownWords, similarWords } from './hits'

/** Words that nothing has are taken for mistyped ones: the nearest that something has stands for them. */

/** Edits that are forgiven in a word of so many letters (Elasticsearch's fuzziness "AUTO"). */
const forgiven = (length: number): number => (length < 3 ? 0 : length < 6 ? 1 : 2)

/** Of long words that begin alike one more is: "hendricks" for "hendrix". */
const LONG = 8
const ALIKE = 5
const areAlike = (one: string, other: string): boolean => one.length >= LONG && other.startsWith(one.slice(0, ALIKE))

/** A word with two neighbours swapped, or one letter too many: these share few groups of three letters with what was meant. */
function slips(word: string): string[] {
  const letters = [...word]
  return letters.flatMap((letter, at) => {
    const without = [...letters.slice(0, at), ...letters.slice(at + 1)].join('')
    const next = letters[at + 1]
    return next === undefined
      ? [without]
      : [without, [...letters.slice(0, at), next, letter, ...letters.slice(at + 2)].join('')]
  })
}

/** Short words share hardly any groups of three letters with what was meant. */
const SHORT = 5

/** What short words may have been, as patterns of LIKE: with a letter more, or another one, at any place. */
function gaps(word: string): string[] {
  const letters = [...word]
  if (letters.length > SHORT || !/^[\p{L}\p{N}]+$/u.test(word)) return []
  return Array.from({ length: letters.length + 1 }, (_, at) => at).flatMap((at) => {
    const before = letters.slice(0, at).join('')
    const more = `${before}_${letters.slice(at).join('')}`
    return at < letters.length ? [more, `${before}_${letters.slice(at + 1).join('')}`] : [more]
  })
}

/** Letters that are added, left out, changed, or swapped with their neighbour (optimal string alignment distance). */
export function distance(one: string, other: string): number {
  const a = [...one]
  const b = [...other]
  let before: number[] = []
  let last = b.map((_, index) => index)
  last.push(b.length)
  for (const [i, letter] of a.entries()) {
    const row = [i + 1]
    for (const [j, against] of b.entries()) {
      const swapped = i > 0 && j > 0 && letter === b[j - 1] && a[i - 1] === against
      row.push(
        Math.min(
          (last[j] ?? 0) + (letter === against ? 0 : 1),
          (last[j + 1] ?? 0) + 1,
          (row[j] ?? 0) + 1,
          swapped ? (before[j - 1] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      )
    }
    before = last
    last = row
  }
  return last.at(-1) ?? 0
}

/** A word by its sound, roughly: doubled consonants, and letters that are written for one another, make no difference. */
const soundOf = (word: string): string =>
  word
    .replaceAll(/ph/g, 'f')
    .replaceAll(/c[kq]|[cq]/g, 'k')
    .replaceAll('y', 'i')
    .replaceAll('z', 's')
    .replaceAll(DOUBLED, '$1')

const DOUBLED = /([b-df-hj-np-tv-xz])\1+/g

/** The commonest ways to write what sounds the same. */
function soundingAlike(word: string): string[] {
  const single = word.replaceAll(DOUBLED, '$1')
  return [word, single].flatMap((each) => [each, each.replaceAll('y', 'i'), each.replace(/i$/, 'y'), soundOf(each)])
}

/** Words that sound alike are nearer than any that do not: "jimmy" for "jimi". */
const ALIKE_IN_SOUND = 0.5

const editsBetween = (one: string, other: string): number =>
  one !== other && one[0] === other[0] && soundOf(one) === soundOf(other) ? ALIKE_IN_SOUND : distance(one, other)

/** What the index knows of a word changes seldom, and finding what looks like one takes longest. */
const BOUNDS = { entries: 5_000, life: 10 * 60_000 }
const keptNear = kept<{ words: string[] }>('search near', BOUNDS)
const keptKnown = kept<Set<string>>('search known', BOUNDS)

/** Of the words that are as near those that are looked up: most others are seldom. */
const MOST_COMPARED = 20

/** Words like this one that something has, the nearest first; of those that are as near the best known. */
async function near(word: string): Promise<string[]> {
  const limit = forgiven(word.length)
  if (limit === 0) return []
  const { words } = await keptNear(word, async () => {
    const found = (await similarWords(word, [...slips(word), ...soundingAlike(word)], gaps(word)))
      .map((similar) => ({ ...similar, edits: editsBetween(word, similar.word) }))
      .filter((similar) => similar.edits > 0 && similar.edits <= limit + (areAlike(word, similar.word) ? 1 : 0))
    found.sort((a, b) => a.edits - b.edits || b.documents - a.documents || (a.word < b.word ? -1 : 1))
    const [first, ...others] = found.filter(({ edits }) => edits === found[0]?.edits).map((each) => each.word)
    if (!first || others.length === 0) return { words: found.map((each) => each.word) }
    const nearest = await bestKnown([first, ...others].slice(0, MOST_COMPARED))
    return { words: [...new Set([...nearest, ...found.map((each) => each.word)])] }
  })
  return words
}

/** Words that may be mistyped: the index knows none that are longer. */
const LONGEST = 40

/** Words that are tried for one that is known. */
const MOST_NEAR = 2

/** What stands for words that were typed. */
export type Correction = Map<string, string>

/**
 * What may have been meant, likeliest first: for all words that nothing has the nearest; then also for one of the others,
 * which exist and were meant otherwise. Each is looked for when it is asked for.
 */
export async function* corrections({ clauses, isOpen }: ParsedQuery): AsyncGenerator<Correction, void> {
  const tokens = clauses.flatMap((clause) =>
    (clause.isField ? [] : clause.tokens).filter(
      (token) =>
        !token.isRun && token.text.length >= LEAST_LETTERS && token.text.length <= LONGEST && !/^\d+$/.test(token.text),
    ),
  )
  const words = [...new Set(tokens.map((token) => token.text))]
  if (words.length === 0) return
  const last = clauses.at(-1)
  const open = isOpen && last && !last.isPhrase && last.field === null ? last.tokens.at(-1)?.text : undefined
  const known = await keptKnown(JSON.stringify([words, open]), () => knownWords(words, open))
  const unknown = words.filter((word) => !known.has(word))
  const nearest = await Promise.all(unknown.map(async (word) => [word, (await near(word))[0]] as const))
  const meant: Correction = new Map(nearest.flatMap(([word, first]) => (first === undefined ? [] : [[word, first]])))
  // Where nothing has one of the words, and nothing one like it, nothing has all of them.
  if (meant.size < unknown.length) return
  if (meant.size > 0) yield meant
  for (const word of words.filter((each) => known.has(each)))
    for (const other of (await near(word)).slice(0, MOST_NEAR)) yield new Map([...meant, [word, other]])
}
