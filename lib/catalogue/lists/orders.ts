import { Prisma } from '@/lib/db/generated/client'
import type { AlbumSort, ArtistSort, GenreAlbumSort, GenreSongSort, SongSort } from './sorts'

/**
 * The orders in which long lists are read: on which index, and which way. Each ends in the id, so it is total, and
 * runs one way, so that one index serves it from either end.
 */
export type Order = {
  /** Names the order in `list_anchor`. */
  list: string
  table: Prisma.Sql
  key: Prisma.Sql
  id: Prisma.Sql
  /** What the key is, which says in which column an anchor holds it. */
  kind: 'text' | 'number'
  descending: boolean
  /** Whether it is by date of release: pages put what is dated after today last. */
  isByRelease?: boolean
  /** Whether it runs against the order whose anchors are stored. */
  isReversed?: boolean
  /** The column by which the table holds many lists, one for each value. */
  scope?: Prisma.Sql
}

const { raw } = Prisma

/** `options.scope`: the column by which the table holds many lists. */
const order = (
  list: string,
  table: string,
  [key, direction]: readonly [string, 'ascending' | 'descending'],
  { id = 'id', scope }: { id?: string; scope?: string } = {},
): Order => ({
  list,
  table: raw(table),
  key: raw(key),
  id: raw(id),
  kind: key === 'sort_key' ? 'text' : 'number',
  descending: direction === 'descending',
  isByRelease: key === 'release_key',
  ...(scope && { scope: raw(scope) }),
})

const byName = ['sort_key', 'ascending'] as const
const byId = ['id', 'descending'] as const
/** The order in which things came, which nothing changes: for walking a list while it is written. */
const byArrival = ['id', 'ascending'] as const
const byRelease = ['release_key', 'descending'] as const
const byPopularity = ['popularity', 'descending'] as const

export const artistOrders: Record<ArtistSort | 'id', Order> = {
  id: order('artists.id', 'artist', byArrival),
  name: order('artists.name', 'artist', byName),
  newest: order('artists.newest', 'artist', byId),
  popular: order('artists.popular', 'artist', byPopularity),
}

export const albumOrders: Record<AlbumSort | 'id', Order> = {
  id: order('albums.id', 'album', byArrival),
  newest: order('albums.newest', 'album', byRelease),
  title: order('albums.title', 'album', byName),
  popular: order('albums.popular', 'album', byPopularity),
  longest: order('albums.longest', 'album', ['duration_ms', 'descending']),
}

export const songOrders: Record<SongSort | 'id', Order> = {
  id: order('songs.id', 'song', byArrival),
  popular: order('songs.popular', 'song', byPopularity),
  title: order('songs.title', 'song', byName),
  newest: order('songs.newest', 'song', byRelease),
  longest: order('songs.longest', 'song', ['length_key', 'descending']),
}

const ofGenre = { id: 'album_id', scope: 'genre_id' }
export const genreAlbumOrders: Record<GenreAlbumSort, Order> = {
  newest: order('genre-albums.newest', 'album_genre', byRelease, ofGenre),
  title: order('genre-albums.title', 'album_genre', byName, ofGenre),
  popular: order('genre-albums.popular', 'album_genre', byPopularity, ofGenre),
}

const songsOfGenre = { id: 'song_id', scope: 'genre_id' }
export const genreSongOrders: Record<GenreSongSort, Order> = {
  popular: order('genre-songs.popular', 'song_genre', byPopularity, songsOfGenre),
  title: order('genre-songs.title', 'song_genre', byName, songsOfGenre),
  newest: order('genre-songs.newest', 'song_genre', byRelease, songsOfGenre),
}

/** Of lib/playlists, which reads by them; the tables of all lists are the catalogue's. */
export const playlistOrders = {
  id: order('playlists.id', 'playlist', byArrival),
  name: order('playlists.name', 'playlist', byName),
  newest: order('playlists.newest', 'playlist', byId),
  popular: order('playlists.popular', 'playlist', byPopularity),
  longest: order('playlists.longest', 'playlist', ['duration_ms', 'descending']),
}

/** Every order that has anchors. */
export const orders: Order[] = [
  artistOrders,
  albumOrders,
  songOrders,
  genreAlbumOrders,
  genreSongOrders,
  playlistOrders,
].flatMap((each) => Object.values<Order>(each))

const keyColumns = { text: raw('text_key'), number: raw('number_key') }
/** Before any key, in either direction: where a list begins that has no anchors yet. */
const beginnings = {
  text: { ascending: raw("''"), descending: raw("E'\\U0010FFFF'") },
  number: { ascending: raw('-9223372036854775808'), descending: raw('9223372036854775807') },
}

export const keyColumnOf = ({ kind }: Order): Prisma.Sql => keyColumns[kind]
export const beginningOf = ({ kind, descending }: Order): Prisma.Sql =>
  beginnings[kind][descending ? 'descending' : 'ascending']
