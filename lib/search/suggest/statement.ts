import { Prisma } from '@/lib/db/generated/client'
import { oneOf } from '@/lib/search/find/statement'
import { facetLexeme } from '@/lib/search/index/document'
import { segments } from '@/lib/search/index/segments'
import { type Kind, kinds } from '@/lib/search/text/parse'

/** What is asked of the index for suggestions, in PostgreSQL's words. */

const { sql, raw, join } = Prisma

const [popular = 0, ...others] = segments
const known = others.slice(0, -1)
const rest = segments.length - 1

/** Suggestions of a kind. */
export const MOST_OF_KIND = 3

/** Behind all that begins with the key. */
const endOf = (key: string): string => `${key}\u{10FFFF}`

/**
 * Of each kind what is called so (tier 0), then what is called something that begins so (tier 1). PostgreSQL goes on to
 * the next segment only where those before have not filled the kind.
 */
export function beginningsStatement(key: string): Prisma.Sql {
  const conditions = [sql`key = ${key}`, sql`key > ${key} AND key < ${endOf(key)}`]
  const parts = conditions.flatMap((condition, tier) =>
    segments.map(
      (segment) => sql`(
        SELECT ${raw(String(tier))} AS tier, id, score FROM search_document
        WHERE segment = ${raw(String(segment))} AND kind = asked.kind AND ${condition}
        ORDER BY score DESC, id LIMIT ${raw(String(MOST_OF_KIND))})`,
    ),
  )
  return sql`
    SELECT found.tier, asked.kind, found.id, found.score
    FROM unnest(${kinds}::text[]) AS asked (kind), LATERAL (
      SELECT tier, id, score FROM (${join(parts, ' UNION ALL ')}) AS part
      LIMIT ${raw(String(MOST_OF_KIND))}) AS found`
}

/** What fewer documents of the most popular have is rare: to find it among all costs little. */
const RARE = 30
/** Of the last word more are so common that all that begins like it is not read outside these. */
const COMMON = 1_000
/** With so many suggestions nobody misses what is least popular. */
const ENOUGH = 6

/** What is asked for by words. */
export type AskedWords = {
  /** Tsqueries of names: of all words, and of the last one. */
  all: string
  last: string
  /** What begins with it is found by that. */
  key: string
  /** Kinds that are not filled yet, and how many suggestions there are. */
  missing: readonly Kind[]
  found: number
}

/**
 * What has the words in its name (tier 2). What many of the most popular have is looked for among these alone: whoever
 * types goes on until it is rare. All words that begin as the last does are read, however rare what stands before it; so
 * it must not be common either, and is rare itself where there are most.
 */
export function wordsStatement({ all, last, key, missing, found }: AskedWords): Prisma.Sql {
  const filled = kinds.filter((kind) => !missing.includes(kind))
  const inSegment = (segment: number) => sql`
    SELECT kind, id, score FROM search_document
    WHERE segment = ${raw(String(segment))} AND words @@ ${`(${all})${ofKinds(missing)}`}::tsquery
      AND kind <> ALL(${filled}) AND NOT (key >= ${key} AND key < ${endOf(key)})`
  const areFewer = (what: string, than: number) => sql`(
    SELECT count(*) < ${raw(String(than))} FROM (
      SELECT FROM search_document WHERE segment = ${raw(String(popular))} AND words @@ ${what}::tsquery LIMIT ${raw(String(than))}) AS first)`
  const inKnown = (segment: number) =>
    sql`${inSegment(segment)} AND ${areFewer(all, RARE)} AND ${areFewer(last, COMMON)}`
  return sql`
    WITH popular AS MATERIALIZED (${inSegment(popular)}),
      known AS MATERIALIZED (${join(known.map(inKnown), ' UNION ALL ')}),
      other AS MATERIALIZED (
        ${inSegment(rest)} AND ${areFewer(last, RARE)}
          AND ${found}::int + (SELECT count(*) FROM popular) + (SELECT count(*) FROM known) < ${raw(String(ENOUGH))})
    SELECT 2 AS tier, kind, id, score FROM (
      SELECT kind, id, score, row_number() OVER (PARTITION BY kind ORDER BY score DESC, id) AS place
      FROM (SELECT * FROM popular UNION ALL SELECT * FROM known UNION ALL SELECT * FROM other) AS found) AS placed
    WHERE place <= ${raw(String(MOST_OF_KIND))} ORDER BY place`
}

/** Leaves most documents out by the index; not where songs are looked for, which are most of them. */
function ofKinds(some: readonly Kind[]): string {
  if (some.includes('song')) return ''
  return ` & ${oneOf(some.map((kind) => facetLexeme({ facet: 'kind', value: kinds.indexOf(kind) })))}`
}
