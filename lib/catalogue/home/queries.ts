import { isRanked } from '@/lib/catalogue/letters/queries'
import { albumSelect, songSelect, toAlbumRow, toArtistRow, toSongRow } from '@/lib/catalogue/rows'
import type { AlbumRow, ArtistRow, CatalogueTotals, GenreRow, SongRow } from '@/lib/catalogue/views'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'

const { raw } = Prisma

export async function findTotals(): Promise<CatalogueTotals> {
  const catalogue = await db().catalogue.findUniqueOrThrow({ where: { id: 1 } })
  return {
    artists: catalogue.artistCount,
    albums: catalogue.albumCount,
    songs: catalogue.songCount,
    genres: catalogue.genreCount,
    playlists: catalogue.playlistCount,
    playlistItems: catalogue.playlistItemCount,
  }
}

export type HomeView = {
  /** Dated, and out by today. */
  newest: AlbumRow[]
  /** Each list of the popular is empty where all tie. */
  popularAlbums: AlbumRow[]
  popularSongs: SongRow[]
  popularArtists: ArtistRow[]
  /** The first by title, where neither newest nor popular albums are known. */
  albums: AlbumRow[]
  genres: GenreRow[]
  totals: CatalogueTotals
}

/**
 * What the home page shows of everything: the beginnings of its lists.
 * @param day the release key that the newest begin with.
 */
export async function findHome(day: number): Promise<HomeView> {
  const join = { relationLoadStrategy: 'join' } as const
  const [newest, popularAlbums, popularSongs, popularArtists, genres, totals, ranked] = await Promise.all([
    db().album.findMany({
      ...join,
      select: albumSelect,
      where: { releaseKey: { gt: 0, lte: day } },
      orderBy: [{ releaseKey: 'desc' }, { id: 'desc' }],
      take: 12,
    }),
    db().album.findMany({
      ...join,
      select: albumSelect,
      orderBy: [{ popularity: 'desc' }, { id: 'desc' }],
      take: 12,
    }),
    db().song.findMany({ ...join, select: songSelect, orderBy: [{ popularity: 'desc' }, { id: 'desc' }], take: 10 }),
    db().artist.findMany({ orderBy: [{ popularity: 'desc' }, { id: 'desc' }], take: 12 }),
    db().genre.findMany({ orderBy: [{ albumCount: 'desc' }, { id: 'desc' }], take: 24 }),
    findTotals(),
    findRanked(),
  ])
  const isBare = newest.length === 0 && !ranked.albums
  const albums = isBare
    ? await db().album.findMany({
        ...join,
        select: albumSelect,
        orderBy: [{ sortKey: 'asc' }, { id: 'asc' }],
        take: 12,
      })
    : []
  return {
    albums: albums.map(toAlbumRow),
    newest: newest.map(toAlbumRow),
    popularAlbums: ranked.albums ? popularAlbums.map(toAlbumRow) : [],
    popularSongs: ranked.songs ? popularSongs.map(toSongRow) : [],
    popularArtists: ranked.artists ? popularArtists.map(toArtistRow) : [],
    genres,
    totals,
  }
}

type Ranked = { artists: boolean; albums: boolean; songs: boolean }

/** Which lists have something that is more popular than the rest. */
async function findRanked(): Promise<Ranked> {
  const [ranked] = await db().$queryRaw<Ranked[]>`
    SELECT ${isRanked(raw('artist'))} AS artists, ${isRanked(raw('album'))} AS albums, ${isRanked(raw('song'))} AS songs`
  return ranked ?? { artists: false, albums: false, songs: false }
}
