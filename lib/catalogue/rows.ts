import type { Prisma } from '@/lib/db/generated/client'
import type { AlbumRow, ArtistRow, CreditView, SongRow } from './views'

/**
 * What a list reads of an album or a song, and how it becomes a row. Credits come with it in the same statement.
 */

/** Names a list shows of one credit. A credit of hundreds is whole on the detail page. */
const LIST_CREDITS = 12
/** Names a detail page shows of one credit. */
export const DETAIL_CREDITS = 300

const creditOrder = { position: 'asc' } as const
const onSleeve = { role: { in: ['artist', 'featured'] } } satisfies Prisma.AlbumCreditWhereInput

export const creditArtist = { artist: { select: { id: true, name: true } } } as const

export const albumInclude = {
  credits: { where: onSleeve, orderBy: creditOrder, take: LIST_CREDITS, include: creditArtist },
} satisfies Prisma.AlbumInclude

export const songInclude = {
  credits: { where: onSleeve, orderBy: creditOrder, take: LIST_CREDITS, include: creditArtist },
  album: { select: { id: true, title: true } },
} satisfies Prisma.SongInclude

type Credit = Prisma.AlbumCreditGetPayload<{ include: typeof creditArtist }>
type SongCredit = Prisma.SongCreditGetPayload<{ include: typeof creditArtist }>
type Album = Prisma.AlbumGetPayload<{ include: typeof albumInclude }>
type Song = Prisma.SongGetPayload<{ include: typeof songInclude }>
type Artist = Prisma.ArtistGetPayload<object>

export const toCredit = (credit: Credit | SongCredit): CreditView => ({
  artistId: credit.artistId,
  artistName: credit.artist.name,
  name: credit.creditedName,
  join: credit.joinPhrase,
  role: credit.role,
})

export const toArtistRow = ({ id, name, disambiguation, kind, albumCount, songCount }: Artist): ArtistRow => ({
  id,
  name,
  disambiguation,
  kind,
  albumCount,
  songCount,
})

export const toAlbumRow = (album: Album): AlbumRow => ({
  id: album.id,
  title: album.title,
  disambiguation: album.disambiguation,
  kind: album.kind,
  date: { year: album.year, month: album.month, day: album.day },
  trackCount: album.trackCount,
  durationMs: Number(album.durationMs),
  credits: album.credits.map(toCredit),
})

export const toSongRow = (song: Song): SongRow => ({
  id: song.id,
  title: song.title,
  disambiguation: song.disambiguation,
  durationMs: song.durationMs,
  credits: song.credits.map(toCredit),
  album: song.album,
})
