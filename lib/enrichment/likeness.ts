import { titleSortKey } from '@/lib/catalogue/sort-key'

/**
 * How alike two texts, two albums, two artists are, from 0 to 1. Weights and lines are judgements, made so that what is
 * taken is almost surely right: what is missed can be chosen by hand, what is wrong stands on a page.
 */

/** What is at least this sure is taken; anything less is for the operator to decide. */
export const SURE = 0.9
/** What is nearly as sure as the best may be it as well, so neither is taken. */
const RIVAL = 0.05
/** Less is not worth an operator's look. */
export const WORTH_A_LOOK = 0.5

/** Case, accents, punctuation and a leading article aside; "&" is "and". */
const fold = (text: string): string => titleSortKey(text.replace(/\s[&+]\s/g, ' and '))

/** At the end of a title, what names an edition of an album and not another album. */
const EDITION =
  /\s*[([][^()[\]]*\b(deluxe|remaster(ed)?|expanded|anniversary|edition|bonus|reissue|mono|stereo|explicit)\b[^()[\]]*[)\]]\s*$/i
/** A title that differs in that alone is about as good. */
const OTHER_EDITION = 0.95
/** The most that texts are alike that are not the same: one letter makes "II" of "I". */
const NOT_THE_SAME = 0.6

/** How alike two titles or names are. */
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

/** How well two years go together, either of which may not be known. */
export function yearLikeness(one: number | null, other: number | null): number {
  if (one === null || other === null) return 0.5
  const apart = Math.abs(one - other)
  // A record of January is often dated to the year before.
  return apart === 0 ? 1 : apart === 1 ? 0.7 : 0
}

export type AlbumLike = { title: string; credit: string; year: number | null }

/** How likely two albums are the same: their title most of all, who made them, and when. */
export function albumLikeness(one: AlbumLike, other: AlbumLike): number {
  // Nobody's is alike to nobody's, and that says little.
  const credit = one.credit === '' || other.credit === '' ? 0.3 : textLikeness(one.credit, other.credit)
  return rounded(0.5 * textLikeness(one.title, other.title) + 0.35 * credit + 0.15 * yearLikeness(one.year, other.year))
}

/** Three decimals: sums of products are not what they look like. */
export const rounded = (likeness: number): number => Math.round(likeness * 1_000) / 1_000

/**
 * The one that is it, or null where none is sure, or another is about as sure.
 * @param candidates of different things.
 */
export function surest<Rated extends { confidence: number }>(candidates: readonly Rated[]): Rated | null {
  const [best, second] = candidates.toSorted((one, other) => other.confidence - one.confidence)
  if (!best || best.confidence < SURE) return null
  return second && second.confidence > best.confidence - RIVAL ? null : best
}
