import { z } from 'zod'
import { idFilters, sort, updatedSince } from '@/lib/catalogue/lists/parameters'
import { ExternalIds } from '@/lib/catalogue/resource-parts'
import { averagePopularity } from '@/lib/catalogue/resources'
import { contract, listContract } from '@/lib/http/api/contract'
import { paging } from '@/lib/http/api/paging'
import { choices, fields, id } from '@/lib/http/api/parameters'
import { named } from '@/lib/http/api/schema-names'
import { CreatedAt, embedded, Href, Id, Milliseconds, PageUrl, UpdatedAt } from '@/lib/http/api/shapes'

/** The operations on playlists. */

export const PlaylistItem = z
  .object({
    position: z.int().min(1).meta({ description: 'The position in the playlist, from 1.' }),
    title: z.string().meta({ description: 'The title of the song; as imported if the item matches no song.' }),
    artist: z
      .string()
      .nullable()
      .meta({ description: 'The credit of the song; as imported if the item matches no song.' }),
    album: z
      .string()
      .nullable()
      .meta({ description: 'The title of the song’s album; as imported if the item matches no song.' }),
    durationMs: Milliseconds.nullable().meta({ description: 'The duration of the song, if it is known.' }),
    song: z
      .object({ id: Id, href: Href, url: PageUrl })
      .nullable()
      .meta({ description: 'The song; null if the item matches none.' }),
  })
  .meta({ description: 'A position in a playlist, and the song at it.' })
  .register(named, { id: 'PlaylistItem' })
export type PlaylistItem = z.input<typeof PlaylistItem>

export const Playlist = z
  .object({
    id: Id,
    href: Href,
    url: PageUrl,
    name: z.string().meta({ description: 'The name of the playlist.' }),
    description: z.string().nullable().meta({ description: 'The description by its author.' }),
    revision: z.int().min(1).meta({ description: 'Increases with each change of the playlist or its items.' }),
    itemCount: z.int().min(0).meta({ description: 'The number of items.' }),
    durationMs: Milliseconds.nullable().meta({
      description: 'The sum of the known durations; null if none is known.',
    }),
    timedCount: z.int().min(0).meta({ description: 'The number of items with a known duration.' }),
    popularity: averagePopularity,
    externalIds: ExternalIds,
    createdAt: CreatedAt,
    updatedAt: UpdatedAt,
    items: embedded(PlaylistItem).optional(),
  })
  .register(named, { id: 'Playlist' })
export type Playlist = z.input<typeof Playlist>

const playlistIncludes = ['items'] as const

const selection = {
  include: choices(playlistIncludes).optional().meta({ description: 'The lists to embed.' }),
  fields: fields(Playlist.keyof().options),
}
const { ids, externalId } = idFilters
const listParameters = { ids, externalId, updatedSince, sort: sort.playlists, ...paging, ...selection }

const shared = { section: 'Playlists', dependsOn: ['playlists', 'songs', 'albums', 'artists'] } as const
const ofPlaylist = {
  ...shared,
  params: z.strictObject({ id: id().meta({ description: 'The id of a playlist.' }) }),
  moves: true,
  example: { params: { id: '1' } },
}

export const listPlaylists = listContract({
  ...shared,
  id: 'listPlaylists',
  path: '/playlists',
  summary: 'List playlists',
  params: z.strictObject({}),
  query: listParameters,
  item: Playlist,
  example: { query: { sort: 'name', limit: '3' } },
})

export const getPlaylist = contract({
  ...ofPlaylist,
  id: 'getPlaylist',
  path: '/playlists/{id}',
  summary: 'Get a playlist',
  query: z.strictObject(selection),
  answer: Playlist,
  example: { ...ofPlaylist.example, query: { include: 'items' } },
})

export const listPlaylistItems = listContract({
  ...ofPlaylist,
  id: 'listPlaylistItems',
  path: '/playlists/{id}/items',
  summary: 'List the items of a playlist',
  description: 'In the order of the playlist.',
  query: paging,
  item: PlaylistItem,
})

export const listSongPlaylists = listContract({
  ...ofPlaylist,
  id: 'listSongPlaylists',
  section: 'Songs',
  path: '/songs/{id}/playlists',
  summary: 'List the playlists that a song is in',
  params: z.strictObject({ id: id().meta({ description: 'The id of a song.' }) }),
  query: listParameters,
  item: Playlist,
})
