import { Prisma } from '@/lib/db/generated/client'
import { anyOf } from '@/lib/search/find/tsquery'
import { facetLexeme } from '@/lib/search/index/document'
import { segments } from '@/lib/search/index/segments'
import { type Kind, kinds } from '@/lib/search/text/parse'

/** SQL that reads suggestions from the index. */

const { sql, raw, join } = Prisma

const [popular = 0, ...others] = segments
const known = others.slice(0, -1)
const rest = segments.length - 1

/** The maximum number of suggestions of a kind. */
export const MAX_PER_KIND = 3

/** Sorts after all keys with this prefix. */
const endOf = (key: string): string => `${key}\u{10FFFF}`

/**
 * Reads, for each kind, names equal to the key (tier 0), then names that begin with it (tier 1). PostgreSQL goes on to the
 * next segment only until the kind is full.
 */
export function prefixStatement(key: string): Prisma.Sql {
  const conditions = [sql`key = ${key}`, sql`key > ${key} AND key < ${endOf(key)}`]
  const parts = conditions.flatMap((condition, tier) =>
    segments.map(
      (segment) => sql`(
        SELECT ${raw(String(tier))} AS tier, id, score FROM search_document
        WHERE segment = ${raw(String(segment))} AND kind = asked.kind AND ${condition}
        ORDER BY score DESC, id LIMIT ${raw(String(MAX_PER_KIND))})`,
    ),
  )
  return sql`
    SELECT found.tier, asked.kind, found.id, found.score
    FROM unnest(${kinds}::text[]) AS asked (kind), LATERAL (
      SELECT tier, id, score FROM (${join(parts, ' UNION ALL ')}) AS part
      LIMIT ${raw(String(MAX_PER_KIND))}) AS found`
}

/** Words of fewer popular documents than this are rare, and cheap to find in the whole index. */
const RARE = 30
/** If more popular documents than this match the last word, only these are searched. */
const COMMON = 1_000
/** With this many suggestions, the least popular documents are not searched. */
const ENOUGH = 6

export type WordsQuery = {
  /** Tsqueries on names: for all words, and for the last one. */
  all: string
  last: string
  /** Names with this prefix are excluded: `prefixStatement` reads them. */
  key: string
  /** The kinds that are not full, and the number of suggestions so far. */
  missing: readonly Kind[]
  found: number
}

/**
 * Reads names that have the words (tier 2). Words that many popular documents have are searched only among these, because
 * people type on until a word is rare. PostgreSQL reads all completions of the last word, however rare the other words
 * are, so each larger segment is searched only for a rarer last word.
 */
export function wordsStatement({ all, last, key, missing, found }: WordsQuery): Prisma.Sql {
  const filled = kinds.filter((kind) => !missing.includes(kind))
  const inSegment = (segment: number) => sql`
    SELECT kind, id, score FROM search_document
    WHERE segment = ${raw(String(segment))} AND words @@ ${`(${all})${ofKinds(missing)}`}::tsquery
      AND kind <> ALL(${filled}) AND NOT (key >= ${key} AND key < ${endOf(key)})`
  const areFewer = (what: string, than: number) => sql`(
    SELECT count(*) < ${raw(String(than))} FROM (
      SELECT FROM search_document WHERE segment = ${raw(String(popular))} AND words @@ ${what}::tsquery LIMIT ${raw(String(than))}) AS first)`
  const inSegmentIfRare = (segment: number) =>
    sql`${inSegment(segment)} AND ${areFewer(all, RARE)} AND ${areFewer(last, COMMON)}`
  return sql`
    WITH popular AS MATERIALIZED (${inSegment(popular)}),
      known AS MATERIALIZED (${join(known.map(inSegmentIfRare), ' UNION ALL ')}),
      other AS MATERIALIZED (
        ${inSegment(rest)} AND ${areFewer(last, RARE)}
          AND ${found}::int + (SELECT count(*) FROM popular) + (SELECT count(*) FROM known) < ${raw(String(ENOUGH))})
    SELECT 2 AS tier, kind, id, score FROM (
      SELECT kind, id, score, row_number() OVER (PARTITION BY kind ORDER BY score DESC, id) AS place
      FROM (SELECT * FROM popular UNION ALL SELECT * FROM known UNION ALL SELECT * FROM other) AS found) AS placed
    WHERE place <= ${raw(String(MAX_PER_KIND))} ORDER BY place`
}

/** Restricts the index scan to some kinds. With songs, which most documents are, that would not help. */
function ofKinds(some: readonly Kind[]): string {
  if (some.includes('song')) return ''
  return ` & ${anyOf(some.map((kind) => facetLexeme({ facet: 'kind', value: kinds.indexOf(kind) })))}`
}
