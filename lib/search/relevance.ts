import { findResults } from '@/lib/search/results/results'
import { nameOf } from '@/lib/search/results/views'
import type { Judgement } from './relevance-cases'

export type RelevanceResult = {
  /** The mean reciprocal rank of the expected hits. */
  rank: number
  /** Queries whose expected hit is not first. Rank 0 means that it is not on the first page. */
  notFirst: { query: string; rank: number }[]
}

/** Runs each query, and looks for its expected hit on the first page. */
export async function judge(judgements: Judgement[]): Promise<RelevanceResult> {
  const places: RelevanceResult['notFirst'] = []
  for (const [query, kind, name] of judgements) {
    const { hits } = await findResults({ q: query, chosen: {}, sort: 'relevance', page: 1 })
    places.push({ query, rank: hits.findIndex((hit) => hit.kind === kind && nameOf(hit) === name) + 1 })
  }
  const rank = places.reduce((sum, { rank }) => sum + (rank > 0 ? 1 / rank : 0), 0) / places.length
  return { rank, notFirst: places.filter(({ rank }) => rank !== 1) }
}
