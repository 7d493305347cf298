import { albumSelect, songSelect, toAlbumRow, toArtistRow, toSongRow } from '@/lib/catalogue/rows'
import type { AlbumRow, ArtistRow, CatalogueTotals, GenreRow, SongRow } from '@/lib/catalogue/views'
import { db } from '@/lib/db/client'

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
  newest: AlbumRow[]
  popularAlbums: AlbumRow[]
  popularSongs: SongRow[]
  popularArtists: ArtistRow[]
  genres: GenreRow[]
  totals: CatalogueTotals
}

/** What the home page shows of everything: the beginnings of its lists. */
export async function findHome(): Promise<HomeView> {
  const join = { relationLoadStrategy: 'join' } as const
  const [newest, popularAlbums, popularSongs, popularArtists, genres, totals] = await Promise.all([
    db().album.findMany({
      ...join,
      select: albumSelect,
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
  ])
  return {
    newest: newest.map(toAlbumRow),
    popularAlbums: popularAlbums.map(toAlbumRow),
    popularSongs: popularSongs.map(toSongRow),
    popularArtists: popularArtists.map(toArtistRow),
    genres,
    totals,
  }
}
