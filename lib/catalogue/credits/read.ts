import { dependOn } from '@/lib/cache/dependencies/recorder'
import { offsetOf, toPage } from '@/lib/catalogue/lists/paging'
import { pageSizes } from '@/lib/catalogue/lists/sorts'
import type { CreditedView, Moved, Page } from '@/lib/catalogue/views'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'

const { raw } = Prisma

/** The data of an album or a song for the head of its page of credits. */
export type CreditsHead = { id: number; title: string; credit: string }

const tables = {
  album: { credits: raw('album_credit'), owner: raw('album_id') },
  song: { credits: raw('song_credit'), owner: raw('song_id') },
}

export async function findAlbumCreditsHead(id: number): Promise<CreditsHead | Moved | null> {
  dependOn('album', id)
  const album = await db().album.findUnique({ where: { id }, select: { id: true, title: true, credit: true } })
  if (album) return album
  const redirect = await db().albumRedirect.findUnique({ where: { id } })
  return redirect && { movedTo: redirect.albumId }
}

export async function findSongCreditsHead(id: number): Promise<CreditsHead | Moved | null> {
  dependOn('song.label', id)
  const song = await db().song.findUnique({ where: { id }, select: { id: true, title: true, credit: true } })
  if (song) return song
  const redirect = await db().songRedirect.findUnique({ where: { id } })
  return redirect && { movedTo: redirect.songId }
}

/** All credits, in order. @returns null if there is no such page. */
export async function findCredits(
  kind: keyof typeof tables,
  id: number,
  page: number,
): Promise<Page<CreditedView> | null> {
  const size = pageSizes.credits
  const { credits, owner } = tables[kind]
  dependOn(`${kind}.page`, id)
  // Positions are small integers, so an offset is never expensive.
  const rows = await db().$queryRaw<(CreditedView & { total: number })[]>`
    SELECT artist_id AS "artistId", artist.name AS "artistName", credited_name AS name, role::text,
      (SELECT count(*)::int FROM ${credits} WHERE ${owner} = ${id}) AS total
    FROM (
      SELECT * FROM ${credits} WHERE ${owner} = ${id}
      ORDER BY position LIMIT ${size} OFFSET ${offsetOf(page, size)}) AS credit
    JOIN artist ON artist.id = artist_id
    ORDER BY position`
  for (const { artistId } of rows) dependOn('artist.label', artistId)
  return toPage(
    rows.map(({ total: _, ...credit }) => credit),
    rows[0]?.total ?? 0,
    page,
    size,
  )
}
