import type { RefreshTargets } from '@/lib/catalogue/figures/refresh'
import { entities, makeTable, run, type Session } from './session'

/** Finds the things whose figures an import changes (`touched_…`). */

export const touched: RefreshTargets = {
  artist: 'touched_artist',
  album: 'touched_album',
  genre: 'touched_genre',
  playlist: 'touched_playlist',
  song: 'touched_song',
}

const written = (entity: string): string =>
  `(SELECT id FROM new_${entity} WHERE created UNION SELECT id FROM changed_${entity})`

/**
 * Runs before the write, because a credit that is removed changes its artist's figures.
 * @returns whether everything is new: then figures are written with the rows, and need no refresh.
 */
export async function collectBefore(session: Session): Promise<boolean> {
  const untouched = await isUntouched(session)
  const album = untouched ? '(SELECT 0 AS id WHERE false)' : written('album')
  const song = untouched ? '(SELECT 0 AS id WHERE false)' : written('song')
  const playlist = untouched ? '(SELECT 0 AS id WHERE false)' : written('playlist')
  const place = '(SELECT album_id, song_id FROM track JOIN disc ON disc.id = disc_id)'
  await makeTable(
    session,
    'touched_song',
    `SELECT id FROM ${song} AS song
     UNION SELECT song_id FROM ${place} AS place WHERE album_id IN (SELECT id FROM changed_album)
     UNION SELECT song_id FROM new_track WHERE album_id IN ${album}
     UNION SELECT song_id FROM playlist_item WHERE playlist_id IN (SELECT id FROM changed_playlist) AND song_id IS NOT NULL
     UNION SELECT song_id FROM new_playlist_item WHERE playlist_id IN ${playlist} AND song_id IS NOT NULL`,
  )
  await makeTable(
    session,
    'touched_artist',
    `SELECT artist_id AS id FROM song_credit WHERE song_id IN (SELECT id FROM touched_song)
     UNION SELECT artist_id FROM album_credit WHERE album_id IN (SELECT id FROM changed_album)
     UNION SELECT artist_id FROM new_song_credit WHERE song_id IN ${song}
     UNION SELECT artist_id FROM new_album_credit WHERE album_id IN ${album}`,
  )
  await makeTable(
    session,
    'touched_genre',
    `SELECT genre_id AS id FROM song_genre WHERE song_id IN (SELECT id FROM changed_song)
     UNION SELECT genre_id FROM album_genre WHERE album_id IN (SELECT id FROM changed_album)
     UNION SELECT genre_id FROM new_song_genre WHERE ${untouched} OR song_id IN ${written('song')}
     UNION SELECT genre_id FROM new_album_genre WHERE ${untouched} OR album_id IN ${written('album')}`,
  )
  await makeTable(session, 'touched_album', `SELECT id FROM ${album} AS album`)
  await makeTable(session, 'touched_playlist', `SELECT id FROM ${playlist} AS playlist`)
  return untouched
}

/** Runs after the write: adds the albums and playlists of the songs. */
export async function collectAfter(session: Session): Promise<void> {
  await run(
    session,
    `INSERT INTO touched_album
     SELECT album_id FROM track JOIN disc ON disc.id = disc_id WHERE song_id IN (SELECT id FROM touched_song)
     EXCEPT SELECT id FROM touched_album`,
  )
  await run(
    session,
    `INSERT INTO touched_playlist
     SELECT playlist_id FROM playlist_item WHERE song_id IN (SELECT id FROM touched_song)
     EXCEPT SELECT id FROM touched_playlist`,
  )
  for (const table of Object.values(touched)) await session.client.query(`ANALYZE ${table}`)
}

/** The title of its album is part of a song's response, so a new title changes the song's date. */
export const dateSongs = (session: Session) =>
  run(session, 'UPDATE song SET updated_at = now() WHERE album_id IN (SELECT id FROM retitled_album)')

/** Whether the catalogue has nothing that the file contains or refers to. */
async function isUntouched(session: Session): Promise<boolean> {
  const known = [
    ...entities.map((entity) => `SELECT FROM found_${entity}`),
    'SELECT FROM artist_ref WHERE id IS NOT NULL',
    'SELECT FROM song_ref WHERE id IS NOT NULL',
  ]
  const { rows } = await run<{ any: boolean }>(
    session,
    `SELECT ${known.map((each) => `EXISTS (${each})`).join(' OR ')} AS any`,
  )
  return !rows[0]?.any
}
