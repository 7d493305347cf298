import { findAlbumRows } from '@/lib/catalogue/albums/read'
import { inOrderOf, offsetOf, toPage } from '@/lib/catalogue/lists/paging'
import { readPage } from '@/lib/catalogue/lists/read'
import { DETAIL_CREDITS, type PageSort, pageSizes } from '@/lib/catalogue/lists/sorts'
import { albumSelect, creditSelect, songSelect, toAlbumRow, toSongRow } from '@/lib/catalogue/rows'
import type { Moved, Page, PlaylistLink, SongAppearance, SongRow, SongView } from '@/lib/catalogue/views'
import { db } from '@/lib/db/client'
import { songList } from './records'

/** Songs by id, in that order, with their credits and the album each is shown with. */
export async function findSongRows(ids: number[]): Promise<SongRow[]> {
  if (ids.length === 0) return []
  const songs = await db().song.findMany({
    where: { id: { in: ids } },
    select: songSelect,
    relationLoadStrategy: 'join',
  })
  return inOrderOf(ids, songs).map(toSongRow)
}

/**
 * @param day the release key that the newest begin with; what is dated later comes last.
 * @returns null where the list has no such page.
 */
export const findSongs = (sort: PageSort<'songs'>, page: number, day: number): Promise<Page<SongRow> | null> =>
  readPage(songList(sort, {}), findSongRows, pageSizes.songs, page, day)

/** Rows that a song's page shows of its albums and of its playlists; the rest is on pages of their own. */
const EXCERPT = 12
/** A song may be on one album twice, so a few more positions are read than albums are shown. */
const EXCERPT_TRACKS = EXCERPT * 2

/** Enough of a song to head a page of its albums or playlists. */
export type SongHead = { id: number; title: string; albumCount: number; playlistCount: number }

/** The song, or where it moved to, or null. */
export async function findSongHead(id: number): Promise<SongHead | Moved | null> {
  const select = { id: true, title: true, albumCount: true, playlistCount: true } as const
  return (await db().song.findUnique({ where: { id }, select })) ?? findMovedSong(id)
}

/** The song's page, or where the song moved to, or null. Two statements. */
export async function findSong(id: number): Promise<SongView | Moved | null> {
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
    genres: song.genres.map(({ genre }) => genre),
    appearances: { rows: [...appearances.values()].slice(0, EXCERPT), total: song.albumCount },
    playlists: { rows: await findPlaylistLinks(id, 0, EXCERPT), total: song.playlistCount },
  }
}

/** The albums a song is on, with its place on each. @returns null where there is no such page. */
export async function findSongAlbums(song: SongHead, page: number): Promise<Page<SongAppearance> | null> {
  const size = pageSizes.albums
  return toPage(await findAppearances(song.id, offsetOf(page, size), size), song.albumCount, page, size)
}

/** The playlists a song is in. @returns null where there is no such page. */
export async function findSongPlaylists(song: SongHead, page: number): Promise<Page<PlaylistLink> | null> {
  const size = pageSizes.songs
  return toPage(await findPlaylistLinks(song.id, offsetOf(page, size), size), song.playlistCount, page, size)
}

/** Albums of a song in the order they came in, each once, at the song's first place on it. */
async function findAppearances(songId: number, skip: number, take: number): Promise<SongAppearance[]> {
  const positions = await db().$queryRaw<{ id: number; disc: number; number: string; title: string }[]>`
    SELECT DISTINCT ON (disc.album_id) disc.album_id AS id, disc.position AS disc, track.number, track.title
    FROM track JOIN disc ON disc.id = track.disc_id
    WHERE track.song_id = ${songId}
    ORDER BY disc.album_id, disc.position, track.position LIMIT ${take} OFFSET ${skip}`
  const albums = new Map((await findAlbumRows(positions.map((place) => place.id))).map((album) => [album.id, album]))
  return positions.flatMap(({ id, ...place }) => {
    const album = albums.get(id)
    return album ? [{ album, ...place }] : []
  })
}

const findPlaylistLinks = (songId: number, skip: number, take: number): Promise<PlaylistLink[]> =>
  db().$queryRaw<PlaylistLink[]>`
    SELECT id, name, item_count AS "itemCount" FROM playlist
    JOIN (SELECT DISTINCT playlist_id FROM playlist_item WHERE song_id = ${songId}
          ORDER BY playlist_id LIMIT ${take} OFFSET ${skip}) AS found ON found.playlist_id = playlist.id
    ORDER BY id`

async function findMovedSong(id: number): Promise<Moved | null> {
  const redirect = await db().songRedirect.findUnique({ where: { id } })
  return redirect && { movedTo: redirect.songId }
}
