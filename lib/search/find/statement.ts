import { Prisma } from '@/lib/db/generated/client'
import { segments } from '@/lib/search/index/segments'
import { kinds } from '@/lib/search/text/parse'
import type { IndexQuery } from './index-query'
import { columnOf, cursorCondition, type HitRange, newestParts, orderBy, outerOrder, type Sort } from './order'

/** SQL that reads hits and facets from the index. */

const { sql, raw, join } = Prisma

/** How well a hit matches, best first. */
export const tiers = ['exact', 'words', 'beginning', 'name', 'mention'] as const
export type Tier = (typeof tiers)[number]

const matches = (queries: string[]): Prisma.Sql => sql`words @@ ${queries.join(' & ')}::tsquery`

/** The condition for the hits of a tier, without those of the tiers before it. */
function conditionOf(tier: Tier, query: IndexQuery): Prisma.Sql | undefined {
  const { key, keyPrefix, keyKinds, article, nameQuery, anyQuery, filters } = query
  const hasPrefix = (text: string) => sql`(key >= ${text} AND key < ${`${text}\u{10FFFF}`})`
  const wordPrefix = key === null ? null : `${key} `
  const filtered = filters.length > 0 ? sql` AND ${matches(filters)}` : sql``
  // The key's index begins with the kind.
  const hasKind = sql`kind = ANY(${keyKinds}::text[])`
  const byKey = article === null ? (keyPrefix === null ? null : hasPrefix(keyPrefix)) : matches([article])
  const notByKey = key === null || byKey === null ? sql`` : sql` AND NOT (${hasKind} AND (key = ${key} OR ${byKey}))`
  if (tier === 'exact') return key === null ? undefined : sql`${hasKind} AND key = ${key}${filtered}`
  if (tier === 'words' && article !== null) return sql`${matches([article, ...filters])} AND key <> ${key}`
  if (tier === 'words') return wordPrefix === null ? undefined : sql`${hasKind} AND ${hasPrefix(wordPrefix)}${filtered}`
  if (tier === 'beginning')
    return key === null || wordPrefix === null || keyPrefix === null || keyPrefix === wordPrefix || article !== null
      ? undefined
      : sql`${hasKind} AND ${hasPrefix(keyPrefix)} AND key <> ${key} AND NOT ${hasPrefix(wordPrefix)}${filtered}`
  if (tier === 'name')
    return nameQuery === null ? undefined : sql`${matches([`(${nameQuery})`, ...filters])}${notByKey}`
  if (anyQuery === null) return filters.length > 0 ? matches(filters) : undefined
  const mentions = matches([`(${anyQuery})`, ...filters])
  return nameQuery === null ? mentions : sql`${mentions} AND NOT words @@ ${nameQuery}::tsquery${notByKey}`
}

/** Conditions that are checked on each row. An index scan for them would be slower with common words. */
const rowConditions = ({ length, kinds: only }: IndexQuery): Prisma.Sql => {
  const inLength = sql` AND duration_ms BETWEEN ${length?.from ?? 0}::bigint AND ${length?.to ?? MAX_INT}::bigint`
  const inKinds = sql` AND kind <> ALL(${kinds.filter((kind) => !only?.includes(kind))}::text[])`
  return sql`${length ? inLength : sql``}${only ? inKinds : sql``}`
}
const MAX_INT = 2_147_483_647

const segmentsOf = ({ segments: most = segments.length }: IndexQuery) => segments.slice(0, most)

/**
 * Reads hits in order, backwards for those before a cursor. It is a union of parts: by relevance each tier in each
 * segment, by popularity each segment. PostgreSQL goes on to the next part only until the page is full.
 */
export function hitsStatement(query: IndexQuery, sort: Sort, range: HitRange): Prisma.Sql | undefined {
  const { size, offset = 0, cursor, today } = range
  const isBackwards = cursor?.side === 'before'
  const most = size + offset
  const parts = partsOf(query, sort, today).flatMap(({ part, tier, scans }) => {
    if (cursor && (isBackwards ? part > cursor.part : part < cursor.part)) return []
    const from = cursor?.part === part ? sql` AND ${cursorCondition(sort, cursor)}` : sql``
    const rows = scans.map(
      ({ segment, condition }) => sql`(
        SELECT ${raw(String(part))} AS part, ${raw(String(tier))} AS tier, kind, id, score, ${columnOf(sort)} AS value
        FROM search_document
        WHERE segment = ${raw(String(segment))} AND ${condition}${rowConditions(query)}${from}
        ORDER BY ${orderBy(sort, isBackwards)} LIMIT ${most})`,
    )
    const [only] = rows
    const all =
      only && rows.length === 1
        ? only
        : sql`(SELECT * FROM (${join(rows, ' UNION ALL ')}) AS one ORDER BY ${outerOrder(sort, isBackwards)} LIMIT ${most})`
    return [all]
  })
  if (parts.length === 0) return undefined
  const ordered = isBackwards ? parts.toReversed() : parts
  return sql`SELECT part, tier, kind, id, score, value::text FROM (${join(ordered, ' UNION ALL ')}) AS hit LIMIT ${size} OFFSET ${offset}`
}

type StatementPart = { part: number; tier: number; scans: { segment: number; condition: Prisma.Sql }[] }

/** The parts of a statement, in order. Sorts that follow neither tiers nor scores have one part of all segments. */
function partsOf(query: IndexQuery, sort: Sort, today: number | undefined): StatementPart[] {
  if (sort === 'relevance')
    return tiers.flatMap((name, tier) => {
      const condition = conditionOf(name, query)
      return condition
        ? segmentsOf(query).map((segment) => ({
            part: tier * segments.length + segment,
            tier,
            scans: [{ segment, condition }],
          }))
        : []
    })
  const condition = wholeCondition(query)
  if (!condition) return []
  const tier = tiers.length - 1
  const scans = segmentsOf(query).map((segment) => ({ segment, condition }))
  if (sort === 'popular') return scans.map((scan, part) => ({ part, tier, scans: [scan] }))
  if (sort !== 'newest') return [{ part: 0, tier, scans }]
  return newestParts(today).map((dated, part) => ({
    part,
    tier,
    scans: scans.map((scan) => ({ ...scan, condition: sql`${condition} AND ${dated}` })),
  }))
}

function wholeCondition({ anyQuery, filters }: IndexQuery): Prisma.Sql | undefined {
  const all = [...(anyQuery ? [`(${anyQuery})`] : []), ...filters]
  return all.length > 0 ? matches(all) : undefined
}

/**
 * Reads the facets of all hits as one value, which `tally` counts: PostgreSQL would take twice as long to count them.
 * @param most documents to read, the most popular first.
 */
export function facetsStatement(query: IndexQuery, most: number): Prisma.Sql | undefined {
  const condition = wholeCondition(query)
  if (!condition) return undefined
  const parts = segments.map(
    (segment) => sql`(
      SELECT facets FROM search_document
      WHERE segment = ${raw(String(segment))} AND ${condition}${rowConditions(query)}
      LIMIT ${most})`,
  )
  return sql`
    SELECT string_agg(facets, ''::bytea) AS documents FROM (
      SELECT facets FROM (${join(parts, ' UNION ALL ')}) AS hit LIMIT ${most}) AS hits`
}
