import { textId } from '@/lib/cache/dependencies/names'
import { dependOn, dependOnEach } from '@/lib/cache/dependencies/recorder'
import { enrichmentSelect } from '@/lib/catalogue/enrichment/resource'
import {
  durationWithin,
  genreId,
  hasIds,
  ifGiven,
  isRangeOf,
  ofGenre,
  oneOf,
  onlyGenre,
  recentChanges,
  releasedWithin,
  storedTotal,
  updatedSince,
} from '@/lib/catalogue/lists/conditions'
import { countLinked, existsPerRow, linkCondition, linkedList, type ParentLink } from '@/lib/catalogue/lists/links'
import { type Condition, inDirection, type ListQuery } from '@/lib/catalogue/lists/list'
import { albumOrders, genreAlbumOrders } from '@/lib/catalogue/lists/orders'
import { findInOrder } from '@/lib/catalogue/lists/paging'
import { type Filters, filterNames } from '@/lib/catalogue/lists/parameters'
import type { ApiSort, Directed, PageSort } from '@/lib/catalogue/lists/sorts'
import { conditionSql, type ReadMethod } from '@/lib/catalogue/lists/statement'
import { externalIdsSelect } from '@/lib/catalogue/resource-parts'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'

const { sql, join, raw } = Prisma

/** Whether the filters leave a range of an index in this order. There are indexes by kind and by label, too. */
function isRange(sort: ApiSort<'albums'>, filters: Filters<'albums'>): boolean {
  const { kind, label, ...others } = filters
  const hasOwnIndex = label !== undefined || kind?.length === 1
  if (hasOwnIndex && sort !== 'newest') return false
  if (kind && (kind.length > 1 || label !== undefined)) return false
  return isRangeOf(others, filterNames.albums, sort)
}

/** Albums in an order. @param parent lists only what it links to. */
export const albumList = (
  sort: Directed<ApiSort<'albums'>>,
  filters: Filters<'albums'>,
  parent?: ParentLink,
): ListQuery => inDirection(sort, (by) => albumsBy(by, filters, parent))

function albumsBy(sort: ApiSort<'albums'>, filters: Filters<'albums'>, parent?: ParentLink): ListQuery {
  const { artist, label, kind } = filters
  const genre = onlyGenre(filters.genre)
  const links = [
    ...ifGiven(parent, (link) => link),
    ...ifGiven(artist, (id) => ({ link: 'artist.albums', parent: id }) as const),
  ]
  const conditions = [
    ...links.map((link) => linkCondition(raw('album.id'), link)),
    ...oneOf(raw('album.kind'), raw('album_kind'), kind),
    ...ifGiven(label, (name) => sql`album.label = ${name}`),
    ...releasedWithin(raw('album.release_key'), filters),
    ...durationWithin(raw('album.duration_ms'), filters),
    ...hasIds('album', filters),
    ...updatedSince(raw('album.updated_at'), filters.updatedSince),
  ]
  const all = sql`(SELECT album_count FROM catalogue)`
  const inGenre = sql`coalesce((SELECT album_count FROM genre WHERE slug = ${genre}), 0)`
  if (genre !== undefined && isGenreSort(sort)) {
    const where = conditions.length === 0 ? [] : [albumMeets(conditions)]
    return {
      order: genreAlbumOrders[sort],
      scope: genreId(genre),
      scopeId: textId(genre),
      where,
      all: inGenre,
      ...(where.length === 0 && { total: inGenre }),
    }
  }
  const where = [...conditions, ...ifGiven(filters.genre, (slugs) => ofGenre('album', slugs))]
  const [only] = links
  const range = only && where.length === 1 ? linkedList(only, sort) : undefined
  if (range) return range
  return {
    order: albumOrders[sort],
    where,
    isRange: !parent && isRange(sort, filters),
    all,
    ...recentChanges(sort, filters.updatedSince),
    ...storedTotal(where, all, only ? countLinked(only) : genre === undefined ? undefined : inGenre),
  }
}

const isGenreSort = (sort: ApiSort<'albums'>): sort is PageSort<'genreAlbums'> => sort in genreAlbumOrders

/** The condition that the album of a row of `album_genre` meets conditions. */
function albumMeets(conditions: ListQuery['where']): Condition {
  const album = (method: ReadMethod) => sql`
    SELECT FROM album WHERE album.id = album_genre.album_id AND ${join(
      conditions.map((condition) => conditionSql(condition, method)),
      ' AND ',
    )}`
  return { collect: sql`EXISTS (${album('collect')})`, test: existsPerRow(album('test')) }
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

/** One statement for an album, its cover and its enrichments. */
const relationLoadStrategy = 'join'

export type AlbumRecord = Prisma.AlbumGetPayload<{ select: typeof select }>

/** Albums by id, in that order. */
export function findAlbumRecords(ids: number[]): Promise<AlbumRecord[]> {
  dependOnEach('album.page', ids)
  return findInOrder(ids, (where) => db().album.findMany({ where, select, relationLoadStrategy }))
}

/** The album, the id that it was merged into, or null. */
export async function findAlbumRecord({ id }: { id: number }): Promise<AlbumRecord | number | null> {
  dependOn('album.page', id)
  const album = await db().album.findUnique({ where: { id }, select, relationLoadStrategy })
  return album ?? (await db().albumRedirect.findUnique({ where: { id } }))?.albumId ?? null
}
