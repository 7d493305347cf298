import type { Sort } from '@/lib/catalogue/lists/choices'
import { totalOf, when } from '@/lib/catalogue/lists/conditions'
import { type Directed, inDirection } from '@/lib/catalogue/lists/direction'
import { linked, type Within } from '@/lib/catalogue/lists/links'
import type { Listing } from '@/lib/catalogue/lists/list'
import { inOrderOf } from '@/lib/catalogue/lists/paging'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'

const { sql, raw } = Prisma

/** The list of genres, by slug. @param within a thing that leads to them. */
export const genreListing = (sort: Directed<Sort<'genres'>>, within?: Within): Listing =>
  inDirection(sort, () => genresBySlug(within))

function genresBySlug(within?: Within): Listing {
  const where = when(within, (thing) => linked(raw('genre.id'), thing))
  const all = sql`(SELECT genre_count FROM catalogue)`
  return {
    order: {
      list: 'genres',
      table: raw('genre'),
      key: raw('slug COLLATE "C"'),
      id: raw('id'),
      kind: 'text',
      descending: false,
    },
    where,
    all,
    ...totalOf(where, all, undefined),
  }
}

export type GenreRecord = Prisma.GenreGetPayload<object>

/** Genres by id, in that order. */
export const findGenreRecords = async (ids: number[]): Promise<GenreRecord[]> =>
  ids.length === 0 ? [] : inOrderOf(ids, await db().genre.findMany({ where: { id: { in: ids } } }))

export const findGenreRecord = (slug: string): Promise<GenreRecord | null> => db().genre.findUnique({ where: { slug } })
