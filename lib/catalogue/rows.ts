import { dependOn } from '@/lib/cache/dependencies/recorder'
import type { Prisma } from '@/lib/db/generated/client'
import { toCover } from './artwork/cover'
import { mainRoles } from './kinds'
import type { AlbumRow, ArtistRow, CreditView, GenreLink, SongRow } from './views'

/** The columns that lists read of artists, albums and songs, and their conversion to rows. */

/** Names of a credit in a list. A page of its own shows all of them. */
const LIST_CREDITS = 12

const creditOrder = { position: 'asc' } as const
const onSleeve = { role: { in: [...mainRoles] } } satisfies Prisma.AlbumCreditWhereInput

export const creditSelect = {
  artistId: true,
  creditedName: true,
  joinPhrase: true,
  role: true,
  artist: { select: { id: true, name: true } },
} as const
/** The number of names in a credit line, of which a list may leave some out. */
export const creditCount = { select: { credits: { where: onSleeve } } } as const
const listCredits = { where: onSleeve, orderBy: creditOrder, take: LIST_CREDITS, select: creditSelect } as const

/** Only columns that rows show: creating objects for them is most of the cost of a read. */
export const albumSelect = {
  id: true,
  title: true,
  disambiguation: true,
  kind: true,
  year: true,
  month: true,
  day: true,
  trackCount: true,
  durationMs: true,
  timedCount: true,
  cover: true,
  credits: listCredits,
  _count: creditCount,
} satisfies Prisma.AlbumSelect

export const songSelect = {
  id: true,
  title: true,
  disambiguation: true,
  durationMs: true,
  popularity: true,
  credits: listCredits,
  _count: creditCount,
  album: { select: { id: true, title: true, cover: true } },
} satisfies Prisma.SongSelect

type Credit = Prisma.AlbumCreditGetPayload<{ select: typeof creditSelect }>
type SongCredit = Prisma.SongCreditGetPayload<{ select: typeof creditSelect }>
type GenreOf = { genreId: number; genre: GenreLink }
type Album = Prisma.AlbumGetPayload<{ select: typeof albumSelect }>
type Song = Prisma.SongGetPayload<{ select: typeof songSelect }>
type Artist = Prisma.ArtistGetPayload<object>

export function toCredit({ artistId, artist, creditedName, joinPhrase, role }: Credit | SongCredit): CreditView {
  dependOn('artist.label', artistId)
  return { artistId, artistName: artist.name, name: creditedName, join: joinPhrase, role }
}

export function toGenreLink({ genreId, genre }: GenreOf): GenreLink {
  dependOn('genre.label', genreId)
  return genre
}

export function toArtistRow({ id, name, disambiguation, kind, albumCount, songCount }: Artist): ArtistRow {
  dependOn('artist', id)
  return { id, name, disambiguation, kind, albumCount, songCount }
}

export function toAlbumRow(album: Album): AlbumRow {
  dependOn('album', album.id)
  return {
    id: album.id,
    title: album.title,
    disambiguation: album.disambiguation,
    kind: album.kind,
    date: { year: album.year, month: album.month, day: album.day },
    trackCount: album.trackCount,
    durationMs: Number(album.durationMs),
    timedCount: album.timedCount,
    credits: album.credits.map(toCredit),
    creditCount: album._count.credits,
    cover: toCover(album.cover),
  }
}

export function toSongRow(song: Song): SongRow {
  dependOn('song', song.id)
  if (song.album) dependOn('album.label', song.album.id)
  return {
    id: song.id,
    title: song.title,
    disambiguation: song.disambiguation,
    durationMs: song.durationMs,
    credits: song.credits.map(toCredit),
    creditCount: song._count.credits,
    popularity: Number(song.popularity),
    album: song.album && { ...song.album, cover: toCover(song.album.cover) },
  }
}
