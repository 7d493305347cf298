import { Prisma } from '@/lib/db/generated/client'
import { marks, quote } from '@/lib/search/index/document'
import { segments } from '@/lib/search/index/segments'
import { isLetter, joinedOf, joinedWithAnd, neededTermsOf, syllablePairsOf, type Token } from '@/lib/search/text/fold'
import { type Clause, type Kind, kinds, type Range, textFields } from '@/lib/search/text/parse'
import { isBeginning } from '@/lib/search/text/prefix'
import { besideCondition, columnOf, type Extent, newestParts, orderBy, outerOrder, type Sort } from './order'

/** What is asked of the index, in PostgreSQL's words. */

const { sql, raw, join } = Prisma

type Where = keyof typeof marks | null

const lexeme = (where: Where, term: string, isPrefix: boolean) =>
  quote((where ? marks[where] : '') + term) + (isPrefix ? ':*' : '')

function clauseQuery(clause: Clause, where: Where, isOpen: boolean): string {
  const { field, tokens, isPhrase, isWhole, goesOn = [] } = clause
  const mark = field ?? where
  // Where words stand is known of each field.
  if (isPhrase && tokens.length > 1 && !mark)
    return `(${textFields.map((each) => clauseQuery({ ...clause, field: each }, where, isOpen)).join(' | ')})`
  const terms = tokens.map((token) => {
    const isPrefix = isOpen && !isWhole && isBeginning(token)
    // Those of a run have one place, also within a phrase.
    const needed = neededTermsOf(token).map((term) => lexeme(mark, term, isPrefix))
    const others = goesOn.map((word) => lexeme(mark, word, false))
    const pairs = syllablePairsOf(token).map((pair) => lexeme(mark, pair, false))
    const part = pairs.length > 0 ? [pairs.join(' & ')] : []
    return `(${[needed.join(' & '), ...others, ...part].join(' | ')})`
  })
  return `(${terms.join(isPhrase ? ' <-> ' : ' & ')})`
}

/**
 * @returns a tsquery of all clauses. What is one word elsewhere is the same as its words: a short name, letters in a row
 * (A C D C), and what "and" joins (rock’n’roll).
 */
export function allQuery(clauses: Clause[], where: Where, isOpen: boolean): string {
  const parts = clauses.map((clause, index) =>
    clauseQuery(clause, where, isOpen && index === clauses.length - 1 && clause.field === null && !clause.isPhrase),
  )
  const all = inOneWord(clauses)
    .reduceRight((left, { from, to, words }) => {
      const together = [`(${left.slice(from, to).join(' & ')})`, ...words.map((word) => lexeme(where, word, false))]
      return left.toSpliced(from, to - from, `(${together.join(' | ')})`)
    }, parts)
    .join(' & ')
  const isPlain = clauses.every(({ field, isPhrase }) => field === null && !isPhrase)
  const joined = isPlain ? joinedOf(clauses.flatMap(({ tokens }): Token[] => tokens)) : []
  return [
    clauses.length > 1 && joined.length > 0 ? `(${all})` : all,
    ...joined.map((word) => lexeme(where, word, false)),
  ].join(' | ')
}

type Joined = { from: number; to: number; words: string[] }

/** Which clauses may be one word, and which; in order, none within another. */
function inOneWord(clauses: Clause[]): Joined[] {
  const tokens = clauses.map(({ field, isPhrase, tokens: [token] }) =>
    field === null && !isPhrase ? token : undefined,
  )
  const found: Joined[] = []
  for (let from = 0; from < tokens.length; from = Math.max(from + 1, found.at(-1)?.to ?? 0)) {
    const end = tokens.findIndex((token, index) => index >= from && !(token && isLetter(token)))
    const letters = (end < 0 ? tokens.length : end) - from
    const to = from + (letters > 1 ? letters : 3)
    const some = tokens.slice(from, to).filter((token) => token !== undefined)
    if (to > tokens.length || some.length < to - from) continue
    if (letters > 1) found.push({ from, to, words: [some.map(({ written }) => written).join('')] })
    else if (some[1]?.text === 'and') found.push({ from, to, words: joinedWithAnd(some) })
  }
  return found
}

/** How well something matches: less is better. */
export const tiers = ['exact', 'words', 'beginning', 'name', 'mention'] as const
export type Tier = (typeof tiers)[number]

export type Alone = { words: string[]; beginning: string | null }

