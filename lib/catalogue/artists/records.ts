import { dependOn, dependOnEach } from '@/lib/cache/dependencies/recorder'
import { enrichmentSelect } from '@/lib/catalogue/enrichment/resource'
import { hasIds, ifGiven, oneOf, recentChanges, storedTotal, updatedSince } from '@/lib/catalogue/lists/conditions'
import { countLinked, linkCondition, type ParentLink } from '@/lib/catalogue/lists/links'
import { inDirection, type ListQuery } from '@/lib/catalogue/lists/list'
import { artistOrders } from '@/lib/catalogue/lists/orders'
import { findInOrder } from '@/lib/catalogue/lists/paging'
import type { Filters } from '@/lib/catalogue/lists/parameters'
import type { ApiSort, Directed } from '@/lib/catalogue/lists/sorts'
import { externalIdsSelect } from '@/lib/catalogue/resource-parts'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'

const { sql, raw } = Prisma

/** Artists in an order. @param parent lists only what it links to. */
export const artistList = (
  sort: Directed<ApiSort<'artists'>>,
  filters: Filters<'artists'>,
  parent?: ParentLink,
): ListQuery => inDirection(sort, (by) => artistsBy(by, filters, parent))

function artistsBy(sort: ApiSort<'artists'>, filters: Filters<'artists'>, parent?: ParentLink): ListQuery {
  const where = [
    ...ifGiven(parent, (link) => linkCondition(raw('artist.id'), link)),
    ...oneOf(raw('artist.kind'), raw('artist_kind'), filters.kind),
    ...hasIds('artist', filters),
    ...updatedSince(raw('artist.updated_at'), filters.updatedSince),
  ]
  const all = sql`(SELECT artist_count FROM catalogue)`
  return {
    order: artistOrders[sort],
    where,
    all,
    ...recentChanges(sort, filters.updatedSince),
    ...storedTotal(where, all, parent && countLinked(parent)),
  }
}

/** One statement for an artist, its enrichments and its external ids. */
const whole = {
  include: { enrichments: enrichmentSelect, externalIds: externalIdsSelect },
  relationLoadStrategy: 'join',
} as const

export type ArtistRecord = Prisma.ArtistGetPayload<typeof whole>

/** Artists by id, in that order. */
export function findArtistRecords(ids: number[]): Promise<ArtistRecord[]> {
  dependOnEach('artist.page', ids)
  return findInOrder(ids, (where) => db().artist.findMany({ where, ...whole }))
}

/** The artist, the id that it was merged into, or null. */
export async function findArtistRecord({ id }: { id: number }): Promise<ArtistRecord | number | null> {
  dependOn('artist.page', id)
  const artist = await db().artist.findUnique({ where: { id }, ...whole })
  return artist ?? (await db().artistRedirect.findUnique({ where: { id } }))?.artistId ?? null
}
