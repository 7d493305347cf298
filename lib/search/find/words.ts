import { dependOn } from '@/lib/cache/dependencies/recorder'
import { Prisma } from '@/lib/db/generated/client'
import { queryWithin } from '@/lib/db/time-limit'
import { marks, quote } from '@/lib/search/index/document'
import { segments } from '@/lib/search/index/segments'
import { BOUNDS } from './hits'
import type { SingleWord } from './index-query'

/** Reads the words of the index, and the names of genres. */

const { sql } = Prisma

function query<Row extends object>(statement: Prisma.Sql): Promise<Row[]> {
  dependOn('search')
  return queryWithin(statement, BOUNDS)
}

/**
 * How many documents have one of some words: `least` counts those of the most common word, `most` adds up all of them.
 * @property own the documents of the first word.
 */
export type WordCounts = { own: number; least: number; most: number }

export async function countWords({ words, prefix }: SingleWord): Promise<WordCounts> {
  const from = prefix ?? ''
  const rows = await query<WordCounts>(sql`
    SELECT coalesce(max(documents) FILTER (WHERE word = ${words[0] ?? ''}), 0) AS own, coalesce(max(documents), 0) AS least, coalesce(sum(documents), 0)::float8 AS most FROM search_word
    WHERE word = ANY(${words}) OR (${prefix !== null} AND word >= ${from} AND word < ${`${from}\u{10FFFF}`})`)
  return rows[0] ?? { own: 0, least: 0, most: 0 }
}

/** The genres with these folded names. */
export function findGenres(names: string[]): Promise<{ id: number; name: string }[]> {
  return query(sql`
    SELECT id, key AS name FROM search_document WHERE segment = ANY(${segments}::int[]) AND key = ANY(${names}) AND kind = 'genre' LIMIT 50`)
}

/** Completions of a prefix: more are rarely meant, and slow. */
export const MAX_COMPLETIONS = 12

/** The most common words that begin with a prefix. */
export async function completionsOf(prefix: string): Promise<string[]> {
  const rows = await query<{ word: string }>(sql`
    SELECT word FROM search_word WHERE word > ${prefix} AND word < ${`${prefix}\u{10FFFF}`}
    ORDER BY documents DESC, word LIMIT ${MAX_COMPLETIONS}`)
  return rows.map(({ word }) => word)
}

/** The words that exist. `prefix` exists if any word begins with it. */
export async function knownWords(words: string[], prefix: string | undefined): Promise<Set<string>> {
  const rows = await query<{ word: string }>(sql`
    SELECT word FROM search_word WHERE word = ANY(${words})
    UNION ALL SELECT ${prefix ?? ''} WHERE EXISTS (
      SELECT FROM search_word WHERE word >= ${prefix ?? 'x'} AND word < ${`${prefix ?? ''}\u{10FFFF}`})
      AND ${prefix !== undefined}`)
  return new Set(rows.map(({ word }) => word))
}

/** Words with similar trigrams (pg_trgm), words from a list, and words that match patterns, where _ is any letter. */
export function similarWords(
  word: string,
  others: string[],
  patterns: string[],
): Promise<{ word: string; documents: number }[]> {
  return query(sql`
    (SELECT word, documents FROM search_word
     WHERE word % ${word} AND length(word) BETWEEN ${word.length - 3} AND ${word.length + 3}
     ORDER BY similarity(word, ${word}) DESC, documents DESC, word LIMIT 40)
    UNION SELECT word, documents FROM search_word WHERE word = ANY(${others})
    UNION (SELECT word, documents FROM search_word WHERE word LIKE ANY(${patterns}) ORDER BY documents DESC, word LIMIT 40)`)
}

/** Sorts words by the most popular name that has them. Words in no popular name keep their order. */
export async function sortByPopularity(words: string[]): Promise<string[]> {
  const lexemes = words.map((word) => quote(marks.title + word))
  const rows = await query<{ word: string }>(sql`
    SELECT word FROM unnest(${words}::text[], ${lexemes}::text[]) WITH ORDINALITY AS asked (word, lexeme, place)
    ORDER BY (SELECT max(score) FROM search_document WHERE segment = 0 AND words @@ lexeme::tsquery) DESC NULLS LAST, place`)
  return rows.map(({ word }) => word)
}
