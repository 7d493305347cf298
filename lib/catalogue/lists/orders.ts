import type { OwnedKind } from '@/lib/cache/dependencies/names'
import { Prisma } from '@/lib/db/generated/client'
import type { ApiSort, PageSort } from './sorts'

/**
 * The orders of all lists, each on an index. An order ends in the id, so that it is total, and runs in one direction, so
 * that its index serves it from either end.
 */
export type Order = {
  /** The name of the order in `list_anchor`. */
  list: string
  table: Prisma.Sql
  key: Prisma.Sql
  id: Prisma.Sql
  /** The type of the key, which decides the column of `list_anchor` that holds it. */
  kind: 'text' | 'number'
  descending: boolean
  /** Whether it is by release date: pages put future releases last. */
  isByRelease?: boolean
  /** Whether it runs against the order whose anchors are stored. */
  isReversed?: boolean
  /** The column that tells the lists of a table apart, if it holds many. */
  scope?: Prisma.Sql
  /** What its members and their order depend on, if that is not named by `list`. */
  dependsOn?: EntityDependency[]
}

/** A dependency on an entity, or on a list of it. */
export type EntityDependency = readonly [kind: OwnedKind, id: number]

const { sql, raw } = Prisma

/** Slugs are compared byte by byte, as sort keys are. */
const slug = 'slug COLLATE "C"'

type OrderOptions = { id?: string; scope?: string }

const order = (
  list: string,
  table: string,
  [key, direction]: readonly [string, 'ascending' | 'descending'],
  { id = 'id', scope }: OrderOptions = {},
): Order => ({
  list,
  table: raw(table),
  key: raw(key),
  id: raw(id),
  kind: key === 'sort_key' || key === slug ? 'text' : 'number',
  descending: direction === 'descending',
  isByRelease: key === 'release_key',
  ...(scope && { scope: raw(scope) }),
})

const byName = ['sort_key', 'ascending'] as const
const byNewestId = ['id', 'descending'] as const
/** Never changes, so a list can be walked in it while it is written. */
const byId = ['id', 'ascending'] as const
const byRelease = ['release_key', 'descending'] as const
const byPopularity = ['popularity', 'descending'] as const
const byDuration = ['duration_ms', 'descending'] as const

const ofGenreAlbum = { id: 'album_id', scope: 'genre_id' }
const ofGenreSong = { id: 'song_id', scope: 'genre_id' }

export const artistOrders: Record<ApiSort<'artists'>, Order> = {
  id: order('artists.id', 'artist', byId),
  name: order('artists.name', 'artist', byName),
  newest: order('artists.newest', 'artist', byNewestId),
  popular: order('artists.popular', 'artist', byPopularity),
}

export const albumOrders: Record<ApiSort<'albums'>, Order> = {
  id: order('albums.id', 'album', byId),
  newest: order('albums.newest', 'album', byRelease),
  title: order('albums.title', 'album', byName),
  popular: order('albums.popular', 'album', byPopularity),
  longest: order('albums.longest', 'album', byDuration),
}

export const songOrders: Record<ApiSort<'songs'>, Order> = {
  id: order('songs.id', 'song', byId),
  popular: order('songs.popular', 'song', byPopularity),
  title: order('songs.title', 'song', byName),
  newest: order('songs.newest', 'song', byRelease),
  longest: order('songs.longest', 'song', ['length_key', 'descending']),
}

export const genreAlbumOrders: Record<PageSort<'genreAlbums'>, Order> = {
  newest: order('genre-albums.newest', 'album_genre', byRelease, ofGenreAlbum),
  title: order('genre-albums.title', 'album_genre', byName, ofGenreAlbum),
  popular: order('genre-albums.popular', 'album_genre', byPopularity, ofGenreAlbum),
}

export const genreSongOrders: Record<PageSort<'genreSongs'>, Order> = {
  popular: order('genre-songs.popular', 'song_genre', byPopularity, ofGenreSong),
  title: order('genre-songs.title', 'song_genre', byName, ofGenreSong),
  newest: order('genre-songs.newest', 'song_genre', byRelease, ofGenreSong),
}

export const playlistOrders: Record<ApiSort<'playlists'>, Order> = {
  id: order('playlists.id', 'playlist', byId),
  name: order('playlists.name', 'playlist', byName),
  newest: order('playlists.newest', 'playlist', byNewestId),
  popular: order('playlists.popular', 'playlist', byPopularity),
  longest: order('playlists.longest', 'playlist', byDuration),
}

/** Genres are few, and have no anchors. */
export const genreOrder: Order = order('genres', 'genre', [slug, 'ascending'])

/** The orders whose anchors are stored. */
export const anchoredOrders: Order[] = [
  artistOrders,
  albumOrders,
  songOrders,
  genreAlbumOrders,
  genreSongOrders,
  playlistOrders,
].flatMap((each) => Object.values<Order>(each))

const keyColumns = { text: raw('text_key'), number: raw('number_key') }
/** Below or above any key: the start of a list without anchors. */
const beginnings = {
  text: { ascending: raw("''"), descending: raw("E'\\U0010FFFF'") },
  number: { ascending: raw('-9223372036854775808'), descending: raw('9223372036854775807') },
}

export const keyColumnOf = ({ kind }: Order): Prisma.Sql => keyColumns[kind]
export const keyTypeOf = ({ kind }: Order): Prisma.Sql => raw(kind === 'text' ? 'text' : 'bigint')
export const beginningOf = ({ kind, descending }: Order): Prisma.Sql =>
  beginnings[kind][descending ? 'descending' : 'ascending']

export function orderBy({ key, id, descending }: Order, isReverse = false): Prisma.Sql {
  const direction = raw(descending !== isReverse ? 'DESC' : 'ASC')
  return sql`ORDER BY ${key} ${direction}, ${id} ${direction}`
}
