import { isAbsent, makeTable, run, type Session } from './session'

/**
 * Assembles albums from rows with one track each. A row adds or updates its own place. Known albums keep the tracks that
 * the file does not mention.
 */

/**
 * Fills `placed` and `placed_disc`: all tracks and discs, old ones included, of albums that rows place songs on.
 * @returns whether there are any.
 */
export async function placeSongs(session: Session): Promise<boolean> {
  const { rows } = await run<{ any: boolean }>(session, 'SELECT EXISTS (SELECT FROM in_place) AS any')
  if (!rows[0]?.any) return false
  await inheritCredits(session)
  if (session.isShared) await dropRepeatedPlaces(session)
  await makeTable(
    session,
    'new_place',
    `SELECT place.n, place.file, place.line, album.id AS album_id, song.id AS song_id, song.created, disc, number, printed,
       coalesce(place.title, song.title) AS title, coalesce(place.duration_ms, song.duration_ms) AS duration_ms
     FROM in_place AS place JOIN new_album AS album ON album.key = album JOIN new_song AS song ON song.key = song`,
  )
  await makeTable(session, 'old_album', 'SELECT id FROM found_album WHERE id IN (SELECT album_id FROM new_place)')
  await makeTable(
    session,
    'held',
    `SELECT old_album.id AS album_id, disc.position AS disc, track.position, track.number, track.title,
       track.duration_ms, song_id, song.duration_ms AS song_duration_ms
     FROM old_album JOIN disc ON disc.album_id = old_album.id JOIN track ON disc_id = disc.id JOIN song ON song.id = song_id`,
  )
  await matchPlaces(session)
  await arrange(session)
  await run(
    session,
    `INSERT INTO placed_disc
     SELECT album_id, position, coalesce(disc.title, ''), coalesce(disc.format, '')
     FROM (SELECT album_id, disc AS position FROM placed
           UNION SELECT album_id, position FROM disc WHERE album_id IN (SELECT id FROM old_album)) AS place
     LEFT JOIN disc USING (album_id, position)`,
  )
  // The assembled albums are complete, so their discs and genres can be compared.
  await run(
    session,
    `UPDATE in_album AS album SET absent = array_remove(array_remove(absent, 'discs'), 'genres')
     FROM new_album JOIN old_album USING (id) WHERE new_album.n = album.n`,
  )
  return true
}

/** Gives songs the credits of their album. */
const inheritCredits = (session: Session) =>
  run(
    session,
    `INSERT INTO in_song_credit
     SELECT DISTINCT song.n, credit.position, credit.artist, credit.name, credit.join_phrase, credit.role
     FROM in_place AS place JOIN in_album AS album ON album.key = album JOIN in_song AS song ON song.key = song
     JOIN in_album_credit AS credit ON credit.n = album.n
     WHERE inherits_credits`,
  )

/** Merged rows may repeat a place, with the same fields or fewer. */
async function dropRepeatedPlaces(session: Session): Promise<void> {
  const { rows } = await run<{ any: boolean }>(session, 'SELECT EXISTS (SELECT FROM in_merged) AS any')
  if (!rows[0]?.any) return
  await run(
    session,
    `DELETE FROM in_place AS place USING (
       SELECT n, row_number() OVER (PARTITION BY album, song, disc, number, printed ORDER BY n) AS time FROM in_place) AS said
     WHERE said.n = place.n AND time > 1`,
  )
  await run(
    session,
    `DELETE FROM in_place AS place USING in_place AS other
     WHERE other.album = place.album AND other.song = place.song AND other.n <> place.n
       AND (place.disc IS NULL OR place.disc = other.disc) AND (place.printed IS NULL OR place.printed = other.printed)`,
  )
}

/**
 * Makes `matched`: the existing track of each place. It is the track that agrees with the row, or else the only track of
 * the song, which then moves.
 */
async function matchPlaces(session: Session): Promise<void> {
  const agrees = `(place.disc IS NULL OR place.disc = held.disc) AND (place.printed IS NULL OR place.printed = held.number)`
  // Window functions, because PostgreSQL underestimates groups with HAVING and joins them in nested loops.
  const counted = (table: string) => `(SELECT *, count(*) OVER (PARTITION BY album_id, song_id) AS times FROM ${table})`
  await makeTable(
    session,
    'matched',
    `SELECT DISTINCT ON (album_id, disc, position) * FROM (
       SELECT DISTINCT ON (place.n) place.n, held.album_id, held.disc, held.position, NOT (${agrees}) AS moves
       FROM ${counted('held')} AS held JOIN ${counted('new_place')} AS place USING (album_id, song_id)
       WHERE ${agrees} OR held.times = 1 AND place.times = 1
       ORDER BY place.n, ${agrees} DESC, held.disc, held.position) AS pair
     ORDER BY album_id, disc, position, n`,
  )
}

