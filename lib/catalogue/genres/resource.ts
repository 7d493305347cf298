import type { Genre } from '@/lib/catalogue/resources'
import { pathOf } from '@/lib/http/api/address'
import { findGenreRecords, type GenreRecord } from './records'

export const toGenre = (genre: GenreRecord, origin: string): Genre => ({
  id: genre.id,
  href: origin + pathOf('/genres/{slug}', genre),
  url: `${origin}/genres/${encodeURIComponent(genre.slug)}`,
  slug: genre.slug,
  name: genre.name,
  albumCount: genre.albumCount,
  songCount: genre.songCount,
})

/** Genres by id, in that order. */
export const readGenres = async (ids: number[], origin: string): Promise<Genre[]> =>
  (await findGenreRecords(ids)).map((genre) => toGenre(genre, origin))
