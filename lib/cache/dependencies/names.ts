import { createHash } from 'node:crypto'

/**
 * Dependencies of a response: the entities that it shows, and the orders of its lists. The change log names them
 * (prisma/migrations/20261201010000_changes); in a process they are integers.
 */

/**
 * The kinds of dependencies; a kind with ":" has the id of an entity. "label" is the part of an entity that links show (its name,
 * its cover, the credit of a song), a kind without a part is its row in lists, and "page" is all of it. "filtered" changes with any
 * entity of its kind.
 */
const kinds = [
  'artist.label:',
  'artist:',
  'artist.page:',
  'album.label:',
  'album:',
  'album.page:',
  'song.label:',
  'song:',
  'song.page:',
  'playlist.label:',
  'playlist:',
  'playlist.page:',
  'genre.label:',
  'genre:',
  'genre.page:',
  'artists.id',
  'artists.name',
  'artists.newest',
  'artists.popular',
  'artists.filtered',
  'albums.id',
  'albums.newest',
  'albums.title',
  'albums.popular',
  'albums.longest',
  'albums.colour',
  'albums.filtered',
  'songs.id',
  'songs.popular',
  'songs.title',
  'songs.newest',
  'songs.longest',
  'songs.filtered',
  'playlists.id',
  'playlists.name',
  'playlists.newest',
  'playlists.popular',
  'playlists.longest',
  'playlists.filtered',
  'genres',
  'genres.filtered',
  'genre-albums.newest:',
  'genre-albums.title:',
  'genre-albums.popular:',
  'genre-songs.popular:',
  'genre-songs.title:',
  'genre-songs.newest:',
  'artist-albums.newest:',
  'artist-roles:',
  'artist-songs.popular:',
  'song-albums:',
  'song-playlists:',
  'totals',
  'deletions',
  'search',
  'keys',
  'artwork',
] as const

type Kind = (typeof kinds)[number]
/** The kinds that name an id, and those that don't. */
export type OwnedKind = Extract<Kind, `${string}:`> extends `${infer Name}:` ? Name : never
export type SingleKind = Exclude<Kind, `${string}:`>

/** A dependency as an integer: the number of its kind × 2³² + the id. */
export type Dependency = number

const ID_RANGE = 2 ** 32
const numbers = new Map<string, number>(kinds.map((kind, number) => [kind.replace(':', ''), number]))

/** In a change: everything. */
export const EVERYTHING = '*'

export const toDependency = (kind: OwnedKind | SingleKind, id = 0): Dependency =>
  (numbers.get(kind) ?? 0) * ID_RANGE + id

/** Reads the name of a dependency in the change log. @returns undefined for a name of another version. */
export function parseDependency(name: string): Dependency | undefined {
  const colon = name.indexOf(':')
  const kind = numbers.get(colon === -1 ? name : name.slice(0, colon))
  return kind === undefined ? undefined : kind * ID_RANGE + (colon === -1 ? 0 : Number(name.slice(colon + 1)))
}

/** The id of a dependency that is named by a text, as the SQL function text_id computes it. */
export const textId = (text: string): number => createHash('md5').update(text).digest().readUInt32BE()
