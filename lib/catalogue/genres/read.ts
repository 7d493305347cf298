import { textId } from '@/lib/cache/dependencies/names'
import { dependOn } from '@/lib/cache/dependencies/recorder'
import { findAlbumRows } from '@/lib/catalogue/albums/read'
import { albumList } from '@/lib/catalogue/albums/records'
import { isRanked } from '@/lib/catalogue/letters/read'
import { readPage } from '@/lib/catalogue/lists/read'
import { type PageSort, pageSizes } from '@/lib/catalogue/lists/sorts'
import { findSongRows } from '@/lib/catalogue/songs/read'
import { songList } from '@/lib/catalogue/songs/records'
import type { AlbumRow, GenreRow, GenreView, Page, SongRow } from '@/lib/catalogue/views'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { findGenreRecords, genreList } from './records'

const { sql } = Prisma

/** Genres by name. @returns null if there is no such page. */
export const findGenres = (page: number): Promise<Page<GenreRow> | null> =>
  readPage(genreList('slug'), findGenreRecords, pageSizes.genres, page)

/** The genre, and whether its albums and its songs differ in popularity. */
export async function findGenre(slug: string): Promise<GenreView | null> {
  const [genre] = await db().$queryRaw<GenreView[]>`
    SELECT id, name, slug, album_count AS "albumCount", song_count AS "songCount",
      ${isRanked(sql`album_genre WHERE genre_id = genre.id`)} AS "albumsAreRanked",
      ${isRanked(sql`song_genre WHERE genre_id = genre.id`)} AS "songsAreRanked"
    FROM genre WHERE slug = ${slug}`
  if (!genre) {
    dependOn('genres')
    return null
  }
  dependOn('genre', genre.id)
  // Whether its albums and songs are ranked.
  dependOn('genre-albums.popular', textId(slug))
  dependOn('genre-songs.popular', textId(slug))
  return genre
}

/**
 * @param day a release key: later releases come last.
 * @returns null if there is no such page.
 */
export const findGenreAlbums = (
  slug: string,
  sort: PageSort<'genreAlbums'>,
  page: number,
  day: number,
): Promise<Page<AlbumRow> | null> =>
  readPage(albumList(sort, { genre: [slug] }), findAlbumRows, pageSizes.albums, page, day)

export const findGenreSongs = (
  slug: string,
  sort: PageSort<'genreSongs'>,
  page: number,
  day: number,
): Promise<Page<SongRow> | null> =>
  readPage(songList(sort, { genre: [slug] }), findSongRows, pageSizes.songs, page, day)
