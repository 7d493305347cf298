import { kept } from '@/lib/cache/query-results'
import { facets } from '@/lib/search/index/document'
import type { ParsedQuery } from '@/lib/search/text/parse'
import { extentOfWords, MOST_BEGINNING, readFacets, type WordsExtent } from './hits'
import { askedOf, type Chosen } from './index-query'
import type { Alone, Asked } from './statement'
import { type Tally, tally } from './tally'
import { isTooLong } from './too-long'

/** How much is found, and what it is. */

/** Hits that are counted; more are more than so many. */
export const MOST_COUNTED = 10_000

/** Of hits that are known to be more, so many of the best known are looked through: what facets say of them is a floor. */
const MOST_SAMPLED = 2_500

/** @property total of what is found; the least there is where `isExact` does not hold. */
export type Counted = Pick<Tally, 'total' | 'values'> & { isExact: boolean }

const HOUR = 60 * 60_000
const keptCounts = kept<Counted>('search facets', { entries: 2_000, life: HOUR })
const keptMore = kept<{ isMore: boolean }>('search more', { entries: 5_000, life: HOUR / 6 })
const keptExtents = kept<WordsExtent>('search words', { entries: 5_000, life: HOUR / 6 })

/** How much words are in, as the index says without being searched. */
export const keptExtentOf = (alone: Alone): Promise<WordsExtent> =>
  keptExtents(JSON.stringify(alone), () => extentOfWords(alone))

/**
 * Counts what is found, and each facet's commonest values as if none of that facet were chosen; of the best known where
 * there are more than 10,000. What takes too long to be counted keeps nobody from what was found.
 * @param genres ids of those that the query names.
 */
export async function countHits(parsed: ParsedQuery, chosen: Chosen, genres: number[]): Promise<Counted> {
  const whole = askedOf(parsed, {}, genres)
  try {
    const key = JSON.stringify([whole, facets.map((facet) => chosen[facet] ?? [])])
    return await keptCounts(key, async () => {
      const { least, isMany } = await extentOf(whole)
      if (facets.every((facet) => !chosen[facet]?.length)) return countAll(whole, least)
      // Where there is little, all that may be chosen is counted of what one statement reads.
      const all = isMany || !isSomething(whole) ? null : await look(whole, chosen)
      return all && all.documents <= MOST_COUNTED ? { ...all, isExact: true } : countNarrowed(parsed, chosen, genres)
    })
  } catch (error) {
    if (isTooLong(error)) return { total: 0, isExact: false, values: [] }
    throw error
  }
}

/** Whether more is found than so much, which is little. */
export async function isMoreThan(some: number, asked: Asked): Promise<boolean> {
  try {
    if (asked.alone) return (await keptExtentOf(asked.alone)).least > some
    const { isMore } = await keptMore(JSON.stringify([some, asked]), async () => ({
      isMore: tally(await readFacets(asked, some + 1), {}).documents > some,
    }))
    return isMore
  } catch (error) {
    if (isTooLong(error)) return false
    throw error
  }
}

const isSomething = ({ any, filters }: Asked): boolean => any !== null || filters.length > 0

const look = async (asked: Asked, chosen: Chosen, most = MOST_COUNTED + 1): Promise<Tally> =>
  tally(await readFacets(asked, most), chosen)

async function countAll(asked: Asked, least: number | null): Promise<Counted> {
  const { total, values } = await look(asked, {}, least === null ? undefined : MOST_SAMPLED)
  return {
    total: Math.min(Math.max(total, least ?? 0), MOST_COUNTED),
    isExact: least === null && total <= MOST_COUNTED,
    values,
  }
}

/**
 * Each facet that something is chosen of is counted by itself, without that; what has all that is chosen is among what is
 * read for any of them.
 */
async function countNarrowed(parsed: ParsedQuery, chosen: Chosen, genres: number[]): Promise<Counted> {
  const narrowing = facets.filter((facet) => chosen[facet]?.length)
  const reading = narrowing.map((facet) => {
    const asked = askedOf(parsed, { ...chosen, [facet]: [] }, genres)
    return isSomething(asked) ? look(asked, chosen) : undefined
  })
  const without = await Promise.all(reading)
  const isWhole = (of: Tally | undefined) => of !== undefined && of.documents <= MOST_COUNTED
  const whole = narrowing.length > 1 ? without.find(isWhole) : undefined
  const all: Counted = whole ? { ...whole, isExact: true } : await countAll(askedOf(parsed, chosen, genres), null)
  const values = facets.flatMap((facet) => {
    const of = without[narrowing.indexOf(facet)] ?? all
    return of.values.filter((each) => each.facet === facet)
  })
  return { ...all, values }
}

/**
 * How many hits a word has at the least, null where all can be counted: those of words that stand for others can't. And
 * whether there may be more than are counted.
 */
async function extentOf({ alone }: Asked): Promise<{ least: number | null; isMany: boolean }> {
  if (alone === null) return { least: null, isMany: false }
  const { least, most } = await keptExtentOf(alone)
  const isCut = least > MOST_COUNTED || alone.words.length > MOST_BEGINNING
  return { least: isCut ? least : null, isMany: isCut || most > MOST_COUNTED }
}
