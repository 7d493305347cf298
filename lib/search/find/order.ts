import { z } from 'zod'
import { Prisma } from '@/lib/db/generated/client'
import { type Kind, kinds } from '@/lib/search/text/parse'

/** The orders of hits, and positions in them. */

const { sql, raw } = Prisma

export const sorts = ['relevance', 'newest', 'title', 'popular'] as const
export type Sort = (typeof sorts)[number]

/** The column of each sort. Kind and id break ties. Relevance sorts by tier first. */
const columns = {
  relevance: { column: 'score', type: 'float8', isDescending: true },
  popular: { column: 'score', type: 'float8', isDescending: true },
  // Items without a date come last.
  newest: { column: 'coalesce(released, 0)', type: 'int', isDescending: true },
  title: { column: 'key', type: 'text', isDescending: false },
} as const satisfies Record<Sort, { column: string; type: string; isDescending: boolean }>

/** The position of a hit: the part of the statement, and the position within it. */
export type HitPosition = { part: number; value: string; kind: Kind; id: number }
export type HitCursor = HitPosition & { side: 'after' | 'before' }

/** Which hits to read: by offset, or from a cursor. */
export type HitRange = {
  size: number
  offset?: number
  cursor?: HitCursor | undefined
  /** A day (lib/catalogue/today.ts): by date, hits of later days come last. */
  today?: number
}

/** Conditions of the parts of an order by date. */
export const newestParts = (today: number | undefined): Prisma.Sql[] => {
  const released = raw(columns.newest.column)
  return today === undefined ? [sql`true`] : [sql`${released} <= ${today}`, sql`${released} > ${today}`]
}

export const columnOf = (sort: Sort): Prisma.Sql => raw(columns[sort].column)

/** The order of the index's rows. */
export const orderBy = (sort: Sort, isBackwards: boolean): Prisma.Sql =>
  orderOf(columns[sort].column, columns[sort].isDescending, isBackwards)

/** The order of the rows that a part has selected. */
export const outerOrder = (sort: Sort, isBackwards: boolean): Prisma.Sql =>
  orderOf('value', columns[sort].isDescending, isBackwards)

function orderOf(column: string, isDescending: boolean, isBackwards: boolean): Prisma.Sql {
  const end = isBackwards ? 'DESC' : 'ASC'
  return raw(`${column} ${isDescending === isBackwards ? 'ASC' : 'DESC'}, kind ${end}, id ${end}`)
}

/** The condition for rows after, or before, a cursor in its part. */
export function cursorCondition(sort: Sort, { value, kind, id, side }: HitCursor): Prisma.Sql {
  const { column, type, isDescending } = columns[sort]
  const isBackwards = side === 'before'
  const at = sql`${value}::${raw(type)}`
  const further = raw(isDescending === isBackwards ? '>' : '<')
  const behind = raw(isBackwards ? '<' : '>')
  return sql`(${raw(column)} ${further} ${at} OR (${raw(column)} = ${at} AND (kind, id) ${behind} (${kind}, ${id}::int)))`
}

const Written = z.tuple([z.int().min(0), z.string(), z.enum(kinds)])

/** A position as text, without its id. */
export const writePosition = ({ part, value, kind }: HitPosition): string => JSON.stringify([part, value, kind])

export function readPosition(text: string, id: number): HitPosition {
  const [part, value, kind] = Written.parse(JSON.parse(text))
  return { part, value, kind, id }
}
