import { enrichmentSelect } from '@/lib/catalogue/enrichment/resource'
import type { Sort } from '@/lib/catalogue/lists/choices'
import {
  genreId,
  isRangeOf,
  lasting,
  lately,
  namedBy,
  ofGenre,
  oneOf,
  onlyGenre,
  released,
  totalOf,
  updatedSince,
  when,
} from '@/lib/catalogue/lists/conditions'
import { type Directed, inDirection } from '@/lib/catalogue/lists/direction'
import { countLinked, linked, linkedListing, ofEach, type Within } from '@/lib/catalogue/lists/links'
import type { Condition, Listing } from '@/lib/catalogue/lists/list'
import { albumOrders, genreAlbumOrders } from '@/lib/catalogue/lists/orders'
import { inOrderOf } from '@/lib/catalogue/lists/paging'
import { type Filters, filterNames } from '@/lib/catalogue/lists/parameters'
import { put, type Way } from '@/lib/catalogue/lists/statement'
import { externalIdsSelect } from '@/lib/catalogue/resource-parts'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'

const { sql, join, raw } = Prisma

/** Filters that leave a range of an index which is in an order. */
const ranges: { [By in Sort<'albums'>]?: (keyof Filters<'albums'>)[] } = {
  newest: ['year', 'from', 'to'],
  longest: ['minDuration', 'maxDuration'],
}

/** Whether the filters leave a range of an index that is in the order: each kind and each label has its own, too. */
function isRange(sort: Sort<'albums'>, asked: Filters<'albums'>): boolean {
  const { kind, label, ...others } = asked
  const divided = label !== undefined || kind?.length === 1
  if (divided && sort !== 'newest') return false
  if (kind && (kind.length > 1 || label !== undefined)) return false
  return isRangeOf(others, filterNames.albums, ranges[sort])
}

/** The list of albums that filters leave, in an order. @param within a thing that leads to them. */
export const albumListing = (sort: Directed<Sort<'albums'>>, asked: Filters<'albums'>, within?: Within): Listing =>
  inDirection(sort, (by) => albumsBy(by, asked, within))

function albumsBy(sort: Sort<'albums'>, asked: Filters<'albums'>, within?: Within): Listing {
  const { artist, label, kind } = asked
  const genre = onlyGenre(asked.genre)
  const links = [
    ...when(within, (thing) => thing),
    ...when(artist, (parent) => ({ link: 'artist.albums', parent }) as const),
  ]
  const conditions = [
    ...links.map((each) => linked(raw('album.id'), each)),
    ...oneOf(raw('album.kind'), raw('album_kind'), kind),
    ...when(label, (name) => sql`album.label = ${name}`),
    ...released(raw('album.release_key'), asked),
    ...lasting(raw('album.duration_ms'), asked),
    ...namedBy('album', asked),
    ...updatedSince(raw('album.updated_at'), asked.updatedSince),
  ]
  const all = sql`(SELECT album_count FROM catalogue)`
  const ofThisGenre = sql`coalesce((SELECT album_count FROM genre WHERE slug = ${genre}), 0)`
  // A genre's albums in these orders are ranges of indexes of their own.
  if (genre !== undefined && sort !== 'id' && sort !== 'longest') {
    const where = conditions.length === 0 ? [] : [ofAlbum(conditions)]
    return {
      order: genreAlbumOrders[sort],
      scope: genreId(genre),
      where,
      all: ofThisGenre,
      ...(where.length === 0 && { total: ofThisGenre }),
    }
  }
  const where = [...conditions, ...when(asked.genre, (slugs) => ofGenre('album', slugs))]
  const [only] = links
  const range = only && where.length === 1 ? linkedListing(only, sort) : undefined
  if (range) return range
  return {
    order: albumOrders[sort],
    where,
    isRange: !within && isRange(sort, asked),
    all,
    ...lately(sort, asked.updatedSince),
    ...totalOf(where, all, only ? countLinked(only) : genre === undefined ? undefined : ofThisGenre),
  }
}

/** That the album of a row of `album_genre` fulfils conditions. */
function ofAlbum(conditions: Listing['where']): Condition {
  const album = (way: Way) => sql`
    SELECT FROM album WHERE album.id = album_genre.album_id AND ${join(
      conditions.map((condition) => put(condition, way)),
      ' AND ',
    )}`
  return { find: sql`EXISTS (${album('find')})`, ask: ofEach(album('ask')) }
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
  timedCount: true,
  popularity: true,
  createdAt: true,
  updatedAt: true,
  artwork: {
    select: {
      source: true,
      fetchedAt: true,
      artwork: { select: { hash: true, width: true, height: true, thumbHash: true, colours: true } },
    },
  },
  enrichments: enrichmentSelect,
  externalIds: externalIdsSelect,
} satisfies Prisma.AlbumSelect

/** An album, its cover and what is said of it are one statement. */
const relationLoadStrategy = 'join'

export type AlbumRecord = Prisma.AlbumGetPayload<{ select: typeof select }>

/** Albums by id, in that order. */
export const findAlbumRecords = async (ids: number[]): Promise<AlbumRecord[]> =>
  ids.length === 0
    ? []
    : inOrderOf(ids, await db().album.findMany({ where: { id: { in: ids } }, select, relationLoadStrategy }))

/** An album, or the id that it was merged into, or null. */
export async function findAlbumRecord({ id }: { id: number }): Promise<AlbumRecord | number | null> {
  const album = await db().album.findUnique({ where: { id }, select, relationLoadStrategy })
  return album ?? (await db().albumRedirect.findUnique({ where: { id } }))?.albumId ?? null
}
