import { dependOn, secondary } from '@/lib/cache/dependencies/recorder'
import { findAlbumRows } from '@/lib/catalogue/albums/read'
import { findInOrder, offsetOf, toPage } from '@/lib/catalogue/lists/paging'
import { readPage } from '@/lib/catalogue/lists/read'
import { DETAIL_CREDITS, type PageSort, pageSizes } from '@/lib/catalogue/lists/sorts'
import { albumSelect, creditSelect, songSelect, toAlbumRow, toGenreLink, toSongRow } from '@/lib/catalogue/rows'
import type { Moved, Page, PlaylistLink, SongAppearance, SongRow, SongView } from '@/lib/catalogue/views'
import { db } from '@/lib/db/client'
import { songList } from './records'

/** Songs by id, in that order. */
export async function findSongRows(ids: number[]): Promise<SongRow[]> {
  const query = { select: songSelect, relationLoadStrategy: 'join' } as const
  return (await findInOrder(ids, (where) => db().song.findMany({ where, ...query }))).map(toSongRow)
}

/**
 * @param day a release key: later releases come last.
 * @returns null if there is no such page.
 */
export const findSongs = (sort: PageSort<'songs'>, page: number, day: number): Promise<Page<SongRow> | null> =>
  readPage(songList(sort, {}), findSongRows, pageSizes.songs, page, day)

/** Albums and playlists on a song's page. Pages of their own have the rest. */
const EXCERPT = 12
/** A song may be on one album twice, so more tracks than albums are read. */
const EXCERPT_TRACKS = EXCERPT * 2

/** The data of a song for the head of its pages of albums and playlists. */
export type SongHead = { id: number; title: string; albumCount: number; playlistCount: number }

/** The song, its redirect, or null. */
export async function findSongHead(id: number): Promise<SongHead | Moved | null> {
  dependOn('song', id)
  const select = { id: true, title: true, albumCount: true, playlistCount: true } as const
  return (await db().song.findUnique({ where: { id }, select })) ?? findMovedSong(id)
}

/** The data of a song's page, its redirect, or null. Two statements. */
export async function findSong(id: number): Promise<SongView | Moved | null> {
  dependOn('song.page', id)
  dependOn('song-albums', id)
  const song = await db().song.findUnique({
    where: { id },
    select: {
      ...songSelect,
      composer: true,
      albumCount: true,
      playlistCount: true,
      credits: { orderBy: { position: 'asc' }, take: DETAIL_CREDITS, select: creditSelect },
      genres: { orderBy: { genre: { slug: 'asc' } }, include: { genre: { select: { name: true, slug: true } } } },
      tracks: {
        orderBy: [{ discId: 'asc' }, { position: 'asc' }],
        take: EXCERPT_TRACKS,
        include: { disc: { include: { album: { select: albumSelect } } } },
      },
    },
    relationLoadStrategy: 'join',
  })
  if (!song) return findMovedSong(id)

  const appearances = new Map<number, SongAppearance>()
  for (const { disc, number, title } of song.tracks) {
    if (!appearances.has(disc.albumId))
      appearances.set(disc.albumId, { album: toAlbumRow(disc.album), disc: disc.position, number, title })
  }
  return {
    ...toSongRow(song),
    composer: song.composer,
    genres: song.genres.map(toGenreLink),
    appearances: { rows: [...appearances.values()].slice(0, EXCERPT), total: song.albumCount },
    playlists: { rows: await secondary(() => findPlaylistLinks(id, 0, EXCERPT)), total: song.playlistCount },
  }
}

/** The albums of a song, with its track on each. @returns null if there is no such page. */
export async function findSongAlbums(song: SongHead, page: number): Promise<Page<SongAppearance> | null> {
  const size = pageSizes.albums
  return toPage(await findAppearances(song.id, offsetOf(page, size), size), song.albumCount, page, size)
}

/** The playlists with a song. @returns null if there is no such page. */
export async function findSongPlaylists(song: SongHead, page: number): Promise<Page<PlaylistLink> | null> {
  const size = pageSizes.songs
  return toPage(await findPlaylistLinks(song.id, offsetOf(page, size), size), song.playlistCount, page, size)
}

/** The albums of a song by id, each once, with the first track of the song. */
async function findAppearances(songId: number, skip: number, take: number): Promise<SongAppearance[]> {
  dependOn('song-albums', songId)
  const tracks = await db().$queryRaw<{ id: number; disc: number; number: string; title: string }[]>`
    SELECT DISTINCT ON (disc.album_id) disc.album_id AS id, disc.position AS disc, track.number, track.title
    FROM track JOIN disc ON disc.id = track.disc_id
    WHERE track.song_id = ${songId}
    ORDER BY disc.album_id, disc.position, track.position LIMIT ${take} OFFSET ${skip}`
  const albums = new Map((await findAlbumRows(tracks.map((track) => track.id))).map((album) => [album.id, album]))
  return tracks.flatMap(({ id, ...track }) => {
    const album = albums.get(id)
    return album ? [{ album, ...track }] : []
  })
}

async function findPlaylistLinks(songId: number, skip: number, take: number): Promise<PlaylistLink[]> {
  dependOn('song-playlists', songId)
  const playlists = await db().$queryRaw<PlaylistLink[]>`
    SELECT id, name, item_count AS "itemCount" FROM playlist
    JOIN (SELECT DISTINCT playlist_id FROM playlist_item WHERE song_id = ${songId}
          ORDER BY playlist_id LIMIT ${take} OFFSET ${skip}) AS found ON found.playlist_id = playlist.id
    ORDER BY id`
  for (const { id } of playlists) dependOn('playlist', id)
  return playlists
}

async function findMovedSong(id: number): Promise<Moved | null> {
  const redirect = await db().songRedirect.findUnique({ where: { id } })
  return redirect && { movedTo: redirect.songId }
}
