import { orNull } from '@/lib/catalogue/resource-parts'
import { refOf } from '@/lib/catalogue/slug'
import { pathOf } from '@/lib/http/api/address'
import type { Playlist } from './contract'
import { findPlaylistRecords, type PlaylistRecord } from './records'

export const toPlaylist = (playlist: PlaylistRecord, origin: string): Playlist => ({
  id: playlist.id,
  href: origin + pathOf('/playlists/{id}', playlist),
  url: `${origin}/playlists/${refOf(playlist)}`,
  name: playlist.name,
  description: orNull(playlist.description),
  revision: playlist.revision,
  itemCount: playlist.itemCount,
  durationMs: playlist.timedCount > 0 ? Number(playlist.durationMs) : null,
  timedCount: playlist.timedCount,
  popularity: Number(playlist.popularity),
  externalIds: playlist.externalIds,
  createdAt: playlist.createdAt.toISOString(),
  updatedAt: playlist.updatedAt.toISOString(),
})

/** Playlists by id, in that order. */
export const readPlaylists = async (ids: number[], origin: string): Promise<Playlist[]> =>
  (await findPlaylistRecords(ids)).map((playlist) => toPlaylist(playlist, origin))
