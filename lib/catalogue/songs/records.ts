import { textId } from '@/lib/cache/dependencies/names'
import { dependOn, dependOnEach } from '@/lib/cache/dependencies/recorder'
import {
  durationWithin,
  genreId,
  hasIds,
  ifGiven,
  isRangeOf,
  ofGenre,
  onlyGenre,
  recentChanges,
  releasedWithin,
  storedTotal,
  updatedSince,
} from '@/lib/catalogue/lists/conditions'
import { countLinked, linkCondition, linkedList, type ParentLink } from '@/lib/catalogue/lists/links'
import { inDirection, type ListQuery } from '@/lib/catalogue/lists/list'
import { genreSongOrders, songOrders } from '@/lib/catalogue/lists/orders'
import { findInOrder } from '@/lib/catalogue/lists/paging'
import { type Filters, filterNames } from '@/lib/catalogue/lists/parameters'
import type { ApiSort, Directed, PageSort } from '@/lib/catalogue/lists/sorts'
import { externalIdsSelect } from '@/lib/catalogue/resource-parts'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'

const { sql, raw } = Prisma

/** Songs in an order. @param parent lists only what it links to. */
export const songList = (sort: Directed<ApiSort<'songs'>>, filters: Filters<'songs'>, parent?: ParentLink): ListQuery =>
  inDirection(sort, (by) => songsBy(by, filters, parent))

function songsBy(sort: ApiSort<'songs'>, filters: Filters<'songs'>, parent?: ParentLink): ListQuery {
  const { artist } = filters
  const genre = onlyGenre(filters.genre)
  const links = [
    ...ifGiven(parent, (link) => link),
    ...ifGiven(artist, (id) => ({ link: 'artist.songs', parent: id }) as const),
  ]
  const where = [
    ...links.map((link) => linkCondition(raw('song.id'), link)),
    ...ifGiven(filters.genre, (slugs) => ofGenre('song', slugs)),
    ...releasedWithin(raw('song.release_key'), filters),
    ...durationWithin(raw('song.length_key'), filters),
    ...hasIds('song', filters),
    ...updatedSince(raw('song.updated_at'), filters.updatedSince),
  ]
  const [only] = links
  const range = only && where.length === 1 ? linkedList(only, sort) : undefined
  if (range) return range
  const inGenre = sql`coalesce((SELECT song_count FROM genre WHERE slug = ${genre}), 0)`
  if (genre !== undefined && where.length === 1 && isGenreSort(sort))
    return { order: genreSongOrders[sort], scope: genreId(genre), scopeId: textId(genre), where: [], total: inGenre }
  const all = sql`(SELECT song_count FROM catalogue)`
  return {
    order: songOrders[sort],
    where,
    isRange: !parent && isRangeOf(filters, filterNames.songs, sort),
    all,
    ...recentChanges(sort, filters.updatedSince),
    ...storedTotal(where, all, only ? countLinked(only) : genre === undefined ? undefined : inGenre),
  }
}

const isGenreSort = (sort: ApiSort<'songs'>): sort is PageSort<'genreSongs'> => sort in genreSongOrders

const select = {
  id: true,
  title: true,
  disambiguation: true,
  credit: true,
  durationMs: true,
  composer: true,
  listens: true,
  albumCount: true,
  playlistCount: true,
  popularity: true,
  createdAt: true,
  updatedAt: true,
  externalIds: externalIdsSelect,
  album: { select: { id: true, title: true, year: true, month: true, day: true } },
} satisfies Prisma.SongSelect

export type SongRecord = Prisma.SongGetPayload<{ select: typeof select }>

/** Songs by id, in that order. */
export function findSongRecords(ids: number[]): Promise<SongRecord[]> {
  dependOnEach('song.page', ids)
  return findInOrder(ids, (where) => db().song.findMany({ where, select, relationLoadStrategy: 'join' }))
}

/** The song, the id that it was merged into, or null. */
export async function findSongRecord({ id }: { id: number }): Promise<SongRecord | number | null> {
  dependOn('song.page', id)
  const song = await db().song.findUnique({ where: { id }, select, relationLoadStrategy: 'join' })
  return song ?? (await db().songRedirect.findUnique({ where: { id } }))?.songId ?? null
}
