import { ownRows } from '@/lib/catalogue/lists/embedded'
import type { Place } from '@/lib/catalogue/lists/list'
import { listEndpoint, thingEndpoint } from '@/lib/catalogue/lists/operations'
import { type Embeds, type Shown, show, showOne } from '@/lib/catalogue/lists/response'
import { refOf } from '@/lib/catalogue/slug'
import { findSongRecord } from '@/lib/catalogue/songs/records'
import { pathOf } from '@/lib/http/api/address'
import { getPlaylist, listPlaylistItems, listPlaylists, listSongPlaylists, type PlaylistItem } from './contract'
import { findFirstItems, findItems, findPlaylistRecord, type ItemRecord, itemListing, playlistListing } from './records'
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

const embeds: Embeds<'items'> = { items: ownRows('/playlists/{id}/items', findFirstItems, toItem) }

const playlistsAt = async (places: Place[], { query, origin }: { query: Shown<'items'>; origin: string }) => {
  const ids = places.map(({ id }) => id)
  return show(await readPlaylists(ids, origin), query, embeds, origin)
}

export const playlists = listEndpoint(listPlaylists, {
  listing: ({ query }) => playlistListing(query),
  read: playlistsAt,
})

export const playlist = thingEndpoint(getPlaylist, {
  find: findPlaylistRecord,
  show: (found, { query, origin }) => showOne(toPlaylist(found, origin), query, embeds, origin),
})

export const playlistItems = listEndpoint(listPlaylistItems, {
  within: findPlaylistRecord,
  listing: ({ params }) => itemListing(params.id),
  read: async (places, { origin }) => (await findItems(places)).map((item) => toItem(item, origin)),
})

export const songPlaylists = listEndpoint(listSongPlaylists, {
  within: findSongRecord,
  listing: ({ params, query }) => playlistListing(query, params.id),
  read: playlistsAt,
})
