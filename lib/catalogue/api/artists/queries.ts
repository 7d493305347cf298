import { artistOrders } from '@/lib/catalogue/anchors/orders'
import type { Sort } from '@/lib/catalogue/api/choices'
import { oneOf, updatedSince } from '@/lib/catalogue/api/conditions/queries'
import type { Filters } from '@/lib/catalogue/api/parameters'
import type { Listing } from '@/lib/catalogue/listing/listing'
import { inOrderOf } from '@/lib/catalogue/paging'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'

const { sql, raw } = Prisma

/** The list of artists that the filters leave, in an order. @param more conditions on the table `artist`. */
export function artistListing(sort: Sort<'artists'>, filters: Filters<'artists'>, more: Prisma.Sql[] = []): Listing {
  const where = [
    ...more,
    ...oneOf(raw('artist.kind'), raw('artist_kind'), filters.kind),
    ...updatedSince(raw('artist.updated_at'), filters.updatedSince),
  ]
  return {
    order: artistOrders[sort],
    where,
    ...(where.length === 0 && { total: sql`(SELECT artist_count FROM catalogue)` }),
  }
}

export type ArtistRecord = Prisma.ArtistGetPayload<object>

/** Artists by id, in that order. */
export const findArtistRecords = async (ids: number[]): Promise<ArtistRecord[]> =>
  ids.length === 0 ? [] : inOrderOf(ids, await db().artist.findMany({ where: { id: { in: ids } } }))

/** An artist, or the id that it was merged into, or null. */
export async function findArtistRecord({ id }: { id: number }): Promise<ArtistRecord | number | null> {
  const artist = await db().artist.findUnique({ where: { id } })
  return artist ?? (await db().artistRedirect.findUnique({ where: { id } }))?.artistId ?? null
}
