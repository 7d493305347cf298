import type { Prisma } from '@/lib/db/generated/client'
import type { EntityDependency, Order } from './orders'
import { type Directed, isForward } from './sorts'

/** A condition in two forms: one collects all rows that meet it, the other tests one row. */
export type Condition = {
  collect: Prisma.Sql
  test: Prisma.Sql
  /** What it depends on besides the rows that it is tested for. */
  dependsOn?: EntityDependency[]
}

/** A list that pages and the API read: rows of a table in an order, all of them or those that filters leave. */
export type ListQuery = {
  order: Order
  /** The value of the order's `scope` column, if its table holds many lists. */
  scope?: Prisma.Sql
  /** The id of the scope in names of dependencies. */
  scopeId?: number
  /** The filters. */
  where: (Prisma.Sql | Condition)[]
  /** Whether the rows that the filters leave are a range of an index in this order. */
  isRange?: boolean
  /** The maximum number of rows to collect for each page, in place of the default. */
  collectUpTo?: number
  /** The stored number of rows, if there is one. */
  total?: Prisma.Sql
  /** The stored number of rows in the table. */
  all?: Prisma.Sql
  /** Computes the position of the row that follows `before` others, if that needs no query. */
  positionAt?: (before: number) => RowPosition
}

/** The position of a row in an order. */
export type RowPosition = { id: number; key: string }

export const idsOf = (rows: RowPosition[]): number[] => rows.map(({ id }) => id)

/** A page of a list. */
export type ListPage = {
  rows: RowPosition[]
  total: number
  hasNext: boolean
  hasPrevious: boolean
}

/** The list in a direction. A reversed list uses the same index and the same anchors. */
export function inDirection<Sort extends string>(sort: Directed<Sort>, listBy: (sort: Sort) => ListQuery): ListQuery {
  if (isForward(sort)) return listBy(sort)
  const list = listBy(sort.slice(1) as Sort)
  const { order } = list
  return { ...list, order: { ...order, descending: !order.descending, isReversed: true } }
}
