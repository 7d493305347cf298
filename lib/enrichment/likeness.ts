import { titleSortKey } from '@/lib/catalogue/sort-key'

/**
 * The likeness of texts, albums and artists, from 0 to 1. Weights and thresholds favour precision: a missed match can be
 * chosen by hand, a wrong one is shown on a page.
 */

/** Matches from this confidence on are accepted; the operator reviews others. */
export const SURE = 0.9
/** A second match this close to the best makes both ambiguous. */
const RIVAL = 0.05
/** Matches below this are not shown for review. */
export const WORTH_A_LOOK = 0.5

/** Ignores case, accents, punctuation and a leading article; "&" is "and". */
const fold = (text: string): string => titleSortKey(text.replace(/\s[&+]\s/g, ' and '))

/** A suffix that names an edition of the same album. */
const EDITION =
  /\s*[([][^()[\]]*\b(deluxe|remaster(ed)?|expanded|anniversary|edition|bonus|reissue|mono|stereo|explicit)\b[^()[\]]*[)\]]\s*$/i
/** The likeness of titles that differ in their edition only. */
const OTHER_EDITION = 0.95
/** The maximum likeness of different texts: "I" and "II" differ by one letter. */
const NOT_THE_SAME = 0.6

export function textLikeness(one: string, other: string): number {
  if (fold(one) === fold(other)) return 1
  if (fold(one.replace(EDITION, '')) === fold(other.replace(EDITION, ''))) return OTHER_EDITION
  return NOT_THE_SAME * sharedPairs(fold(one), fold(other))
}

/** The share of pairs of neighbouring characters that two texts have in common (Dice's coefficient). */
function sharedPairs(one: string, other: string): number {
  const [some, others] = [pairsOf(one), pairsOf(other)]
  if (some.size + others.size === 0) return 0
  let shared = 0
  for (const pair of some) if (others.has(pair)) shared += 1
  return (2 * shared) / (some.size + others.size)
}

function pairsOf(text: string): Set<string> {
  const characters = [...text]
  return new Set(characters.slice(1).map((character, index) => `${characters[index]}${character}`))
}

/** The likeness of two years; null is unknown. */
export function yearLikeness(one: number | null, other: number | null): number {
  if (one === null || other === null) return 0.5
  const apart = Math.abs(one - other)
  // A release of January is often dated to the year before.
  return apart === 0 ? 1 : apart === 1 ? 0.7 : 0
}

export type AlbumLike = { title: string; credit: string; year: number | null }

/** Weighs title, credit and year. */
export function albumLikeness(one: AlbumLike, other: AlbumLike): number {
  // Two empty credits match, but say little.
  const credit = one.credit === '' || other.credit === '' ? 0.3 : textLikeness(one.credit, other.credit)
  return rounded(0.5 * textLikeness(one.title, other.title) + 0.35 * credit + 0.15 * yearLikeness(one.year, other.year))
}

/** Rounds to three decimals to hide floating-point errors. */
export const rounded = (likeness: number): number => Math.round(likeness * 1_000) / 1_000

/**
 * The best candidate; null if it is not sure enough or another is about as good.
 */
export function surest<Rated extends { confidence: number }>(candidates: readonly Rated[]): Rated | null {
  const [best, second] = candidates.toSorted((one, other) => other.confidence - one.confidence)
  if (!best || best.confidence < SURE) return null
  return second && second.confidence > best.confidence - RIVAL ? null : best
}
