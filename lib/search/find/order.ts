import { z } from 'zod'
import { Prisma } from '@/lib/db/generated/client'
import { type Kind, kinds } from '@/lib/search/text/parse'

/** Orders of what is found, and places in them. */

const { sql, raw } = Prisma

export const sorts = ['relevance', 'newest', 'title', 'popular'] as const
export type Sort = (typeof sorts)[number]

/** By what each sorts first; then by kind and id, so that ties are stable. By relevance it is so within a tier. */
const columns = {
  relevance: { column: 'score', type: 'float8', isDescending: true },
  popular: { column: 'score', type: 'float8', isDescending: true },
  // What has no date comes last.
  newest: { column: 'coalesce(released, 0)', type: 'int', isDescending: true },
  title: { column: 'key', type: 'text', isDescending: false },
} as const satisfies Record<Sort, { column: string; type: string; isDescending: boolean }>

/** A hit's place: in which part of what is asked for one after the other, and in that. */
export type Place = { part: number; value: string; kind: Kind; id: number }
export type Beside = Place & { side: 'after' | 'before' }

/** Which hits: so many, and behind how many or beside which. */
export type Extent = {
  size: number
  offset?: number
  beside?: Beside | undefined
  /** A day (lib/catalogue/today.ts): the newest begin with it, and what is dated later comes last. */
  today?: number
}

/** Conditions of the parts of an order by date, one after the other. */
export const newestParts = (today: number | undefined): Prisma.Sql[] => {
  const released = raw(columns.newest.column)
  return today === undefined ? [sql`true`] : [sql`${released} <= ${today}`, sql`${released} > ${today}`]
}

export const columnOf = (sort: Sort): Prisma.Sql => raw(columns[sort].column)

/** As rows of the index are sorted. */
export const orderBy = (sort: Sort, isBackwards: boolean): Prisma.Sql =>
  orderOf(columns[sort].column, columns[sort].isDescending, isBackwards)

/** As the rows that a part has chosen are sorted. */
export const outerOrder = (sort: Sort, isBackwards: boolean): Prisma.Sql =>
  orderOf('value', columns[sort].isDescending, isBackwards)

function orderOf(column: string, isDescending: boolean, isBackwards: boolean): Prisma.Sql {
  const end = isBackwards ? 'DESC' : 'ASC'
  return raw(`${column} ${isDescending === isBackwards ? 'ASC' : 'DESC'}, kind ${end}, id ${end}`)
}

/** That a row is behind, or before, a place in its part. */
export function besideCondition(sort: Sort, { value, kind, id, side }: Beside): Prisma.Sql {
  const { column, type, isDescending } = columns[sort]
  const isBackwards = side === 'before'
  const at = sql`${value}::${raw(type)}`
  const further = raw(isDescending === isBackwards ? '>' : '<')
  const behind = raw(isBackwards ? '<' : '>')
  return sql`(${raw(column)} ${further} ${at} OR (${raw(column)} = ${at} AND (kind, id) ${behind} (${kind}, ${id}::int)))`
}

const Written = z.tuple([z.int().min(0), z.string(), z.enum(kinds)])

/** A place as a text, but for its id. */
export const writePlace = ({ part, value, kind }: Place): string => JSON.stringify([part, value, kind])

export function readPlace(text: string, id: number): Place {
  const [part, value, kind] = Written.parse(JSON.parse(text))
  return { part, value, kind, id }
}
