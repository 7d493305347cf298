import { dependOn, secondary } from '@/lib/cache/dependencies/recorder'
import { db } from '@/lib/db/client'
import { albumSelect, songSelect, toAlbumRow, toArtistRow, toSongRow } from './rows'
import type { AlbumRow, ArtistRow, CatalogueTotals, GenreRow, SongRow } from './views'

export async function findTotals(): Promise<CatalogueTotals> {
  dependOn('totals')
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
  /** Released by today; undated albums are left out. */
  newest: AlbumRow[]
  /** The popular lists are empty if most of their rows tie with the rows after them. */
  popularAlbums: AlbumRow[]
  popularSongs: SongRow[]
  popularArtists: ArtistRow[]
  /** The first albums by title, if there are neither newest nor popular ones. */
  albums: AlbumRow[]
  genres: GenreRow[]
  totals: CatalogueTotals
}

const join = { relationLoadStrategy: 'join' } as const
const byPopularity = [{ popularity: 'desc' as const }, { id: 'desc' as const }]
const SHELF = 12
const SONGS = 10

/**
 * The most popular rows; empty if most of them are there only because of a tie.
 * @param rows the most popular in order, and one more if there is one.
 */
export function clearlyPopular<Row extends { popularity: bigint }>(rows: Row[], shown: number): Row[] {
  const least = rows.at(-1)?.popularity ?? 0n
  const better = rows.filter(({ popularity }) => popularity > least).length
  return better * 2 > Math.min(shown, rows.length - 1) ? rows.slice(0, shown) : []
}

/** @param day a release key; later releases are left out. */
export async function findHome(day: number): Promise<HomeView> {
  const [newest, popular] = await Promise.all([findNewest(day), secondary(findPopular)])
  const isBare = newest.length === 0 && popular.popularAlbums.length === 0
  return { newest, ...popular, albums: isBare ? await findFirstAlbums() : [] }
}

async function findNewest(day: number): Promise<AlbumRow[]> {
  dependOn('albums.newest')
  const albums = await db().album.findMany({
    ...join,
    select: albumSelect,
    where: { releaseKey: { gt: 0, lte: day } },
    orderBy: [{ releaseKey: 'desc' }, { id: 'desc' }],
    take: SHELF,
  })
  return albums.map(toAlbumRow)
}

/** What is popular, and the figures of the catalogue. */
async function findPopular(): Promise<Omit<HomeView, 'newest' | 'albums'>> {
  for (const order of ['albums.popular', 'songs.popular', 'artists.popular', 'genres.filtered'] as const)
    dependOn(order)
  const [albums, songs, artists, genres, totals] = await Promise.all([
    db().album.findMany({
      ...join,
      select: { ...albumSelect, popularity: true },
      orderBy: byPopularity,
      take: SHELF + 1,
    }),
    db().song.findMany({ ...join, select: songSelect, orderBy: byPopularity, take: SONGS + 1 }),
    db().artist.findMany({ orderBy: byPopularity, take: SHELF + 1 }),
    db().genre.findMany({ orderBy: [{ albumCount: 'desc' }, { id: 'desc' }], take: 24 }),
    findTotals(),
  ])
  return {
    popularAlbums: clearlyPopular(albums, SHELF).map(toAlbumRow),
    popularSongs: clearlyPopular(songs, SONGS).map(toSongRow),
    popularArtists: clearlyPopular(artists, SHELF).map(toArtistRow),
    genres,
    totals,
  }
}

async function findFirstAlbums(): Promise<AlbumRow[]> {
  dependOn('albums.title')
  const orderBy = [{ sortKey: 'asc' as const }, { id: 'asc' as const }]
  return (await db().album.findMany({ ...join, select: albumSelect, orderBy, take: SHELF })).map(toAlbumRow)
}
