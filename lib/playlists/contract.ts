import { z } from 'zod'
import { idFilters, sort, updatedSince } from '@/lib/catalogue/lists/parameters'
import { ExternalIds } from '@/lib/catalogue/resource-parts'
import { averagePopularity } from '@/lib/catalogue/resources'
import { contract } from '@/lib/http/api/contract'
import { oneWay, paging } from '@/lib/http/api/paging'
import { choices, fields, id } from '@/lib/http/api/parameters'
import { named } from '@/lib/http/api/schema-names'
import { CreatedAt, embedded, Href, Id, listOf, Milliseconds, PageUrl, UpdatedAt } from '@/lib/http/api/shapes'

/** Playlists in the API: what one is, and what can be asked of them. */

export const PlaylistItem = z
  .object({
    position: z.int().min(1).meta({ description: 'From 1.' }),
    title: z.string().meta({ description: 'The song’s; or as it came, where it matches no song.' }),
    artist: z.string().nullable().meta({ description: 'The credit as one reads it; or as it came.' }),
    album: z.string().nullable().meta({ description: 'The title of the song’s album; or as it came.' }),
    durationMs: Milliseconds.nullable().meta({ description: 'The song’s, where it is known.' }),
    song: z
      .object({ id: Id, href: Href, url: PageUrl })
      .nullable()
      .meta({ description: 'The song that is there; null where it matches none.' }),
  })
  .meta({ description: 'A place in a playlist.' })
  .register(named, { id: 'PlaylistItem' })
export type PlaylistItem = z.input<typeof PlaylistItem>

export const Playlist = z
  .object({
    id: Id,
    href: Href,
    url: PageUrl,
    name: z.string().meta({ description: 'As its maker called it.' }),
    description: z.string().nullable().meta({ description: 'What its maker says of it.' }),
    revision: z.int().min(1).meta({ description: 'Counts up with each change of the playlist or its items.' }),
    itemCount: z.int().min(0).meta({ description: 'Items that it has.' }),
    durationMs: Milliseconds.nullable().meta({
      description: 'The sum of the durations that are known; null where none is.',
    }),
    timedCount: z.int().min(0).meta({ description: 'Items whose duration is known, of `itemCount`.' }),
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
const filters = { ids, externalId, updatedSince, sort: sort.playlists }

const section = 'Playlists'
const madeOf = ['playlists', 'songs', 'albums', 'artists'] as const
const params = z.strictObject({ id: id().meta({ description: 'The id of a playlist.' }) })
const example = { params: { id: '1' } }

export const listPlaylists = contract({
  id: 'listPlaylists',
  section,
  path: '/playlists',
  summary: 'List playlists',
  params: z.strictObject({}),
  query: oneWay(z.strictObject({ ...filters, ...paging, ...selection })),
  answer: listOf(Playlist).register(named, { id: 'PlaylistList' }),
  line: Playlist,
  madeOf,
  example: { query: { sort: 'name', limit: '3' } },
})

export const getPlaylist = contract({
  id: 'getPlaylist',
  section,
  path: '/playlists/{id}',
  summary: 'Get a playlist',
  params,
  query: z.strictObject(selection),
  answer: Playlist,
  madeOf,
  moves: true,
  example: { ...example, query: { include: 'items' } },
})

export const listPlaylistItems = contract({
  id: 'listPlaylistItems',
  section,
  path: '/playlists/{id}/items',
  summary: 'List the items of a playlist',
  description: 'In their order.',
  params,
  query: oneWay(z.strictObject(paging)),
  answer: listOf(PlaylistItem).register(named, { id: 'PlaylistItemList' }),
  line: PlaylistItem,
  madeOf,
  moves: true,
  example,
})

export const listSongPlaylists = contract({
  id: 'listSongPlaylists',
  section: 'Songs',
  path: '/songs/{id}/playlists',
  summary: 'List the playlists that a song is in',
  params: z.strictObject({ id: id().meta({ description: 'The id of a song.' }) }),
  query: oneWay(z.strictObject({ ...filters, ...paging, ...selection })),
  answer: listOf(Playlist).register(named, { id: 'PlaylistList' }),
  line: Playlist,
  madeOf,
  moves: true,
  example,
})
