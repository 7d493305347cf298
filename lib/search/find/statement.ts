import { Prisma } from '@/lib/db/generated/client'
import { marks, quote } from '@/lib/search/index/document'
import { joinedOf, neededTermsOf, type Token } from '@/lib/search/text/fold'
import type { Clause, Range } from '@/lib/search/text/parse'

/** What is asked of the index, in PostgreSQL's words. */

const { sql, raw, join } = Prisma

/** A last word with fewer letters is not taken for the beginning of one: too many begin so. */
export const LEAST_PREFIX = 3

type Where = keyof typeof marks | null

const lexeme = (where: Where, term: string, isPrefix: boolean) =>
  quote((where ? marks[where] : '') + term) + (isPrefix ? ':*' : '')

function clauseQuery({ field, tokens, isPhrase }: Clause, where: Where, isOpen: boolean): string {
  const mark = field ?? where
  const terms = tokens.map((token) => {
    const isPrefix = isOpen && !token.isRun && token.text.length >= LEAST_PREFIX
    // Those of a run have one place, also within a phrase.
    return `(${neededTermsOf(token)
      .map((term) => lexeme(mark, term, isPrefix))
      .join(' & ')})`
  })
  return `(${terms.join(isPhrase ? ' <-> ' : ' & ')})`
}

/** @returns a tsquery of all clauses; a short name in one word is the same as its words. */
export function allQuery(clauses: Clause[], where: Where, isOpen: boolean): string {
  const parts = clauses.map((clause, index) =>
    clauseQuery(clause, where, isOpen && index === clauses.length - 1 && clause.field === null && !clause.isPhrase),
  )
  const all = parts.join(' & ')
  const isPlain = clauses.every(({ field, isPhrase }) => field === null && !isPhrase)
  const joined = isPlain ? joinedOf(clauses.flatMap(({ tokens }): Token[] => tokens)) : []
  return [
    clauses.length > 1 && joined.length > 0 ? `(${all})` : all,
    ...joined.map((word) => lexeme(where, word, false)),
  ].join(' | ')
}

/** How well something matches: less is better. */
export const tiers = ['exact', 'words', 'beginning', 'name', 'mention'] as const
export type Tier = (typeof tiers)[number]

export type Asked = {
  /** The whole query as the name of something, and what names go on with that begin so; null where it can't be one. */
  key: string | null
  goesOn: string | null
  /** Of names alone, and of everything, as tsqueries; null where there are no words. */
  name: string | null
  any: string | null
  /** What has to be there beside, as tsqueries: all of them. */
  filters: string[]
  /** In milliseconds, both ends inclusive. */
  length: Range | null
}

/** A lexeme that nothing has. */
const NOTHING = ':nothing'

/** @returns a tsquery of what has one of these lexemes, or one that begins so. Of none there is nothing. */
export function oneOf(lexemes: string[], isPrefix = false): string {
  const each = lexemes.length > 0 ? lexemes.map(quote) : [quote(NOTHING)]
  return `(${each.map((lexeme) => (isPrefix ? `${lexeme}:*` : lexeme)).join(' | ')})`
}

const matches = (queries: string[]): Prisma.Sql => sql`words @@ ${queries.join(' & ')}::tsquery`

/** What of the index is of each tier. Each leaves out what the ones before it have. */
function conditionOf(tier: Tier, { key, goesOn, name, any, filters }: Asked): Prisma.Sql | undefined {
  const beginsSo = (text: string) => sql`(key >= ${text} AND key < ${`${text}\u{10FFFF}`})`
  const whole = key === null ? null : `${key} `
  const beside = filters.length > 0 ? sql` AND ${matches(filters)}` : sql``
  const outside = key === null || goesOn === null ? sql`` : sql` AND key <> ${key} AND NOT ${beginsSo(goesOn)}`
  if (tier === 'exact') return key === null ? undefined : sql`key = ${key}${beside}`
  if (tier === 'words') return whole === null ? undefined : sql`${beginsSo(whole)}${beside}`
  if (tier === 'beginning')
    return key === null || whole === null || goesOn === null || goesOn === whole
      ? undefined
      : sql`${beginsSo(goesOn)} AND key <> ${key} AND NOT ${beginsSo(whole)}${beside}`
  if (tier === 'name') return name === null ? undefined : sql`${matches([`(${name})`, ...filters])}${outside}`
  if (any === null) return filters.length > 0 ? matches(filters) : undefined
  const mentions = matches([`(${any})`, ...filters])
  return name === null ? mentions : sql`${mentions} AND NOT words @@ ${name}::tsquery${outside}`
}

const lengthOf = ({ length }: Asked): Prisma.Sql =>
  length ? sql` AND duration_ms BETWEEN ${length.from ?? 0}::bigint AND ${length.to ?? MOST_MS}::bigint` : sql``
const MOST_MS = 2_147_483_647

const SEGMENTS = [0, 1, 2]

/**
 * Hits in their order: tier by tier, and in each segment by segment. PostgreSQL goes on to the next only where those
 * before have not filled the page.
 */
export function hitsStatement(asked: Asked, size: number, offset: number): Prisma.Sql | undefined {
  const most = size + offset
  const parts = tiers.flatMap((tier, place) => {
    const condition = conditionOf(tier, asked)
    if (!condition) return []
    return SEGMENTS.map(
      (segment) => sql`(
        SELECT ${raw(String(place))} AS tier, kind, id, score FROM search_document
        WHERE segment = ${raw(String(segment))} AND ${condition}${lengthOf(asked)}
        ORDER BY score DESC, kind, id LIMIT ${most})`,
    )
  })
  return parts.length === 0 ? undefined : sql`${join(parts, ' UNION ALL ')} LIMIT ${size} OFFSET ${offset}`
}

/** Hits that are counted; more are more than so many. */
export const MOST_COUNTED = 10_000

/** The facets of what is found, each value with its number of hits. */
export function facetsStatement(query: Asked): Prisma.Sql | undefined {
  const { any, filters } = query
  const asked = [...(any ? [`(${any})`] : []), ...filters]
  if (asked.length === 0) return undefined
  const parts = SEGMENTS.map(
    (segment) => sql`(
      SELECT facets FROM search_document
      WHERE segment = ${raw(String(segment))} AND ${matches(asked)}${lengthOf(query)}
      LIMIT ${MOST_COUNTED + 1})`,
  )
  return sql`
    WITH hit AS MATERIALIZED (SELECT facets FROM (${join(parts, ' UNION ALL ')}) AS hit LIMIT ${MOST_COUNTED + 1})
    SELECT NULL::int AS code, count(*)::int AS hits FROM hit
    UNION ALL SELECT code, count(*)::int FROM hit, unnest(facets) AS code GROUP BY code`
}
