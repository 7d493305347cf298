import { dependOn } from '@/lib/cache/dependencies/recorder'
import { toCover } from '@/lib/catalogue/artwork/cover'
import { type ListNavigation, readNavigation } from '@/lib/catalogue/letters/read'
import { playlistOrders } from '@/lib/catalogue/lists/orders'
import { findInOrder, pageCount, toPage } from '@/lib/catalogue/lists/paging'
import { readPage } from '@/lib/catalogue/lists/read'
import { type PageSort, pageSizes } from '@/lib/catalogue/lists/sorts'
import { songSelect, toSongRow } from '@/lib/catalogue/rows'
import type { Moved, Page } from '@/lib/catalogue/views'
import { db } from '@/lib/db/client'
import type { Prisma } from '@/lib/db/generated/client'
import { playlistList } from './records'
import type { PlaylistItemView, PlaylistRow, PlaylistView } from './views'

/** Covers in the cover of a playlist. */
export const COVERS = 4
/** Adjacent items are often from one album, so more items than covers are read. */
export const COVER_ITEMS = 12

const playlistInclude = {
  items: {
    where: { songId: { not: null } },
    orderBy: { position: 'asc' },
    take: COVER_ITEMS,
    include: { song: { select: { album: { select: { id: true, title: true, credit: true, cover: true } } } } },
  },
} satisfies Prisma.PlaylistInclude

type Playlist = Prisma.PlaylistGetPayload<{ include: typeof playlistInclude }>

const toPlaylistRow = ({ id, name, description, itemCount, durationMs, timedCount, items }: Playlist): PlaylistRow => {
  dependOn('playlist', id)
  // A song may get its first album, or another one.
  for (const { songId } of items) if (songId !== null) dependOn('song', songId)
  const albums = new Map(items.flatMap(({ song }) => (song?.album ? [[song.album.id, song.album]] : [])))
  for (const album of albums.keys()) dependOn('album', album)
  return {
    id,
    name,
    description,
    itemCount,
    durationMs: Number(durationMs),
    timedCount,
    covers: [...albums.values()].slice(0, COVERS).map((album) => ({ ...album, cover: toCover(album.cover) })),
  }
}

/** @returns null if there is no such page. */
export const findPlaylists = (sort: PageSort<'playlists'>, page: number): Promise<Page<PlaylistRow> | null> =>
  readPage(playlistList(sort, {}), findPlaylistRows, pageSizes.playlists, page)

/** Playlists by id, in that order. */
export async function findPlaylistRows(ids: number[]): Promise<PlaylistRow[]> {
  const query = { include: playlistInclude, relationLoadStrategy: 'join' } as const
  return (await findInOrder(ids, (where) => db().playlist.findMany({ where, ...query }))).map(toPlaylistRow)
}

export const findPlaylistNavigation = (): Promise<ListNavigation> =>
  readNavigation(playlistOrders.name, pageSizes.playlists)

/** The playlist with one page of its items, its redirect, or null if it or the page does not exist. Two statements. */
export async function findPlaylist(id: number, page: number): Promise<PlaylistView | Moved | null> {
  dependOn('playlist.page', id)
  const playlist = await db().playlist.findUnique({
    where: { id },
    include: playlistInclude,
    relationLoadStrategy: 'join',
  })
  if (!playlist) {
    const redirect = await db().playlistRedirect.findUnique({ where: { id } })
    return redirect && { movedTo: redirect.playlistId }
  }
  const size = pageSizes.playlistItems
  if (page < 1 || page > pageCount(playlist.itemCount, size)) return null
  const items = toPage(await findItems(id, page, size), playlist.itemCount, page, size)
  return items && { ...toPlaylistRow(playlist), items }
}

/** Positions run from 1 without gaps, so a page is a range of them. */
async function findItems(playlistId: number, page: number, size: number): Promise<PlaylistItemView[]> {
  const items = await db().playlistItem.findMany({
    where: { playlistId, position: { gt: (page - 1) * size, lte: page * size } },
    orderBy: { position: 'asc' },
    include: { song: { select: songSelect } },
    relationLoadStrategy: 'join',
  })
  return items.map(({ position, song, title, artist, album }) =>
    song ? { position, song: toSongRow(song) } : { position, song: null, title: title ?? '', artist, album },
  )
}
