import type { z } from 'zod'
import { dependOn, dependOnEach } from '@/lib/cache/dependencies/recorder'
import { hasIds, ifGiven, recentChanges, storedTotal, updatedSince } from '@/lib/catalogue/lists/conditions'
import { existsPerRow } from '@/lib/catalogue/lists/links'
import { type Condition, inDirection, type ListQuery, type RowPosition } from '@/lib/catalogue/lists/list'
import { playlistOrders } from '@/lib/catalogue/lists/orders'
import { findInOrder } from '@/lib/catalogue/lists/paging'
import type { ApiSort, Directed } from '@/lib/catalogue/lists/sorts'
import { externalIdsSelect } from '@/lib/catalogue/resource-parts'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { pool } from '@/lib/db/pool'
import type { listPlaylists } from './contract'

const { sql, raw } = Prisma

type PlaylistFilters = Pick<z.output<typeof listPlaylists.query>, 'updatedSince' | 'ids' | 'externalId'>

/** Playlists in an order. @param song lists only playlists with it. */
export const playlistList = (
  sort: Directed<ApiSort<'playlists'>>,
  filters: PlaylistFilters,
  song?: number,
): ListQuery => inDirection(sort, (by) => playlistsBy(by, filters, song))

function playlistsBy(sort: ApiSort<'playlists'>, filters: PlaylistFilters, song?: number): ListQuery {
  const where = [
    ...ifGiven(song, withSong),
    ...hasIds('playlist', filters),
    ...updatedSince(raw('playlist.updated_at'), filters.updatedSince),
  ]
  const all = sql`(SELECT playlist_count FROM catalogue)`
  const ofSong = sql`coalesce((SELECT playlist_count FROM song WHERE id = ${song}), 0)`
  return {
    order: playlistOrders[sort],
    where,
    all,
    ...recentChanges(sort, filters.updatedSince),
    ...storedTotal(where, all, song === undefined ? undefined : ofSong),
  }
}

const withSong = (song: number): Condition => ({
  dependsOn: [['song-playlists', song]],
  collect: sql`playlist.id IN (SELECT playlist_id FROM playlist_item WHERE song_id = ${song})`,
  test: existsPerRow(sql`SELECT FROM playlist_item WHERE song_id = ${song} AND playlist_id = playlist.id`),
})

/** One statement for a playlist and its external ids. */
const whole = { include: { externalIds: externalIdsSelect }, relationLoadStrategy: 'join' } as const

export type PlaylistRecord = Prisma.PlaylistGetPayload<typeof whole>

/** Playlists by id, in that order. */
export function findPlaylistRecords(ids: number[]): Promise<PlaylistRecord[]> {
  dependOnEach('playlist.page', ids)
  return findInOrder(ids, (where) => db().playlist.findMany({ where, ...whole }))
}

/** The playlist, the id that it was merged into, or null. */
export async function findPlaylistRecord({ id }: { id: number }): Promise<PlaylistRecord | number | null> {
  dependOn('playlist.page', id)
  const playlist = await db().playlist.findUnique({ where: { id }, ...whole })
  return playlist ?? (await db().playlistRedirect.findUnique({ where: { id } }))?.playlistId ?? null
}

/** An item as the API reads it. `parent` is its playlist, `total` the number of items in it. */
export type ItemRecord = {
  parent: number
  total: number
  position: number
  title: string
  artist: string | null
  album: string | null
  durationMs: number | null
  songId: number | null
  /** The album of the song. */
  albumId: number | null
}

const columns = sql`
  item.playlist_id AS parent, playlist.item_count AS total, item.position,
  coalesce(song.title, item.title, '') AS title, coalesce(nullif(song.credit, ''), item.artist) AS artist,
  coalesce(album.title, item.album) AS album, song.duration_ms AS "durationMs", song.id AS "songId", album.id AS "albumId"`
const joined = sql`
  JOIN playlist ON playlist.id = item.playlist_id
  LEFT JOIN song ON song.id = item.song_id LEFT JOIN album ON album.id = song.album_id`

async function query({ text, values }: Prisma.Sql): Promise<ItemRecord[]> {
  const { rows } = await pool().query<ItemRecord>(text, values)
  for (const { parent, songId, albumId } of rows) {
    dependOn('playlist.page', parent)
    if (songId !== null) dependOn('song', songId)
    if (albumId !== null) dependOn('album.label', albumId)
  }
  return rows
}

/** The first items of each playlist, in order. One statement. */
export const findFirstItems = (playlists: number[], take: number): Promise<ItemRecord[]> =>
  query(sql`
    SELECT ${columns} FROM playlist_item AS item ${joined}
    WHERE item.playlist_id = ANY(${playlists}::int[]) AND item.position <= ${take}
    ORDER BY item.playlist_id, item.position`)

/** The items of a playlist. Positions run from 1 without gaps. */
export const playlistItemList = (playlist: number): ListQuery => ({
  order: {
    list: 'playlist-items',
    table: raw('playlist_item'),
    key: raw('position'),
    id: raw('playlist_id'),
    kind: 'number',
    descending: false,
    scope: raw('playlist_id'),
    dependsOn: [['playlist.page', playlist]],
  },
  scope: sql`${playlist}`,
  where: [],
  total: sql`(SELECT item_count FROM playlist WHERE id = ${playlist})`,
  positionAt: (before) => ({ id: playlist, key: `${before + 1}` }),
})

/** The items of a playlist at positions, in order. */
export const findItems = (rows: RowPosition[]): Promise<ItemRecord[]> =>
  query(sql`
    SELECT ${columns} FROM playlist_item AS item ${joined}
    WHERE item.playlist_id = ${rows[0]?.id ?? 0} AND item.position = ANY(${rows.map(({ key }) => Number(key))}::int[])
    ORDER BY item.position`)
