import { queryCached } from '@/lib/cache/query-results'
import { openWord, type ParsedQuery } from '@/lib/search/text/parse'
import { MIN_PREFIX } from '@/lib/search/text/prefix'
import { knownWords, similarWords, sortByPopularity } from './words'

/** Corrections of mistyped words: unknown words are replaced by the nearest known ones. */

/** Edits that are allowed for a word of this length (Elasticsearch's fuzziness "AUTO"). */
const maxEdits = (length: number): number => (length < 3 ? 0 : length < 6 ? 1 : 2)

/** One more edit is allowed for long words with the same beginning: "hendricks" for "hendrix". */
const LONG = 8
const SAME_BEGINNING = 5
const beginAlike = (one: string, other: string): boolean =>
  one.length >= LONG && other.startsWith(one.slice(0, SAME_BEGINNING))

/** The word without one letter, or with two neighbours swapped. Such words share few trigrams with the right one. */
function singleEdits(word: string): string[] {
  const letters = [...word]
  return letters.flatMap((letter, at) => {
    const without = [...letters.slice(0, at), ...letters.slice(at + 1)].join('')
    const next = letters[at + 1]
    return next === undefined
      ? [without]
      : [without, [...letters.slice(0, at), next, letter, ...letters.slice(at + 2)].join('')]
  })
}

/** Words up to this length share hardly any trigrams with the right one. */
const SHORT = 5

/** LIKE patterns for a short word with one letter more, or another one, anywhere. */
function patternsOf(word: string): string[] {
  const letters = [...word]
  if (letters.length > SHORT || !/^[\p{L}\p{N}]+$/u.test(word)) return []
  return Array.from({ length: letters.length + 1 }, (_, at) => at).flatMap((at) => {
    const before = letters.slice(0, at).join('')
    const more = `${before}_${letters.slice(at).join('')}`
    return at < letters.length ? [more, `${before}_${letters.slice(at + 1).join('')}`] : [more]
  })
}

/** The number of letters added, omitted, changed, or swapped with a neighbour (optimal string alignment distance). */
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

/** A rough phonetic form: without doubled consonants, and with one letter for those that sound the same. */
const soundOf = (word: string): string =>
  word
    .replaceAll(/ph/g, 'f')
    .replaceAll(/c[kq]|[cq]/g, 'k')
    .replaceAll('y', 'i')
    .replaceAll('z', 's')
    .replaceAll(DOUBLED, '$1')

const DOUBLED = /([b-df-hj-np-tv-xz])\1+/g

/** The most common spellings of the same sound. */
function spellingsOf(word: string): string[] {
  const single = word.replaceAll(DOUBLED, '$1')
  return [word, single].flatMap((each) => [each, each.replaceAll('y', 'i'), each.replace(/i$/, 'y'), soundOf(each)])
}

/** Words that sound alike are nearer than all others: "jimmy" for "jimi". */
const SAME_SOUND = 0.5

const editsBetween = (one: string, other: string): number =>
  one !== other && one[0] === other[0] && soundOf(one) === soundOf(other) ? SAME_SOUND : distance(one, other)

/** The words of the index change rarely, and finding similar ones is the slowest part of a search. */
const BOUNDS = { entries: 5_000, ttl: 10 * 60_000 }
const cachedNearest = queryCached<{ words: string[] }>('search near', BOUNDS)
const cachedKnown = queryCached<Set<string>>('search known', BOUNDS)

/** Equally near words that are sorted by popularity. The rest are rare. */
const MAX_SORTED = 20

/** Similar known words, the nearest first; equally near ones by popularity. */
async function nearest(word: string): Promise<string[]> {
  const limit = maxEdits(word.length)
  if (limit === 0) return []
  const { words } = await cachedNearest(word, async () => {
    const similar = (await similarWords(word, [...singleEdits(word), ...spellingsOf(word)], patternsOf(word)))
      .map((each) => ({ ...each, edits: editsBetween(word, each.word) }))
      .filter((each) => each.edits > 0 && each.edits <= limit + (beginAlike(word, each.word) ? 1 : 0))
    similar.sort((a, b) => a.edits - b.edits || b.documents - a.documents || (a.word < b.word ? -1 : 1))
    const all = similar.map((each) => each.word)
    const equallyNear = similar.filter(({ edits }) => edits === similar[0]?.edits).map((each) => each.word)
    if (equallyNear.length < 2) return { words: all }
    return { words: [...new Set([...(await sortByPopularity(equallyNear.slice(0, MAX_SORTED))), ...all])] }
  })
  return words
}

/** The index knows no longer words. */
const MAX_LENGTH = 40

/** Alternatives that are tried for a known word. */
const MAX_ALTERNATIVES = 2

/** The corrected word of each mistyped one. */
export type Correction = Map<string, string>

/**
 * The likely corrections of a query, best first. The first replaces all unknown words. Each of the next also replaces one
 * known word, which may be mistyped too. They are computed on demand.
 */
export async function* corrections(query: ParsedQuery): AsyncGenerator<Correction, void> {
  const tokens = query.clauses.flatMap((clause) =>
    (clause.isInvalidField ? [] : clause.tokens).filter(
      ({ text, isRun }) => !isRun && text.length >= MIN_PREFIX && text.length <= MAX_LENGTH && !/^\d+$/.test(text),
    ),
  )
  const words = [...new Set(tokens.map((token) => token.text))]
  if (words.length === 0) return
  const prefix = openWord(query)?.text
  const known = await cachedKnown(JSON.stringify([words, prefix]), () => knownWords(words, prefix))
  const unknown = words.filter((word) => !known.has(word))
  const found = await Promise.all(unknown.map(async (word) => [word, (await nearest(word))[0]] as const))
  const correction: Correction = new Map(found.flatMap(([word, near]) => (near === undefined ? [] : [[word, near]])))
  // A word that is unknown and like no known word leaves the query without hits.
  if (correction.size < unknown.length) return
  if (correction.size > 0) yield correction
  for (const word of words.filter((each) => known.has(each)))
    for (const other of (await nearest(word)).slice(0, MAX_ALTERNATIVES)) yield new Map([...correction, [word, other]])
}
