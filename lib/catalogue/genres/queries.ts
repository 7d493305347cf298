import { findAlbumRows } from '@/lib/catalogue/albums/queries'
import { genreAlbumOrders } from '@/lib/catalogue/anchors/orders'
import { findPageIds } from '@/lib/catalogue/anchors/queries'
import { type GenreAlbumSort, pageSizes } from '@/lib/catalogue/lists'
import { offsetOf, toPage } from '@/lib/catalogue/paging'
import type { AlbumRow, GenreRow, Page } from '@/lib/catalogue/views'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'

const { sql } = Prisma

/** Genres by name. @returns null where the list has no such page. */
export async function findGenres(page: number): Promise<Page<GenreRow> | null> {
  const size = pageSizes.genres
  const [total, rows] = await Promise.all([
    db().genre.count(),
    db().genre.findMany({ orderBy: [{ slug: 'asc' }, { id: 'asc' }], skip: offsetOf(page, size), take: size }),
  ])
  return toPage(rows, total, page, size)
}

export const findGenre = (slug: string): Promise<GenreRow | null> => db().genre.findUnique({ where: { slug } })

/** @returns null where there is no such genre, or its list has no such page. */
export async function findGenreAlbums(
  slug: string,
  sort: GenreAlbumSort,
  page: number,
): Promise<Page<AlbumRow> | null> {
  const size = pageSizes.albums
  const found = await findPageIds(genreAlbumOrders[sort], {
    page,
    size,
    total: sql`(SELECT album_count FROM genre WHERE slug = ${slug})`,
    scope: sql`(SELECT id FROM genre WHERE slug = ${slug})`,
  })
  return toPage(await findAlbumRows(found.ids), found.total, page, size)
}
