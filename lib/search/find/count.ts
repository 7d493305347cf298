import { queryCached } from '@/lib/cache/query-results'
import { isTimeout } from '@/lib/db/time-limit'
import { facets } from '@/lib/search/index/document'
import { readFacets } from './hits'
import { type ChosenFacets, type IndexQuery, narrow, type PreparedQuery, type SingleWord } from './index-query'
import { type Tally, tally } from './tally'
import { countWords, MAX_COMPLETIONS, type WordCounts } from './words'

/** Counts hits, in total and by facet. */

/** Hits are counted up to this number. */
export const MAX_COUNTED = 10_000

/** If there are more, facets are counted over this many of the most popular hits: a lower bound. */
const SAMPLE_SIZE = 2_500

/** @property total a lower bound unless `isExact`. */
export type HitCounts = Pick<Tally, 'total' | 'values'> & { isExact: boolean }

const HOUR = 60 * 60_000
const cachedCounts = queryCached<HitCounts>('search facets', { entries: 2_000, ttl: HOUR })
const cachedComparisons = queryCached<{ isMore: boolean }>('search more', { entries: 5_000, ttl: HOUR / 6 })
const cachedWordCounts = queryCached<WordCounts>('search words', { entries: 5_000, ttl: HOUR / 6 })

/** The counts that the index stores for words. */
export const wordCountsOf = (word: SingleWord): Promise<WordCounts> =>
  cachedWordCounts(JSON.stringify(word), () => countWords(word))

/**
 * Counts the hits, and the most common values of each facet as if nothing were chosen in that facet. If counting takes
 * too long, the counts are 0 and not exact, so that the hits can still be shown.
 */
export async function countHits({ terms, index }: PreparedQuery, chosen: ChosenFacets): Promise<HitCounts> {
  const whole = narrow(terms, {})
  try {
    const key = JSON.stringify([whole, facets.map((facet) => chosen[facet] ?? [])])
    return await cachedCounts(key, async () => {
      const { least, isMany } = await boundsOf(whole)
      if (facets.every((facet) => !chosen[facet]?.length)) return countAll(whole, least)
      // With few documents, one statement gives the counts of every facet.
      const all = isMany || !hasConditions(whole) ? null : await tallyOf(whole, chosen)
      if (all && all.documents <= MAX_COUNTED) return { ...all, isExact: true }
      return countByFacet({ terms, index }, chosen)
    })
  } catch (error) {
    if (isTimeout(error)) return { total: 0, isExact: false, values: [] }
    throw error
  }
}

/** Whether a query has more than `few` hits. */
export async function hasMoreHits(few: number, query: IndexQuery): Promise<boolean> {
  try {
    if (query.singleWord) return (await wordCountsOf(query.singleWord)).least > few
    const { isMore } = await cachedComparisons(JSON.stringify([few, query]), async () => ({
      isMore: tally(await readFacets(query, few + 1), {}).documents > few,
    }))
    return isMore
  } catch (error) {
    if (isTimeout(error)) return false
    throw error
  }
}

const hasConditions = ({ anyQuery, filters }: IndexQuery): boolean => anyQuery !== null || filters.length > 0

const tallyOf = async (query: IndexQuery, chosen: ChosenFacets, most = MAX_COUNTED + 1): Promise<Tally> =>
  tally(await readFacets(query, most), chosen)

async function countAll(query: IndexQuery, least: number | null): Promise<HitCounts> {
  const { total, values } = await tallyOf(query, {}, least === null ? undefined : SAMPLE_SIZE)
  return {
    total: Math.min(Math.max(total, least ?? 0), MAX_COUNTED),
    isExact: least === null && total <= MAX_COUNTED,
    values,
  }
}

/** Counts each chosen facet with a statement of its own. Any of these statements that is complete also gives the total. */
async function countByFacet(
  { terms, index }: Pick<PreparedQuery, 'terms' | 'index'>,
  chosen: ChosenFacets,
): Promise<HitCounts> {
  const narrowing = facets.filter((facet) => chosen[facet]?.length)
  const tallies = await Promise.all(
    narrowing.map((facet) => {
      const query = narrow(terms, { ...chosen, [facet]: [] })
      return hasConditions(query) ? tallyOf(query, chosen) : undefined
    }),
  )
  const complete =
    narrowing.length > 1 ? tallies.find((each) => each !== undefined && each.documents <= MAX_COUNTED) : undefined
  const all: HitCounts = complete ? { ...complete, isExact: true } : await countAll(index, null)
  const values = facets.flatMap((facet) => {
    const counts = tallies[narrowing.indexOf(facet)] ?? all
    return counts.values.filter((each) => each.facet === facet)
  })
  return { ...all, values }
}

/**
 * The lower bound of a word's hits, null if all can be counted, and whether there may be too many to count. Hits of a
 * prefix with many completions can't all be counted.
 */
async function boundsOf({ singleWord }: IndexQuery): Promise<{ least: number | null; isMany: boolean }> {
  if (singleWord === null) return { least: null, isMany: false }
  const { least, most } = await wordCountsOf(singleWord)
  const isCut = least > MAX_COUNTED || singleWord.words.length > MAX_COMPLETIONS
  return { least: isCut ? least : null, isMany: isCut || most > MAX_COUNTED }
}
