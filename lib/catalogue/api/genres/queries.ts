import type { Listing } from '@/lib/catalogue/listing/listing'
import { inOrderOf } from '@/lib/catalogue/paging'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'

const { sql, raw } = Prisma

/** The list of genres in the order of their slugs. @param where conditions on the table `genre`. */
export const genreListing = (where: Prisma.Sql[] = []): Listing => ({
  order: {
    list: 'genres',
    table: raw('genre'),
    key: raw('slug COLLATE "C"'),
    id: raw('id'),
    kind: 'text',
    descending: false,
  },
  where,
  ...(where.length === 0 && { total: sql`(SELECT genre_count FROM catalogue)` }),
})

export type GenreRecord = Prisma.GenreGetPayload<object>

/** Genres by id, in that order. */
export const findGenreRecords = async (ids: number[]): Promise<GenreRecord[]> =>
  ids.length === 0 ? [] : inOrderOf(ids, await db().genre.findMany({ where: { id: { in: ids } } }))

export const findGenreRecord = (slug: string): Promise<GenreRecord | null> => db().genre.findUnique({ where: { slug } })
