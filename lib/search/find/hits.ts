import { hash } from 'node:crypto'
import { Prisma } from '@/lib/db/generated/client'
import { queryWithin } from '@/lib/db/time-limit'
import { marks, quote } from '@/lib/search/index/document'
import { segments } from '@/lib/search/index/segments'
import type { Extent, Place, Sort } from './order'
import { type Alone, type Asked, facetsStatement, hitsStatement } from './statement'

const { sql } = Prisma

/** No statement runs longer, whatever is asked; and none reads all of the index from its beginning. */
const BOUNDS = {
  timeout: 1_000,
  tooLong: 'This takes too long to find. Ask for something more particular.',
  settings: 'SET LOCAL enable_seqscan = off',
}

/** Whatever is counted is found by its words; the planner thinks that common ones are found sooner in order of keys. */
export const COUNTING = `${BOUNDS.settings}; SET LOCAL enable_indexscan = off`

const ask = <Row extends object>(statement: Prisma.Sql, left?: AbortSignal): Promise<Row[]> =>
  queryWithin(statement, { ...BOUNDS, left })

/**
 * Asks what is asked again and again in a few dozen forms: to plan one takes as long as to do it. Planned for any words,
 * it goes by the index of words, which is right for all but those that so many have that they are met anywhere.
 */
const askAsBefore = <Row extends object>(statement: Prisma.Sql, settings: string): Promise<Row[]> =>
  queryWithin(
    statement,
    { ...BOUNDS, settings: `${settings}; SET LOCAL plan_cache_mode = force_generic_plan` },
    `search ${hash('sha1', statement.text, 'base64url')}`,
  )

/** Something that was found: how well it matches, by its tier, and its place. */
export type Hit = Place & { tier: number; score: number }

/** Hits in their order, also of those before a place. @param left stops the statement that is under way. */
export async function findHits(asked: Asked, sort: Sort, extent: Extent, left?: AbortSignal): Promise<Hit[]> {
  const statement = hitsStatement(asked, sort, extent)
  if (!statement) return []
  // Common words are met soonest in the order of dates, rare ones by the index of words: that is to be planned.
  const isPlanned = sort === 'newest' || extent.beside !== undefined
  const hits = await (isPlanned ? ask<Hit>(statement, left) : askAsBefore<Hit>(statement, BOUNDS.settings))
  return extent.beside?.side === 'before' ? hits.toReversed() : hits
}

/** What is asked of the index by its facets alone; @see tally. @param most documents are looked through, the best known first. */
export async function readFacets(asked: Asked, most: number): Promise<Buffer> {
  const statement = facetsStatement(asked, most)
  const rows = statement ? await askAsBefore<{ documents: Buffer | null }>(statement, COUNTING) : []
  return rows[0]?.documents ?? Buffer.alloc(0)
}

/**
 * How many documents have one of these words: those of the commonest at the least, at the most all of them. @property own of
 * the first word by itself.
 */
export type WordsExtent = { own: number; least: number; most: number }

export async function extentOfWords({ words, beginning }: Alone): Promise<WordsExtent> {
  const from = beginning ?? ''
  const rows = await ask<WordsExtent>(sql`
    SELECT coalesce(max(documents) FILTER (WHERE word = ${words[0] ?? ''}), 0) AS own, coalesce(max(documents), 0) AS least, coalesce(sum(documents), 0)::float8 AS most FROM search_word
    WHERE word = ANY(${words}) OR (${beginning !== null} AND word >= ${from} AND word < ${`${from}\u{10FFFF}`})`)
  return rows[0] ?? { own: 0, least: 0, most: 0 }
}

/** The genres of these names, folded. @property name the one that it was found by. */
export function findGenres(names: string[]): Promise<{ id: number; name: string }[]> {
  return ask(sql`
    SELECT id, key AS name FROM search_document WHERE segment = ANY(${segments}::int[]) AND key = ANY(${names}) AND kind = 'genre' LIMIT 50`)
}

/** Words that stand for the beginning that they share: more are seldom what was meant, and take long to find. */
export const MOST_BEGINNING = 12

/** The words that begin so and that most has. */
export async function beginningWords(beginning: string): Promise<string[]> {
  const rows = await ask<{ word: string }>(sql`
    SELECT word FROM search_word WHERE word > ${beginning} AND word < ${`${beginning}\u{10FFFF}`}
    ORDER BY documents DESC, word LIMIT ${MOST_BEGINNING}`)
  return rows.map(({ word }) => word)
}

/** Which of these words there are; of the last, where it is open, whether any begins so. */
export async function knownWords(words: string[], open: string | undefined): Promise<Set<string>> {
  const rows = await ask<{ word: string }>(sql`
    SELECT word FROM search_word WHERE word = ANY(${words})
    UNION ALL SELECT ${open ?? ''} WHERE EXISTS (
      SELECT FROM search_word WHERE word >= ${open ?? 'x'} AND word < ${`${open ?? ''}\u{10FFFF}`})
      AND ${open !== undefined}`)
  return new Set(rows.map(({ word }) => word))
}

/**
 * Words that look alike, by the groups of three letters that they share (pg_trgm); those of a list that there are; and
 * those of patterns, where _ is any letter.
 */
export function similarWords(
  word: string,
  others: string[],
  patterns: string[],
): Promise<{ word: string; documents: number }[]> {
  return ask(sql`
    (SELECT word, documents FROM search_word
     WHERE word % ${word} AND length(word) BETWEEN ${word.length - 3} AND ${word.length + 3}
     ORDER BY similarity(word, ${word}) DESC, documents DESC, word LIMIT 40)
    UNION SELECT word, documents FROM search_word WHERE word = ANY(${others})
    UNION (SELECT word, documents FROM search_word WHERE word LIKE ANY(${patterns}) ORDER BY documents DESC, word LIMIT 40)`)
}

/** These words, that of the most popular name first; of those that no popular name has, as they come. */
export async function bestKnown(words: string[]): Promise<string[]> {
  const named = words.map((word) => quote(marks.title + word))
  const rows = await ask<{ word: string }>(sql`
    SELECT word FROM unnest(${words}::text[], ${named}::text[]) WITH ORDINALITY AS asked (word, named, place)
    ORDER BY (SELECT max(score) FROM search_document WHERE segment = 0 AND words @@ named::tsquery) DESC NULLS LAST, place`)
  return rows.map(({ word }) => word)
}
