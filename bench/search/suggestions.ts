import type pg from 'pg'
import type { Figure } from '@/bench/figures'
import { findSuggestions } from '@/lib/search/suggest/find'
import { suggest, typedWords } from '@/lib/search/suggest/suggest'
import { makeQueries, type QueriesByKind } from './queries'
import { figuresOf, merged, timesOf } from './times'

/** Targets: p95 in ms by number of songs, and for cached suggestions. */
const TARGETS: Record<number, number> = { 1000000: 10, 10000000: 25 }
const CACHED_TARGET = 2

/** The lengths of prefixes that are typed before suggestions matter. */
async function makeTyped(client: pg.Client, each: number): Promise<QueriesByKind> {
  const { 'one letter': letters = [], 'two letters': two = [], ...whole } = await makeQueries(client, each)
  const beginningsOf = (texts: string[] = []) => texts.map((text) => text.split(' ').at(-1)?.slice(0, 4) ?? text)
  return {
    'one letter': letters,
    'two letters': two,
    'three letters': (whole['a common word'] ?? []).map((word) => word.slice(0, 3)),
    'a word prefix': beginningsOf(whole['a whole title']),
    'half a title': whole['half a title'] ?? [],
    'a name': whole['a name'] ?? [],
    'another script': (whole['another script'] ?? []).map((title) => [...title].slice(0, 3).join('')),
    mistyped: whole.mistyped ?? [],
  }
}

/** Suggestions, one at a time, without and with the cache. */
export async function measureSuggestions(
  client: pg.Client,
  { songs, each, rounds }: { songs: number; each: number; rounds: number },
): Promise<Figure[]> {
  const typed = await makeTyped(client, each)
  const find = async (text: string) => {
    const words = typedWords(text)
    return words && findSuggestions(words)
  }
  const figures: Figure[] = []
  const all: number[][][] = []
  for (const [sort, texts] of Object.entries(typed)) {
    const times = await timesOf(texts, rounds, find)
    all.push(times)
    figures.push(...figuresOf(`suggestions, ${sort}`, times, TARGETS[songs]))
  }
  const texts = Object.values(typed).flat()
  for (const text of texts) await suggest(text)
  return [
    ...figures,
    ...figuresOf('suggestions, all kinds', merged(all), TARGETS[songs]),
    ...figuresOf('suggestions, cached', await timesOf(texts, rounds, suggest), CACHED_TARGET),
  ]
}
