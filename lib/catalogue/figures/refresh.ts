import type { ClientBase } from 'pg'
import { coverOf } from '@/lib/catalogue/artwork/cover-column'
import { entityKinds } from '@/lib/catalogue/kinds'
import {
  albumFigures,
  artistAlbums,
  artistFigures,
  contributions,
  genreFigures,
  liveTables,
  playlistFigures,
  songFigures,
  type Within,
} from './statements'

/** Tables with the ids of what to refresh, of each kind; null for all of it. */
export type Touched = { artist: Within; album: Within; genre: Within; playlist: Within; song: Within }

export const everything: Touched = { artist: null, album: null, genre: null, playlist: null, song: null }

/** What a refresh set right, in rows. */
export type Refreshed = Record<string, number>

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

const list = (table: keyof typeof columns, of: string): string =>
  columns[table].map((column) => `${of}.${column}`).join(', ')

/** Figures of these are shown by the API, whose clients ask for what has changed by its time. */
const dated: readonly (keyof typeof columns)[] = entityKinds

/** Writes only rows that differ, so that a refresh of what is right changes nothing. */
const update = (table: keyof typeof columns, figures: string, on = `figures.id = ${table}.id`): string => `
  UPDATE ${table} SET (${columns[table].join(', ')}) = ROW (${list(table, 'figures')})
    ${dated.includes(table) ? ', updated_at = now()' : ''}
  FROM (${figures}) AS figures
  WHERE ${on} AND (${list(table, table)}) IS DISTINCT FROM (${list(table, 'figures')})`

const among = (column: string, ids: Within): string => (ids ? `AND ${column} IN (SELECT id FROM ${ids})` : '')

/** In this order: each reads figures that the ones before it set. */
const steps = (touched: Touched): [table: string, statement: string][] => {
  const discography = artistAlbums(liveTables, touched.album)
  const contributed = contributions(liveTables, touched.album)
  return [
    ['song', update('song', songFigures(liveTables, touched.song))],
    [
      'song_credit',
      `UPDATE song_credit SET song_popularity = song.popularity FROM song
       WHERE song.id = song_id AND song_popularity <> song.popularity ${among('song_id', touched.song)}`,
    ],
    [
      'song_genre',
      update('song_genre', 'SELECT * FROM song', `song_id = figures.id ${among('song_id', touched.song)}`),
    ],
    ['album', update('album', albumFigures(liveTables, touched.album))],
    [
      'album',
      `UPDATE album SET cover = ${coverOf('album')}
       WHERE cover IS DISTINCT FROM ${coverOf('album')} ${among('id', touched.album)}`,
    ],
    [
      'album_genre',
      update('album_genre', 'SELECT * FROM album', `album_id = figures.id ${among('album_id', touched.album)}`),
    ],
    [
      'album_colour',
      update('album_colour', 'SELECT * FROM album', `album_id = figures.id ${among('album_id', touched.album)}`),
    ],
    [
      'artist_album',
      `DELETE FROM artist_album AS old WHERE NOT EXISTS (
         SELECT FROM (${discography}) AS new WHERE new.artist_id = old.artist_id AND new.album_id = old.album_id)
       ${among('old.album_id', touched.album)}`,
    ],
    [
      'artist_album',
      `INSERT INTO artist_album (artist_id, album_id, ${columns.artist_album.join(', ')}) ${discography}
       ON CONFLICT (artist_id, album_id) DO UPDATE
       SET (${columns.artist_album.join(', ')}) = ROW (${list('artist_album', 'excluded')})
       WHERE (${list('artist_album', 'artist_album')}) IS DISTINCT FROM (${list('artist_album', 'excluded')})`,
    ],
    [
      'contribution',
      `DELETE FROM contribution AS old WHERE NOT EXISTS (
         SELECT FROM (${contributed}) AS new
         WHERE new.artist_id = old.artist_id AND new.role = old.role AND new.album_id = old.album_id)
       ${among('old.album_id', touched.album)}`,
    ],
    [
      'contribution',
      `INSERT INTO contribution (artist_id, role, album_id, ${columns.contribution.join(', ')}) ${contributed}
       ON CONFLICT (artist_id, role, album_id) DO UPDATE
       SET (${columns.contribution.join(', ')}) = ROW (${list('contribution', 'excluded')})
       WHERE (${list('contribution', 'contribution')}) IS DISTINCT FROM (${list('contribution', 'excluded')})`,
    ],
    ['artist', update('artist', artistFigures(liveTables, touched.artist))],
    ['playlist', update('playlist', playlistFigures(liveTables, touched.playlist))],
    ['genre', update('genre', genreFigures(touched.genre))],
  ]
}

/**
 * Computes derived figures anew from what is in the tables. Belongs into a transaction that holds off other writers.
 * @returns rows changed, by table; only tables where any was.
 */
export async function refreshFigures(client: ClientBase, touched: Touched): Promise<Refreshed> {
  const refreshed: Refreshed = {}
  for (const [table, statement] of steps(touched)) {
    const { rowCount } = await client.query(statement)
    if (rowCount) refreshed[table] = (refreshed[table] ?? 0) + rowCount
  }
  return refreshed
}
