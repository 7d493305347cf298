import { findAlbumRows } from '@/lib/catalogue/albums/read'
import { isRanked } from '@/lib/catalogue/letters/read'
import { genreAlbumOrders, genreSongOrders, type Order } from '@/lib/catalogue/lists/orders'
import { findPageIds } from '@/lib/catalogue/lists/page'
import { offsetOf, toPage } from '@/lib/catalogue/lists/paging'
import { type GenreAlbumSort, type GenreSongSort, pageSizes } from '@/lib/catalogue/lists/sorts'
import { findSongRows } from '@/lib/catalogue/songs/read'
import type { AlbumRow, GenreRow, GenreView, Page, SongRow } from '@/lib/catalogue/views'
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

/** The genre, and whether its albums and its songs differ in popularity. */
export async function findGenre(slug: string): Promise<GenreView | null> {
  const [genre] = await db().$queryRaw<GenreView[]>`
    SELECT id, name, slug, album_count AS "albumCount", song_count AS "songCount",
      ${isRanked(sql`album_genre WHERE genre_id = genre.id`)} AS "albumsAreRanked",
      ${isRanked(sql`song_genre WHERE genre_id = genre.id`)} AS "songsAreRanked"
    FROM genre WHERE slug = ${slug}`
  return genre ?? null
}

/**
 * @param day the release key that the newest begin with; what is dated later comes last.
 * @returns null where there is no such genre, or its list has no such page.
 */
export async function findGenreAlbums(
  slug: string,
  sort: GenreAlbumSort,
  page: number,
  day: number,
): Promise<Page<AlbumRow> | null> {
  const size = pageSizes.albums
  const found = await findOfGenre(slug, genreAlbumOrders[sort], sql`album_count`, { page, size, day })
  return toPage(await findAlbumRows(found.ids), found.total, page, size)
}

/** The same of its songs. */
export async function findGenreSongs(
  slug: string,
  sort: GenreSongSort,
  page: number,
  day: number,
): Promise<Page<SongRow> | null> {
  const size = pageSizes.songs
  const found = await findOfGenre(slug, genreSongOrders[sort], sql`song_count`, { page, size, day })
  return toPage(await findSongRows(found.ids), found.total, page, size)
}

const findOfGenre = (
  slug: string,
  order: Order,
  count: Prisma.Sql,
  { page, size, day }: { page: number; size: number; day: number },
) =>
  findPageIds(order, {
    page,
    size,
    total: sql`(SELECT ${count} FROM genre WHERE slug = ${slug})`,
    scope: sql`(SELECT id FROM genre WHERE slug = ${slug})`,
    today: day,
  })
