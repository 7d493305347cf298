import { ISRC, MUSICBRAINZ, storedValue } from '@/lib/catalogue/external-ids'
import type { EntityKind } from '@/lib/catalogue/kinds'
import { Prisma } from '@/lib/db/generated/client'
import { existsPerRow } from './links'
import type { Condition, ListQuery } from './list'

const { sql, join, raw } = Prisma

/** The conditions of list filters. A filter that is not given has none. */

export const ifGiven = <Value, Result>(value: Value | undefined, condition: (value: Value) => Result): Result[] =>
  value === undefined ? [] : [condition(value)]

/** A release key is year × 10000 + month × 100 + day, or 0 if the date is unknown. */
export const releasedWithin = (
  key: Prisma.Sql,
  { year, from, to }: { year?: number | undefined; from?: number | undefined; to?: number | undefined },
): Prisma.Sql[] => [
  ...ifGiven(year, (only) => sql`${key} BETWEEN ${only * 10_000} AND ${only * 10_000 + 9_999}`),
  ...ifGiven(from, (first) => sql`${key} >= ${first * 10_000}`),
  ...ifGiven(to, (last) => sql`${key} BETWEEN 10000 AND ${last * 10_000 + 9_999}`),
]

/** Leaves out unknown durations. @param duration a column of milliseconds, 0 if unknown. */
export const durationWithin = (
  duration: Prisma.Sql,
  { minDuration, maxDuration }: { minDuration?: number | undefined; maxDuration?: number | undefined },
): Prisma.Sql[] => [
  ...ifGiven(minDuration, (least) => sql`${duration} >= ${Math.max(least, 1)}`),
  ...ifGiven(maxDuration, (most) => sql`${duration} BETWEEN 1 AND ${most}`),
]

export const updatedSince = (updatedAt: Prisma.Sql, moment: string | undefined): Prisma.Sql[] =>
  ifGiven(moment, (since) => sql`${updatedAt} >= ${since}::timestamptz`)

/**
 * Clients that synchronise read recent changes by id. The changes of an import are at the end of that order, so walking
 * it would mean walking all of it. Collecting them from an index takes 0.2 s for a quarter of a million.
 */
export const recentChanges = (sort: string, moment: string | undefined): Pick<ListQuery, 'collectUpTo'> =>
  moment !== undefined && sort === 'id' ? { collectUpTo: 1_000_000 } : {}

/** @param type the enum type of the column. */
export const oneOf = (column: Prisma.Sql, type: Prisma.Sql, values: readonly string[] | undefined): Prisma.Sql[] =>
  ifGiven(values, (any) => sql`${column} IN (${join(any.map((value) => sql`${value}::${type}`))})`)

type IdFilters = {
  ids?: number[] | undefined
  mbid?: string[] | undefined
  isrc?: string[] | undefined
  externalId?: string | undefined
}

/** Filters by ids of this catalogue and by external ids. */
export function hasIds(kind: EntityKind, { ids, mbid, isrc, externalId }: IdFilters): (Prisma.Sql | Condition)[] {
  const id = raw(`${kind}.id`)
  const hasExternalId = (condition: Prisma.Sql): Condition => {
    const [table, owner] = [raw(`${kind}_external_id`), raw(`${kind}_id`)]
    return {
      collect: sql`${id} IN (SELECT ${owner} FROM ${table} WHERE ${condition})`,
      test: existsPerRow(sql`SELECT FROM ${table} WHERE ${owner} = ${id} AND ${condition}`),
    }
  }
  const ofSource = (source: string) => (values: string[]) =>
    hasExternalId(sql`source = ${source} AND value = ANY(${values}::text[])`)
  return [
    ...ifGiven(ids, (any) => sql`${id} = ANY(${any}::int[])`),
    ...ifGiven(mbid, ofSource(MUSICBRAINZ)),
    ...ifGiven(isrc, ofSource(ISRC)),
    ...ifGiven(externalId, (text) => hasExternalId(isKey(text))),
  ]
}

/** Matches "source:value". Both may contain colons, so every colon may be the separator. */
function isKey(text: string): Prisma.Sql {
  const pairs = [...text.matchAll(/:/g)].map(({ index }) => {
    const source = text.slice(0, index)
    return { source, value: storedValue(source, text.slice(index + 1)) }
  })
  const [sources, values] = [pairs.map(({ source }) => source), pairs.map(({ value }) => value)]
  return sql`(source, value) IN (SELECT * FROM unnest(${sources}::text[], ${values}::text[]))`
}

/** The id of a genre by its slug. */
export const genreId = (slug: string): Prisma.Sql => sql`(SELECT id FROM genre WHERE slug = ${slug})`

/** Albums or songs in one of these genres. */
export function ofGenre(kind: 'album' | 'song', slugs: string[]): Condition {
  const [id, owner, table] = [raw(`${kind}.id`), raw(`${kind}_id`), raw(`${kind}_genre`)]
  const [only, ...others] = slugs
  const isOne =
    only !== undefined && others.length === 0
      ? sql`= ${genreId(only)}`
      : sql`= ANY(ARRAY(SELECT id FROM genre WHERE slug = ANY(${slugs}::text[])))`
  return {
    collect: sql`${id} IN (SELECT ${owner} FROM ${table} WHERE genre_id ${isOne})`,
    test: existsPerRow(sql`SELECT FROM ${table} WHERE ${owner} = ${id} AND genre_id ${isOne}`),
  }
}

/** The requested genre, if it is exactly one. */
export const onlyGenre = (slugs: string[] | undefined): string | undefined =>
  slugs?.length === 1 ? slugs[0] : undefined

/** For each sort of albums and songs, the filters that leave a range of its index. */
const rangeFilters: Record<string, readonly string[]> = {
  newest: ['year', 'from', 'to'],
  longest: ['minDuration', 'maxDuration'],
}

/** Whether all given filters leave a range of the index of a sort. */
export const isRangeOf = <Name extends string>(
  filters: { [Filter in Name]?: unknown },
  names: readonly Name[],
  sort: string,
): boolean => names.every((name) => filters[name] === undefined || rangeFilters[sort]?.includes(name))

/** The stored total of an unfiltered list, or of a list with a single condition that has one. */
export const storedTotal = (
  { length }: ListQuery['where'],
  all: Prisma.Sql,
  ofSingle: Prisma.Sql | undefined,
): Pick<ListQuery, 'total'> => (length === 0 ? { total: all } : length === 1 && ofSingle ? { total: ofSingle } : {})
