import { enrichmentSelect } from '@/lib/catalogue/enrichment/resource'
import type { Sort } from '@/lib/catalogue/lists/choices'
import { lately, namedBy, oneOf, totalOf, updatedSince, when } from '@/lib/catalogue/lists/conditions'
import { type Directed, inDirection } from '@/lib/catalogue/lists/direction'
import { countLinked, linked, type Within } from '@/lib/catalogue/lists/links'
import type { Listing } from '@/lib/catalogue/lists/list'
import { artistOrders } from '@/lib/catalogue/lists/orders'
import { inOrderOf } from '@/lib/catalogue/lists/paging'
import type { Filters } from '@/lib/catalogue/lists/parameters'
import { externalIdsSelect } from '@/lib/catalogue/resource-parts'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'

const { sql, raw } = Prisma

/** The list of artists that filters leave, in an order. @param within a thing that leads to them. */
export const artistListing = (sort: Directed<Sort<'artists'>>, asked: Filters<'artists'>, within?: Within): Listing =>
  inDirection(sort, (by) => artistsBy(by, asked, within))

function artistsBy(sort: Sort<'artists'>, asked: Filters<'artists'>, within?: Within): Listing {
  const where = [
    ...when(within, (thing) => linked(raw('artist.id'), thing)),
    ...oneOf(raw('artist.kind'), raw('artist_kind'), asked.kind),
    ...namedBy('artist', asked),
    ...updatedSince(raw('artist.updated_at'), asked.updatedSince),
  ]
  const all = sql`(SELECT artist_count FROM catalogue)`
  return {
    order: artistOrders[sort],
    where,
    all,
    ...lately(sort, asked.updatedSince),
    ...totalOf(where, all, within && countLinked(within)),
  }
}

/** An artist and what is said of them are one statement. */
const whole = {
  include: { enrichments: enrichmentSelect, externalIds: externalIdsSelect },
  relationLoadStrategy: 'join',
} as const

export type ArtistRecord = Prisma.ArtistGetPayload<typeof whole>

/** Artists by id, in that order. */
export const findArtistRecords = async (ids: number[]): Promise<ArtistRecord[]> =>
  ids.length === 0 ? [] : inOrderOf(ids, await db().artist.findMany({ where: { id: { in: ids } }, ...whole }))

/** An artist, or the id that it was merged into, or null. */
export async function findArtistRecord({ id }: { id: number }): Promise<ArtistRecord | number | null> {
  const artist = await db().artist.findUnique({ where: { id }, ...whole })
  return artist ?? (await db().artistRedirect.findUnique({ where: { id } }))?.artistId ?? null
}
