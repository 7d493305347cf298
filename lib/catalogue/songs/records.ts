import type { Sort } from '@/lib/catalogue/lists/choices'
import {
  isRangeOf,
  lasting,
  lately,
  namedBy,
  ofGenre,
  onlyGenre,
  released,
  totalOf,
  updatedSince,
  when,
} from '@/lib/catalogue/lists/conditions'
import { type Directed, inDirection } from '@/lib/catalogue/lists/direction'
import { countLinked, linked, linkedListing, type Within } from '@/lib/catalogue/lists/links'
import type { Listing } from '@/lib/catalogue/lists/list'
import { songOrders } from '@/lib/catalogue/lists/orders'
import { inOrderOf } from '@/lib/catalogue/lists/paging'
import { type Filters, filterNames } from '@/lib/catalogue/lists/parameters'
import { externalIdsSelect } from '@/lib/catalogue/resource-parts'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'

const { sql, raw } = Prisma

/** Filters that leave a range of the index of an order. */
const ranges: { [By in Sort<'songs'>]?: (keyof Filters<'songs'>)[] } = {
  newest: ['year', 'from', 'to'],
  longest: ['minDuration', 'maxDuration'],
}

/** The list of songs that filters leave, in an order. @param within a thing that leads to them. */
export const songListing = (sort: Directed<Sort<'songs'>>, asked: Filters<'songs'>, within?: Within): Listing =>
  inDirection(sort, (by) => songsBy(by, asked, within))

function songsBy(sort: Sort<'songs'>, asked: Filters<'songs'>, within?: Within): Listing {
  const { artist } = asked
  const genre = onlyGenre(asked.genre)
  const links = [
    ...when(within, (thing) => thing),
    ...when(artist, (parent) => ({ link: 'artist.songs', parent }) as const),
  ]
  const where = [
    ...links.map((each) => linked(raw('song.id'), each)),
    ...when(asked.genre, (slugs) => ofGenre('song', slugs)),
    ...released(raw('song.release_key'), asked),
    ...lasting(raw('song.length_key'), asked),
    ...namedBy('song', asked),
    ...updatedSince(raw('song.updated_at'), asked.updatedSince),
  ]
  const [only] = links
  const range = only && where.length === 1 ? linkedListing(only, sort) : undefined
  if (range) return range
  const all = sql`(SELECT song_count FROM catalogue)`
  const stored = only ? countLinked(only) : sql`coalesce((SELECT song_count FROM genre WHERE slug = ${genre}), 0)`
  return {
    order: songOrders[sort],
    where,
    isRange: !within && isRangeOf(asked, filterNames.songs, ranges[sort]),
    all,
    ...lately(sort, asked.updatedSince),
    ...totalOf(where, all, only || genre !== undefined ? stored : undefined),
  }
}

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
export async function findSongRecords(ids: number[]): Promise<SongRecord[]> {
  if (ids.length === 0) return []
  return inOrderOf(ids, await db().song.findMany({ where: { id: { in: ids } }, select, relationLoadStrategy: 'join' }))
}

/** A song, or the id that it was merged into, or null. */
export async function findSongRecord({ id }: { id: number }): Promise<SongRecord | number | null> {
  const song = await db().song.findUnique({ where: { id }, select, relationLoadStrategy: 'join' })
  return song ?? (await db().songRedirect.findUnique({ where: { id } }))?.songId ?? null
}