export type Asked = {
  /** The whole query as the name of something, and what names go on with that begin so; null where it can't be one. */
  key: string | null
  goesOn: string | null
  /** What is called so: things of these kinds. */
  called: readonly Kind[]
  /** Kinds of which only is asked for, where their own index is no help; null for all. */
  among: readonly Kind[] | null
  /** What has the article alone that is asked for at its beginning, as a lexeme; null where more is asked for. */
  article: string | null
  /** Of names alone, and of everything, as tsqueries; null where there are no words. */
  name: string | null
  any: string | null
  /** What has to be there beside, as tsqueries: all of them. */
  filters: string[]
  /** In milliseconds, both ends inclusive. */
  length: Range | null
  /** Words of which each by itself is all that is asked for, and what such words may begin with; null where more is. */
  alone: Alone | null
  /** How many of the segments are looked through; all where nothing is said. */
  segments?: number
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
function conditionOf(tier: Tier, { key, goesOn, called, article, name, any, filters }: Asked): Prisma.Sql | undefined {
  const beginsSo = (text: string) => sql`(key >= ${text} AND key < ${`${text}\u{10FFFF}`})`
  const whole = key === null ? null : `${key} `
  const beside = filters.length > 0 ? sql` AND ${matches(filters)}` : sql``
  // The index of keys has the kinds before them.
  const named = sql`kind = ANY(${called}::text[])`
  const first = article === null ? (goesOn === null ? null : beginsSo(goesOn)) : matches([article])
  const outside = key === null || first === null ? sql`` : sql` AND NOT (${named} AND (key = ${key} OR ${first}))`
  if (tier === 'exact') return key === null ? undefined : sql`${named} AND key = ${key}${beside}`
  if (tier === 'words' && article !== null) return sql`${matches([article, ...filters])} AND key <> ${key}`
  if (tier === 'words') return whole === null ? undefined : sql`${named} AND ${beginsSo(whole)}${beside}`
  if (tier === 'beginning')
    return key === null || whole === null || goesOn === null || goesOn === whole || article !== null
      ? undefined
      : sql`${named} AND ${beginsSo(goesOn)} AND key <> ${key} AND NOT ${beginsSo(whole)}${beside}`
  if (tier === 'name') return name === null ? undefined : sql`${matches([`(${name})`, ...filters])}${outside}`
  if (any === null) return filters.length > 0 ? matches(filters) : undefined
  const mentions = matches([`(${any})`, ...filters])
  return name === null ? mentions : sql`${mentions} AND NOT words @@ ${name}::tsquery${outside}`
}

/** What is looked at in each row. Nothing that an index has: found by it, common words would take longer. */
const rowsOf = ({ length, among }: Asked): Prisma.Sql => {
  const ofLength = sql` AND duration_ms BETWEEN ${length?.from ?? 0}::bigint AND ${length?.to ?? MOST_MS}::bigint`
  const ofKind = sql` AND kind <> ALL(${kinds.filter((kind) => !among?.includes(kind))}::text[])`
  return sql`${length ? ofLength : sql``}${among ? ofKind : sql``}`
}
const MOST_MS = 2_147_483_647

const segmentsOf = ({ segments: most = segments.length }: Asked) => segments.slice(0, most)

/**
 * Hits in their order, of a place in it on, or as far as it, backwards. They are asked for in parts: by relevance tier by
 * tier, and what is sorted by popularity in each segment by segment. PostgreSQL goes on to the next only where those
 * before have not filled the page.
 */
export function hitsStatement(
  asked: Asked,
  sort: Sort,
  { size, offset = 0, beside, today }: Extent,
): Prisma.Sql | undefined {
  const isBackwards = beside?.side === 'before'
  const most = size + offset
  const parts = partsOf(asked, sort, today).flatMap(({ part, tier, of }) => {
    if (beside && (isBackwards ? part > beside.part : part < beside.part)) return []
    const from = beside?.part === part ? sql` AND ${besideCondition(sort, beside)}` : sql``
    const rows = of.map(
      ({ segment, condition }) => sql`(
        SELECT ${raw(String(part))} AS part, ${raw(String(tier))} AS tier, kind, id, score, ${columnOf(sort)} AS value
        FROM search_document
        WHERE segment = ${raw(String(segment))} AND ${condition}${rowsOf(asked)}${from}
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
  const inOrder = isBackwards ? parts.toReversed() : parts
  return sql`SELECT part, tier, kind, id, score, value::text FROM (${join(inOrder, ' UNION ALL ')}) AS hit LIMIT ${size} OFFSET ${offset}`
}

/** What is asked for one after the other. Of what has no tiers and is sorted by no score all segments are one part. */
function partsOf(
  asked: Asked,
  sort: Sort,
  today: number | undefined,
): { part: number; tier: number; of: { segment: number; condition: Prisma.Sql }[] }[] {
  if (sort === 'relevance')
    return tiers.flatMap((name, tier) => {
      const condition = conditionOf(name, asked)
      return condition
        ? segmentsOf(asked).map((segment) => ({
            part: tier * segments.length + segment,
            tier,
            of: [{ segment, condition }],
          }))
        : []
    })
  const condition = wholeCondition(asked)
  if (!condition) return []
  const tier = tiers.length - 1
  const of = segmentsOf(asked).map((segment) => ({ segment, condition }))
  if (sort === 'popular') return of.map((one, part) => ({ part, tier, of: [one] }))
  if (sort !== 'newest') return [{ part: 0, tier, of }]
  return newestParts(today).map((dated, part) => ({
    part,
    tier,
    of: of.map((one) => ({ ...one, condition: sql`${condition} AND ${dated}` })),
  }))
}

function wholeCondition({ any, filters }: Asked): Prisma.Sql | undefined {
  const all = [...(any ? [`(${any})`] : []), ...filters]
  return all.length > 0 ? matches(all) : undefined
}

/**
 * What is found, as its facets: of all of it one value, which `tally` counts.
 * @param most documents are looked through, the best known first.
 */
export function facetsStatement(query: Asked, most: number): Prisma.Sql | undefined {
  const condition = wholeCondition(query)
  if (!condition) return undefined
  const parts = segments.map(
    (segment) => sql`(
      SELECT facets FROM search_document
      WHERE segment = ${raw(String(segment))} AND ${condition}${rowsOf(query)}
      LIMIT ${most})`,
  )
  // Counted here, they would take twice as long.
  return sql`
    SELECT string_agg(facets, ''::bytea) AS documents FROM (
      SELECT facets FROM (${join(parts, ' UNION ALL ')}) AS hit LIMIT ${most}) AS hits`
}
