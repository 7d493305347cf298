import { ISRC, MUSICBRAINZ, storedValue } from '@/lib/catalogue/external-ids'
import { Prisma } from '@/lib/db/generated/client'
import { ofEach } from './links'
import type { Condition, Listing } from './list'

const { sql, join, raw } = Prisma

/** Conditions that lists have in common. Nothing is said of what is not asked for. */

export const when = <Value, Of>(value: Value | undefined, condition: (value: Value) => Of): Of[] =>
  value === undefined ? [] : [condition(value)]

/** A row's release key is year × 10000 + month × 100 + day, and 0 where nothing is known. */
export const released = (
  key: Prisma.Sql,
  { year, from, to }: { year?: number | undefined; from?: number | undefined; to?: number | undefined },
): Prisma.Sql[] => [
  ...when(year, (of) => sql`${key} BETWEEN ${of * 10_000} AND ${of * 10_000 + 9_999}`),
  ...when(from, (first) => sql`${key} >= ${first * 10_000}`),
  ...when(to, (last) => sql`${key} BETWEEN 10000 AND ${last * 10_000 + 9_999}`),
]

/** What is not known is left out. @param duration a column of milliseconds, 0 where it is not known. */
export const lasting = (
  duration: Prisma.Sql,
  { minDuration, maxDuration }: { minDuration?: number | undefined; maxDuration?: number | undefined },
): Prisma.Sql[] => [
  ...when(minDuration, (least) => sql`${duration} >= ${Math.max(least, 1)}`),
  ...when(maxDuration, (most) => sql`${duration} BETWEEN 1 AND ${most}`),
]

export const updatedSince = (updatedAt: Prisma.Sql, moment: string | undefined): Prisma.Sql[] =>
  when(moment, (since) => sql`${updatedAt} >= ${since}::timestamptz`)

/**
 * What has changed since a moment is asked for again and again, in the order of arrival, of which an import's things are
 * the end: walking it from its beginning would mean walking all of it. An index has what they are found and sorted by:
 * a quarter of a million are found in 0.2 s.
 */
export const lately = (sort: string, moment: string | undefined): Pick<Listing, 'findUpTo'> =>
  moment !== undefined && sort === 'id' ? { findUpTo: 1_000_000 } : {}

/** @param type of the column, an enum of PostgreSQL. */
export const oneOf = (column: Prisma.Sql, type: Prisma.Sql, values: readonly string[] | undefined): Prisma.Sql[] =>
  when(values, (any) => sql`${column} IN (${join(any.map((value) => sql`${value}::${type}`))})`)

type Named = {
  ids?: number[] | undefined
  mbid?: string[] | undefined
  isrc?: string[] | undefined
  externalId?: string | undefined
}

/** That things are named by their ids, here or elsewhere. */
export function namedBy(
  of: 'artist' | 'album' | 'song' | 'playlist',
  { ids, mbid, isrc, externalId }: Named,
): (Prisma.Sql | Condition)[] {
  const id = raw(`${of}.id`)
  const owners = (condition: Prisma.Sql): Condition => {
    const [table, owner] = [raw(`${of}_external_id`), raw(`${of}_id`)]
    return {
      find: sql`${id} IN (SELECT ${owner} FROM ${table} WHERE ${condition})`,
      ask: ofEach(sql`SELECT FROM ${table} WHERE ${owner} = ${id} AND ${condition}`),
    }
  }
  const ofSource = (source: string) => (values: string[]) =>
    owners(sql`source = ${source} AND value = ANY(${values}::text[])`)
  return [
    ...when(ids, (any) => sql`${id} = ANY(${any}::int[])`),
    ...when(mbid, ofSource(MUSICBRAINZ)),
    ...when(isrc, ofSource(ISRC)),
    ...when(externalId, (text) => owners(keyedBy(text))),
  ]
}

/** That a row of external ids has this source and value. Both may hold colons, so each colon may be the one between. */
function keyedBy(text: string): Prisma.Sql {
  const pairs = [...text.matchAll(/:/g)].map(({ index }) => {
    const source = text.slice(0, index)
    return { source, value: storedValue(source, text.slice(index + 1)) }
  })
  const [sources, values] = [pairs.map(({ source }) => source), pairs.map(({ value }) => value)]
  return sql`(source, value) IN (SELECT * FROM unnest(${sources}::text[], ${values}::text[]))`
}

/** The id of a genre, by its slug. */
export const genreId = (slug: string): Prisma.Sql => sql`(SELECT id FROM genre WHERE slug = ${slug})`

/** That an album or a song is of one of these genres. */
export function ofGenre(of: 'album' | 'song', slugs: string[]): Condition {
  const [id, thing, table] = [raw(`${of}.id`), raw(`${of}_id`), raw(`${of}_genre`)]
  const [only, ...others] = slugs
  const isOne =
    only !== undefined && others.length === 0
      ? sql`= ${genreId(only)}`
      : sql`= ANY(ARRAY(SELECT id FROM genre WHERE slug = ANY(${slugs}::text[])))`
  return {
    find: sql`${id} IN (SELECT ${thing} FROM ${table} WHERE genre_id ${isOne})`,
    ask: ofEach(sql`SELECT FROM ${table} WHERE ${thing} = ${id} AND genre_id ${isOne}`),
  }
}

/** The genre that is asked for, if it is one. */
export const onlyGenre = (slugs: string[] | undefined): string | undefined =>
  slugs?.length === 1 ? slugs[0] : undefined

/** Whether no filter of these is given but some that leave a range of an index. */
export const isRangeOf = <Name extends string>(
  given: { [Of in Name]?: unknown },
  names: readonly Name[],
  ranges: readonly Name[] = [],
): boolean => names.every((name) => given[name] === undefined || ranges.includes(name))

/** The stored count of a list that has one: of all there is, or of what a single condition leaves. */
export const totalOf = (
  { length }: Listing['where'],
  all: Prisma.Sql,
  ofOne: Prisma.Sql | undefined,
): Pick<Listing, 'total'> => (length === 0 ? { total: all } : length === 1 && ofOne ? { total: ofOne } : {})
