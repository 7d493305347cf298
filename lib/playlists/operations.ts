import { embedRows } from '@/lib/catalogue/lists/embedded'
import { listEndpoint, resourceEndpoint } from '@/lib/catalogue/lists/endpoints'
import { idsOf, type RowPosition } from '@/lib/catalogue/lists/list'
import { type Embeds, oneWithSelection, type SelectionRequest, withSelection } from '@/lib/catalogue/lists/response'
import { refOf } from '@/lib/catalogue/slug'
import { findSongRecord } from '@/lib/catalogue/songs/records'
import { pathOf } from '@/lib/http/api/address'
import { getPlaylist, listPlaylistItems, listPlaylists, listSongPlaylists, type PlaylistItem } from './contract'
import {
  findFirstItems,
  findItems,
  findPlaylistRecord,
  type ItemRecord,
  playlistItemList,
  playlistList,
} from './records'
import { readPlaylists, toPlaylist } from './resource'

/** The routes of playlists. */

const toItem = ({ songId, position, title, artist, album, durationMs }: ItemRecord, origin: string): PlaylistItem => ({
  position,
  title,
  artist,
  album,
  durationMs,
  song:
    songId === null
      ? null
      : {
          id: songId,
          href: origin + pathOf('/songs/{id}', { id: songId }),
          url: `${origin}/songs/${refOf({ id: songId, title })}`,
        },
})

const embeds: Embeds<'items'> = { items: embedRows('/playlists/{id}/items', findFirstItems, toItem) }

const playlistsAt = async (rows: RowPosition[], { query, origin }: SelectionRequest<'items'>) =>
  withSelection(await readPlaylists(idsOf(rows), origin), query, embeds, origin)

export const playlists = listEndpoint(listPlaylists, {
  list: ({ query }) => playlistList(query.sort, query),
  read: playlistsAt,
})

export const playlist = resourceEndpoint(getPlaylist, {
  find: findPlaylistRecord,
  show: (found, { query, origin }) => oneWithSelection(toPlaylist(found, origin), query, embeds, origin),
})

export const playlistItems = listEndpoint(listPlaylistItems, {
  within: findPlaylistRecord,
  list: ({ params }) => playlistItemList(params.id),
  read: async (rows, { origin }) => (await findItems(rows)).map((item) => toItem(item, origin)),
})

export const songPlaylists = listEndpoint(listSongPlaylists, {
  within: findSongRecord,
  list: ({ params, query }) => playlistList(query.sort, query, params.id),
  read: playlistsAt,
})
