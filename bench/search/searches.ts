import type pg from 'pg'
import type { Figure } from '@/bench/figures'
import { doubtAll } from '@/lib/cache/changes/recent'
import { type SearchQuery, search } from '@/lib/search/find/search'
import { kinds } from '@/lib/search/text/parse'
import { makeQueries } from './queries'
import { figuresOf, merged, timesOf } from './times'

const SIZE = 25

/** Targets: p95 in ms by number of songs, and for cached searches. */
const TARGETS: Record<number, { search: number; mistyped?: number }> = {
  1000000: { search: 50, mistyped: 80 },
  10000000: { search: 150 },
}
const CACHED_TARGET = 2

const inAll = (text: string): SearchQuery => ({ text, chosen: {}, range: { size: SIZE } })

/** Searches of common words with filters or another order: they scan many hits. */
async function filteredAndSorted(words: string[]): Promise<Record<string, SearchQuery[]>> {
  const narrowed: SearchQuery[] = []
  for (const text of words) {
    const { facets } = await search(inAll(text))
    const decade = facets.decade.toSorted((a, b) => a.hits - b.hits)[0]
    const chosen = { kind: [kinds.indexOf('song')], ...(decade && { decade: [decade.value] }) }
    narrowed.push({ ...inAll(text), chosen })
  }
  return {
    'a common word, filtered to songs of one decade': narrowed,
    'a common word, newest first': words.map((text) => ({ ...inAll(text), sort: 'newest' })),
    'a common word, the 40th page': words.map((text) => ({
      ...inAll(text),
      range: { size: SIZE, offset: 39 * SIZE },
    })),
  }
}

/** The first page of hits with all facets, one search at a time, without and with the cache. */
export async function measureSearches(
  client: pg.Client,
  { songs, each, rounds }: { songs: number; each: number; rounds: number },
): Promise<Figure[]> {
  const texts = await makeQueries(client, each)
  const sorts: Record<string, SearchQuery[]> = {
    ...Object.fromEntries(Object.entries(texts).map(([sort, of]) => [sort, of.map(inAll)])),
    ...(await filteredAndSorted(texts['a common word'] ?? [])),
  }
  const figures: Figure[] = []
  const all: number[][][] = []
  for (const [sort, queries] of Object.entries(sorts)) {
    const times = await timesOf(queries, rounds, (query) => {
      doubtAll()
      return search(query)
    })
    all.push(times)
    const target = sort === 'mistyped' ? TARGETS[songs]?.mistyped : TARGETS[songs]?.search
    figures.push(...figuresOf(sort, times, target))
  }
  const queries = Object.values(sorts).flat()
  for (const query of queries) await search(query)
  return [
    ...figures,
    ...figuresOf('all kinds', merged(all), TARGETS[songs]?.search),
    ...figuresOf('cached', await timesOf(queries, rounds, search), CACHED_TARGET),
  ]
}
