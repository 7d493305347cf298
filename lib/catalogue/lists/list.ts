import type { Prisma } from '@/lib/db/generated/client'
import type { Order } from './orders'

/** A condition on a list's rows that is put one way to find all that fulfil it, and another to ask it of each. */
export type Condition = { find: Prisma.Sql; ask: Prisma.Sql }

/**
 * A list that the API reads: some of a table's rows in an order. Unlike a page's list it may be narrowed by filters, and
 * it is walked by cursor as well as by page.
 */
export type Listing = {
  order: Order
  /** Which of the table's lists, where the order is of many. */
  scope?: Prisma.Sql
  /** What its rows must fulfil; all of them where there is none. */
  where: (Prisma.Sql | Condition)[]
  /** Whether what they leave is a range of the order's own index, or of one that is in its order. */
  isRange?: boolean
  /** Up to how many rows all of them are found for each page, where that is not as of any other list. */
  findUpTo?: number
  /** The stored count of its rows, where there is one: of a list that no filter narrows, as a rule. */
  total?: Prisma.Sql
  /** The stored count of all rows of its table. */
  all?: Prisma.Sql
  /** The place of the row with so many before it, where that can be told without looking. */
  placeOf?: (before: number) => Place
}

/** A row's place in an order. */
export type Place = { id: number; key: string }

/** A part of a list. */
export type Part = {
  rows: Place[]
  total: number
  hasNext: boolean
  hasPrevious: boolean
}
