import type { ClientBase } from 'pg'
import { coverOf } from '@/lib/catalogue/artwork/cover'
import { type EntityKind, entityKinds } from '@/lib/catalogue/kinds'
import {
  albumFigures,
  artistAlbums,
  artistFigures,
  contributions,
  genreFigures,
  type IdTable,
  liveTables,
  playlistFigures,
  songFigures,
} from './statements'

/** The entities to refresh. */
export type RefreshTargets = Record<EntityKind | 'genre', IdTable>

export const everything: RefreshTargets = { artist: null, album: null, genre: null, playlist: null, song: null }

/** The number of changed rows by table. */
export type ChangedRows = Record<string, number>

const columns = {
  artist: ['album_count', 'song_count', 'popularity'],
  album: ['credit', 'disc_count', 'track_count', 'timed_count', 'duration_ms', 'popularity'],
  album_colour: ['release_key'],
  album_genre: ['release_key', 'popularity', 'sort_key'],
  artist_album: ['appearance', 'kind', 'release_key'],
  contribution: ['appearance', 'release_key'],
  genre: ['album_count', 'song_count'],
  playlist: ['item_count', 'timed_count', 'duration_ms', 'popularity'],
  song: ['credit', 'album_id', 'release_key', 'album_count', 'playlist_count', 'popularity'],
  song_genre: ['release_key', 'popularity', 'sort_key'],
}

const columnList = (table: keyof typeof columns, alias: string): string =>
  columns[table].map((column) => `${alias}.${column}`).join(', ')

/** Clients of the API read changes of these by `updatedSince`. */
const timestamped: readonly (keyof typeof columns)[] = entityKinds

/** Writes only rows that differ, so that a refresh of correct figures changes nothing. */
const update = (table: keyof typeof columns, figures: string, on = `figures.id = ${table}.id`): string => `
  UPDATE ${table} SET (${columns[table].join(', ')}) = ROW (${columnList(table, 'figures')})
    ${timestamped.includes(table) ? ', updated_at = now()' : ''}
  FROM (${figures}) AS figures
  WHERE ${on} AND (${columnList(table, table)}) IS DISTINCT FROM (${columnList(table, 'figures')})`

const among = (column: string, ids: IdTable): string => (ids ? `AND ${column} IN (SELECT id FROM ${ids})` : '')

/** The order matters: each step reads figures that earlier ones set. */
const steps = (targets: RefreshTargets): [table: string, statement: string][] => {
  const discography = artistAlbums(liveTables, targets.album)
  const contributed = contributions(liveTables, targets.album)
  return [
    ['song', update('song', songFigures(liveTables, targets.song))],
    [
      'song_credit',
      `UPDATE song_credit SET song_popularity = song.popularity FROM song
       WHERE song.id = song_id AND song_popularity <> song.popularity ${among('song_id', targets.song)}`,
    ],
    [
      'song_genre',
      update('song_genre', 'SELECT * FROM song', `song_id = figures.id ${among('song_id', targets.song)}`),
    ],
    ['album', update('album', albumFigures(liveTables, targets.album))],
    [
      'album',
      `UPDATE album SET cover = ${coverOf('album')}
       WHERE cover IS DISTINCT FROM ${coverOf('album')} ${among('id', targets.album)}`,
    ],
    [
      'album_genre',
      update('album_genre', 'SELECT * FROM album', `album_id = figures.id ${among('album_id', targets.album)}`),
    ],
    [
      'album_colour',
      update('album_colour', 'SELECT * FROM album', `album_id = figures.id ${among('album_id', targets.album)}`),
    ],
    [
      'artist_album',
      `DELETE FROM artist_album AS old WHERE NOT EXISTS (
         SELECT FROM (${discography}) AS new WHERE new.artist_id = old.artist_id AND new.album_id = old.album_id)
       ${among('old.album_id', targets.album)}`,
    ],
    [
      'artist_album',
      `INSERT INTO artist_album (artist_id, album_id, ${columns.artist_album.join(', ')}) ${discography}
       ON CONFLICT (artist_id, album_id) DO UPDATE
       SET (${columns.artist_album.join(', ')}) = ROW (${columnList('artist_album', 'excluded')})
       WHERE (${columnList('artist_album', 'artist_album')}) IS DISTINCT FROM (${columnList('artist_album', 'excluded')})`,
    ],
    [
      'contribution',
      `DELETE FROM contribution AS old WHERE NOT EXISTS (
         SELECT FROM (${contributed}) AS new
         WHERE new.artist_id = old.artist_id AND new.role = old.role AND new.album_id = old.album_id)
       ${among('old.album_id', targets.album)}`,
    ],
    [
      'contribution',
      `INSERT INTO contribution (artist_id, role, album_id, ${columns.contribution.join(', ')}) ${contributed}
       ON CONFLICT (artist_id, role, album_id) DO UPDATE
       SET (${columns.contribution.join(', ')}) = ROW (${columnList('contribution', 'excluded')})
       WHERE (${columnList('contribution', 'contribution')}) IS DISTINCT FROM (${columnList('contribution', 'excluded')})`,
    ],
    ['artist', update('artist', artistFigures(liveTables, targets.artist))],
    ['playlist', update('playlist', playlistFigures(liveTables, targets.playlist))],
    ['genre', update('genre', genreFigures(targets.genre))],
  ]
}

/**
 * Recomputes derived figures. Must run in a transaction that locks out other writers.
 * @returns the number of changed rows of each changed table.
 */
export async function refreshFigures(client: ClientBase, targets: RefreshTargets): Promise<ChangedRows> {
  const refreshed: ChangedRows = {}
  for (const [table, statement] of steps(targets)) {
    const { rowCount } = await client.query(statement)
    if (rowCount) refreshed[table] = (refreshed[table] ?? 0) + rowCount
  }
  return refreshed
}
