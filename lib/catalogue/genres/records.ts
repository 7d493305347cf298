import { dependOn, dependOnEach } from '@/lib/cache/dependencies/recorder'
import { ifGiven, storedTotal } from '@/lib/catalogue/lists/conditions'
import { linkCondition, type ParentLink } from '@/lib/catalogue/lists/links'
import { inDirection, type ListQuery } from '@/lib/catalogue/lists/list'
import { genreOrder } from '@/lib/catalogue/lists/orders'
import { findInOrder } from '@/lib/catalogue/lists/paging'
import type { ApiSort, Directed } from '@/lib/catalogue/lists/sorts'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'

const { sql, raw } = Prisma

/** Genres by slug. @param parent lists only what it links to. */
export const genreList = (sort: Directed<ApiSort<'genres'>>, parent?: ParentLink): ListQuery =>
  inDirection(sort, () => genresBySlug(parent))

function genresBySlug(parent?: ParentLink): ListQuery {
  const where = ifGiven(parent, (link) => linkCondition(raw('genre.id'), link))
  const all = sql`(SELECT genre_count FROM catalogue)`
  return { order: genreOrder, where, all, ...storedTotal(where, all, undefined) }
}

export type GenreRecord = Prisma.GenreGetPayload<object>

/** Genres by id, in that order. */
export function findGenreRecords(ids: number[]): Promise<GenreRecord[]> {
  dependOnEach('genre', ids)
  return findInOrder(ids, (where) => db().genre.findMany({ where }))
}

export async function findGenreRecord(slug: string): Promise<GenreRecord | null> {
  const genre = await db().genre.findUnique({ where: { slug } })
  if (genre) dependOn('genre', genre.id)
  else dependOn('genres')
  return genre
}
