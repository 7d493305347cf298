import { songOrders } from '@/lib/catalogue/anchors/orders'
import type { Sort } from '@/lib/catalogue/api/choices'
import { genreId, lasting, released, updatedSince, when } from '@/lib/catalogue/api/conditions/queries'
import type { Filters } from '@/lib/catalogue/api/parameters'
import { linked } from '@/lib/catalogue/listing/links/queries'
import type { Listing } from '@/lib/catalogue/listing/listing'
import { inOrderOf } from '@/lib/catalogue/paging'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'

const { sql, raw } = Prisma

/** The list of songs that the filters leave, in an order. @param more conditions on the table `song`. */
export function songListing(sort: Sort<'songs'>, filters: Filters<'songs'>, more: Prisma.Sql[] = []): Listing {
  const conditions = [
    ...more,
    ...when(filters.artist, (artist) => linked(raw('song.id'), 'artist.songs', artist)),
    ...released(raw('song.release_key'), filters),
    ...lasting(raw('song.length_key'), filters),
    ...updatedSince(raw('song.updated_at'), filters.updatedSince),
  ]
  const { genre } = filters
  const where = [
    ...conditions,
    ...when(genre, (slug) => sql`song.id IN (SELECT song_id FROM song_genre WHERE genre_id = ${genreId(slug)})`),
  ]
  const total =
    where.length === 0
      ? sql`(SELECT song_count FROM catalogue)`
      : conditions.length === 0
        ? sql`coalesce((SELECT song_count FROM genre WHERE slug = ${genre}), 0)`
        : undefined
  return { order: songOrders[sort], where, ...(total && { total }) }
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
