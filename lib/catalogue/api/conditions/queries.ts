import { Prisma } from '@/lib/db/generated/client'

const { sql, join } = Prisma

/** Conditions that lists have in common. Nothing is said of what is not asked for. */

const when = <Value>(value: Value | undefined, condition: (value: Value) => Prisma.Sql): Prisma.Sql[] =>
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

/** @param duration a column of milliseconds, 0 where it is not known. */
export const lasting = (
  duration: Prisma.Sql,
  { minDuration, maxDuration }: { minDuration?: number | undefined; maxDuration?: number | undefined },
): Prisma.Sql[] => [
  ...when(minDuration, (least) => sql`${duration} >= ${least}`),
  ...when(maxDuration, (most) => sql`${duration} BETWEEN 1 AND ${most}`),
]

export const updatedSince = (updatedAt: Prisma.Sql, moment: string | undefined): Prisma.Sql[] =>
  when(moment, (since) => sql`${updatedAt} >= ${since}::timestamptz`)

/** @param type of the column, an enum of PostgreSQL. */
export const oneOf = (column: Prisma.Sql, type: Prisma.Sql, values: readonly string[] | undefined): Prisma.Sql[] =>
  when(values, (any) => sql`${column} IN (${join(any.map((value) => sql`${value}::${type}`))})`)

export { when }

/** The id of a genre, by its slug. */
export const genreId = (slug: string): Prisma.Sql => sql`(SELECT id FROM genre WHERE slug = ${slug})`
