import type { z } from 'zod'
import { lately, namedBy, totalOf, updatedSince, when } from '@/lib/catalogue/lists/conditions'
import { inDirection } from '@/lib/catalogue/lists/direction'
import { ofEach } from '@/lib/catalogue/lists/links'
import type { Condition, Listing, Place } from '@/lib/catalogue/lists/list'
import { playlistOrders } from '@/lib/catalogue/lists/orders'
import { inOrderOf } from '@/lib/catalogue/lists/paging'
import { externalIdsSelect } from '@/lib/catalogue/resource-parts'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { pool } from '@/lib/db/pool'
import type { listPlaylists, playlistSorts } from './contract'

const { sql, raw } = Prisma

type PlaylistSort = (typeof playlistSorts)[number]
type Asked = Pick<z.output<typeof listPlaylists.query>, 'sort' | 'updatedSince' | 'ids' | 'externalId'>

/** The list of playlists, all or those with a song. */
export const playlistListing = ({ sort, ...asked }: Asked, song?: number): Listing =>
  inDirection<PlaylistSort>(sort, (by) => playlistsBy(by, asked, song))

function playlistsBy(
  sort: PlaylistSort,
  { updatedSince: since, ...asked }: Omit<Asked, 'sort'>,
  song?: number,
): Listing {
  const where = [
    ...when(song, withSong),
    ...namedBy('playlist', asked),
    ...updatedSince(raw('playlist.updated_at'), since),
  ]
  const all = sql`(SELECT playlist_count FROM catalogue)`
  const ofSong = sql`coalesce((SELECT playlist_count FROM song WHERE id = ${song}), 0)`
  return {
    order: playlistOrders[sort],
    where,
    all,
    ...lately(sort, since),
    ...totalOf(where, all, song === undefined ? undefined : ofSong),
  }
}

const withSong = (song: number): Condition => ({
  find: sql`playlist.id IN (SELECT playlist_id FROM playlist_item WHERE song_id = ${song})`,
  ask: ofEach(sql`SELECT FROM playlist_item WHERE song_id = ${song} AND playlist_id = playlist.id`),
})

/** A playlist and its external ids are one statement. */
const whole = { include: { externalIds: externalIdsSelect }, relationLoadStrategy: 'join' } as const

export type PlaylistRecord = Prisma.PlaylistGetPayload<typeof whole>

/** Playlists by id, in that order. */
export const findPlaylistRecords = async (ids: number[]): Promise<PlaylistRecord[]> =>
  ids.length === 0 ? [] : inOrderOf(ids, await db().playlist.findMany({ where: { id: { in: ids } }, ...whole }))

/** A playlist, or the id that it was merged into, or null. */
export async function findPlaylistRecord({ id }: { id: number }): Promise<PlaylistRecord | number | null> {
  const playlist = await db().playlist.findUnique({ where: { id }, ...whole })
  return playlist ?? (await db().playlistRedirect.findUnique({ where: { id } }))?.playlistId ?? null
}

/** An item as the API reads it, and of how many of its playlist it is one. */
export type ItemRecord = {
  parent: number
  total: number
  position: number
  title: string
  artist: string | null
  album: string | null
  durationMs: number | null
  songId: number | null
}

const columns = sql`
  item.playlist_id AS parent, playlist.item_count AS total, item.position,
  coalesce(song.title, item.title, '') AS title, coalesce(nullif(song.credit, ''), item.artist) AS artist,
  coalesce(album.title, item.album) AS album, song.duration_ms AS "durationMs", song.id AS "songId"`
const joined = sql`
  JOIN playlist ON playlist.id = item.playlist_id
  LEFT JOIN song ON song.id = item.song_id LEFT JOIN album ON album.id = song.album_id`

async function query({ text, values }: Prisma.Sql): Promise<ItemRecord[]> {
  return (await pool().query<ItemRecord>(text, values)).rows
}

/** The first items of playlists, in their order. One statement. */
export const findFirstItems = (playlists: number[], take: number): Promise<ItemRecord[]> =>
  query(sql`
    SELECT ${columns} FROM playlist_item AS item ${joined}
    WHERE item.playlist_id = ANY(${playlists}::int[]) AND item.position <= ${take}
    ORDER BY item.playlist_id, item.position`)

/** The items of a playlist. Positions run from 1 without gaps. */
export const itemListing = (playlist: number): Listing => ({
  order: {
    list: 'playlist-items',
    table: raw('playlist_item'),
    key: raw('position'),
    id: raw('playlist_id'),
    kind: 'number',
    descending: false,
    scope: raw('playlist_id'),
  },
  scope: sql`${playlist}`,
  where: [],
  total: sql`(SELECT item_count FROM playlist WHERE id = ${playlist})`,
  placeOf: (before) => ({ id: playlist, key: `${before + 1}` }),
})

/** The items at places of a playlist, in their order. */
export const findItems = (places: Place[]): Promise<ItemRecord[]> =>
  query(sql`
    SELECT ${columns} FROM playlist_item AS item ${joined}
    WHERE item.playlist_id = ${places[0]?.id ?? 0} AND item.position = ANY(${places.map(({ key }) => Number(key))}::int[])
    ORDER BY item.position`)