/** Existing tracks that don't move. `n` is the row that updates one. */
const keptRows = `
  SELECT held.album_id, held.disc, held.position, held.number, held.song_id, place.n, place.file, place.line,
    place.created, coalesce(place.title, held.title) AS title,
    CASE WHEN place.duration_ms IS DISTINCT FROM held.song_duration_ms AND place.n IS NOT NULL THEN place.duration_ms
         ELSE held.duration_ms END AS duration_ms,
    held.title AS old_title, held.duration_ms AS old_duration_ms,
    CASE WHEN held.number ~ '^[0-9]{1,9}$' THEN held.number::int END AS value
  FROM held LEFT JOIN matched USING (album_id, disc, position) LEFT JOIN new_place AS place ON place.n = matched.n
  WHERE NOT coalesce(moves, false)`

/** New and moved places. */
const added = `
  SELECT place.album_id, coalesce(place.disc, matched.disc, 1) AS disc, place.number AS value, place.printed,
    place.song_id, place.n, place.file, place.line, place.created, place.title, place.duration_ms
  FROM new_place AS place LEFT JOIN matched USING (n) WHERE coalesce(moves, true)`

/**
 * Fills `placed` with tracks in order. A new track comes before the first existing one with a higher number, or at the end
 * if it has no number. Existing tracks get new positions only if one comes between them.
 */
const arrange = (session: Session) =>
  run(
    session,
    `INSERT INTO placed
     WITH kept AS (${keptRows}), added AS (${added}),
     follower AS (
       SELECT added.n, min(kept.position) AS before
       FROM kept JOIN added USING (album_id, disc) WHERE kept.value > added.value GROUP BY added.n),
     track AS (
       SELECT album_id, disc, song_id, n, title, duration_ms, printed AS number, value, NULL AS held, before
       FROM added LEFT JOIN follower USING (n)
       UNION ALL
       SELECT album_id, disc, song_id, n, title, duration_ms, number, NULL, position, position FROM kept),
     renumbered AS (
       SELECT album_id, disc FROM added JOIN follower USING (n)
       UNION SELECT album_id, disc FROM matched WHERE moves),
     ordered AS (
       SELECT track.*, renumbered.disc IS NOT NULL AS anew,
         row_number() OVER (PARTITION BY album_id, disc ORDER BY before, held NULLS FIRST, value, n) AS place,
         count(held) OVER (PARTITION BY album_id, disc) AS kept, max(held) OVER (PARTITION BY album_id, disc) AS last
       FROM track LEFT JOIN renumbered USING (album_id, disc)),
     positioned AS (
       SELECT *, CASE WHEN anew THEN place WHEN held IS NOT NULL THEN held ELSE coalesce(last, 0) + place - kept END::int
         AS position
       FROM ordered)
     SELECT album_id, disc, position, coalesce(number, position::text), title, duration_ms, song_id FROM positioned`,
  )

/** A SELECT of file and line: rows of known songs whose place is new or changed. */
const changedPlaces = `
  SELECT file, line FROM (${added}) AS added WHERE NOT created
  UNION ALL
  SELECT file, line FROM (${keptRows}) AS kept WHERE (title, duration_ms) IS DISTINCT FROM (old_title, old_duration_ms)`

/** Adds rows of known songs whose place is new or changed to `amended_row`. */
export async function findAmendedPlaces(session: Session): Promise<void> {
  const { rows } = await run<{ any: boolean }>(session, 'SELECT EXISTS (SELECT FROM placed) AS any')
  if (rows[0]?.any) await run(session, `INSERT INTO amended_row ${changedPlaces}`)
}

/**
 * Gives albums the genres of their songs. An album keeps a genre that it had, unless its last song with that genre lost
 * it. Needs `new_song_genre`.
 */
export async function placeGenres(session: Session): Promise<void> {
  await run(
    session,
    `INSERT INTO in_album_genre
     SELECT DISTINCT album.n, genre.name
     FROM in_place AS place JOIN in_album AS album ON album.key = album JOIN in_song AS song ON song.key = song
     JOIN in_song_genre AS genre ON genre.n = song.n`,
  )
  await run(
    session,
    `INSERT INTO in_album_genre
     WITH told AS (SELECT id AS song_id FROM found_song JOIN in_song USING (n) WHERE NOT ${isAbsent('genres')}),
     track AS (SELECT DISTINCT album_id, song_id FROM placed JOIN old_album ON old_album.id = album_id),
     gone AS (
       SELECT album_id, genre_id FROM held JOIN song_genre USING (song_id)
       EXCEPT SELECT album_id, genre_id FROM track JOIN new_song_genre USING (song_id)
       EXCEPT SELECT album_id, genre_id FROM track JOIN song_genre USING (song_id) LEFT JOIN told USING (song_id)
              WHERE told.song_id IS NULL)
     SELECT album.n, genre.name
     FROM old_album JOIN new_album AS album USING (id) JOIN album_genre AS link ON link.album_id = album.id
     JOIN genre ON genre.id = link.genre_id
     LEFT JOIN gone ON gone.album_id = album.id AND gone.genre_id = link.genre_id
     WHERE gone.genre_id IS NULL`,
  )
}
