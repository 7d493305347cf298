import { albumOrders, genreAlbumOrders } from '@/lib/catalogue/anchors/orders'
import type { Sort } from '@/lib/catalogue/api/choices'
import { genreId, lasting, oneOf, released, updatedSince, when } from '@/lib/catalogue/api/conditions/queries'
import type { Filters } from '@/lib/catalogue/api/parameters'
import { linked } from '@/lib/catalogue/listing/links/queries'
import type { Listing } from '@/lib/catalogue/listing/listing'
import { inOrderOf } from '@/lib/catalogue/paging'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'

const { sql, join, raw } = Prisma

/** Conditions on the table `album`. */
const conditionsOf = (filters: Filters<'albums'>): Prisma.Sql[] => [
  ...oneOf(raw('album.kind'), raw('album_kind'), filters.kind),
  ...when(filters.artist, (artist) => linked(raw('album.id'), 'artist.albums', artist)),
  ...when(filters.label, (label) => sql`album.label = ${label}`),
  ...released(raw('album.release_key'), filters),
  ...lasting(raw('album.duration_ms'), filters),
  ...updatedSince(raw('album.updated_at'), filters.updatedSince),
]

/** The list of albums that the filters leave, in an order. @param more conditions on the table `album`. */
export function albumListing(sort: Sort<'albums'>, filters: Filters<'albums'>, more: Prisma.Sql[] = []): Listing {
  const { genre } = filters
  const conditions = [...more, ...conditionsOf(filters)]
  if (genre !== undefined && sort !== 'id' && sort !== 'longest') {
    // A genre's albums in these orders are ranges of indexes of their own.
    const rest = sql`EXISTS (SELECT FROM album WHERE album.id = album_genre.album_id AND ${join([...conditions, sql`true`], ' AND ')})`
    return {
      order: genreAlbumOrders[sort],
      scope: genreId(genre),
      where: conditions.length === 0 ? [] : [rest],
      ...(conditions.length === 0 && { total: sql`(SELECT album_count FROM genre WHERE slug = ${genre})` }),
    }
  }
  const where = [
    ...conditions,
    ...when(genre, (slug) => sql`album.id IN (SELECT album_id FROM album_genre WHERE genre_id = ${genreId(slug)})`),
  ]
  return {
    order: albumOrders[sort],
    where,
    ...(where.length === 0 && { total: sql`(SELECT album_count FROM catalogue)` }),
  }
}

const select = {
  id: true,
  title: true,
  disambiguation: true,
  kind: true,
  credit: true,
  year: true,
  month: true,
  day: true,
  label: true,
  discCount: true,
  trackCount: true,
  durationMs: true,
  popularity: true,
  createdAt: true,
  updatedAt: true,
} satisfies Prisma.AlbumSelect

export type AlbumRecord = Prisma.AlbumGetPayload<{ select: typeof select }>

/** Albums by id, in that order. */
export const findAlbumRecords = async (ids: number[]): Promise<AlbumRecord[]> =>
  ids.length === 0 ? [] : inOrderOf(ids, await db().album.findMany({ where: { id: { in: ids } }, select }))

/** An album, or the id that it was merged into, or null. */
export async function findAlbumRecord({ id }: { id: number }): Promise<AlbumRecord | number | null> {
  const album = await db().album.findUnique({ where: { id }, select })
  return album ?? (await db().albumRedirect.findUnique({ where: { id } }))?.albumId ?? null
}
