import { Prisma } from '@/lib/db/generated/client'
import { oneOf } from '@/lib/search/find/statement'
import { facetLexeme } from '@/lib/search/index/document'
import { type Kind, kinds } from '@/lib/search/text/parse'

/** What is asked of the index for suggestions, in PostgreSQL's words. */

const { sql, raw, join } = Prisma

/** Suggestions of a kind. */
export const MOST_OF_KIND = 3

const SEGMENTS = [0, 1, 2]

/** Behind all that begins with the key. */
const endOf = (key: string): string => `${key}\u{10FFFF}`

/**
 * Of each kind what is called so (tier 0), then what is called something that begins so (tier 1). PostgreSQL goes on to
 * the next segment only where those before have not filled the kind.
 */
export function beginningsStatement(key: string): Prisma.Sql {
  const conditions = [sql`key = ${key}`, sql`key > ${key} AND key < ${endOf(key)}`]
  const parts = conditions.flatMap((condition, tier) =>
    SEGMENTS.map(
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

/** What fewer documents of the most popular have is rare: to find it in all of them costs little. */
const RARE = 100

/**
 * Of some kinds what has the words in its name (tier 2) and does not begin with the key. What many of the most popular
 * have is looked for among these alone: whoever types goes on until it is rare.
 * @param name a tsquery of names.
 */
export function wordsStatement(name: string, key: string, missing: readonly Kind[]): Prisma.Sql {
  const ofKinds = oneOf(missing.map((kind) => facetLexeme({ facet: 'kind', value: kinds.indexOf(kind) })))
  const inSegment = (segment: number) => sql`
    SELECT kind, id, score FROM search_document
    WHERE segment = ${raw(String(segment))} AND words @@ ${`(${name}) & ${ofKinds}`}::tsquery
      AND NOT (key >= ${key} AND key < ${endOf(key)})`
  const isRare = sql`(SELECT count(*) < ${raw(String(RARE))} FROM common)`
  return sql`
    WITH common AS MATERIALIZED (
        SELECT FROM search_document WHERE segment = 0 AND words @@ ${name}::tsquery LIMIT ${raw(String(RARE))}),
      popular AS MATERIALIZED (${inSegment(0)}),
      known AS MATERIALIZED (${inSegment(1)} AND ${isRare}),
      other AS MATERIALIZED (${inSegment(2)} AND ${isRare} AND (SELECT count(*) < ${raw(String(RARE))} FROM known))
    SELECT 2 AS tier, kind, id, score FROM (
      SELECT kind, id, score, row_number() OVER (PARTITION BY kind ORDER BY score DESC, id) AS place
      FROM (SELECT * FROM popular UNION ALL SELECT * FROM known UNION ALL SELECT * FROM other) AS found) AS placed
    WHERE place <= ${raw(String(MOST_OF_KIND))} ORDER BY place`
}
