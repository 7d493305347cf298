import { db } from '@/lib/db/client'
import type { Prisma } from '@/lib/db/generated/client'
import { offsetOf } from './paging'

/**
 * How a page of any list is found: its ids and the total on the index of its order, then the rows with what they
 * include. Two statements, whatever the page shows. Every order ends in the id, so it is total, and runs one way, so that
 * one index serves it from either end.
 */

/** The ids of a page and the total of its list. */
export async function findIds(
  select: Prisma.Sql,
  page: number,
  size: number,
): Promise<{ ids: number[]; total: number }> {
  const found = await db().$queryRaw<{ id: number; total: number }[]>`
    ${select} LIMIT ${size} OFFSET ${offsetOf(page, size)}`
  return { ids: found.map((row) => row.id), total: found[0]?.total ?? 0 }
}
