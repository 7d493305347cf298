import { HAS_MAIN_ROLE } from '@/lib/catalogue/kinds'

/**
 * What each derived figure is: the one definition that imports, refreshes and the rebuild share. Each is a SELECT with
 * the id of the thing and its figures, over the live tables or over tables of an import that have the same columns.
 */

/** The tables that figures are computed from. `place` is a track with the album it is on. */
export type Tables = {
  album: string
  albumCredit: string
  artist: string
  artistAlbum: string
  disc: string
  place: string
  playlist: string
  playlistItem: string
  song: string
  songCredit: string
}

export const liveTables: Tables = {
  album: 'album',
  albumCredit: 'album_credit',
  artist: 'artist',
  artistAlbum: 'artist_album',
  disc: 'disc',
  place: '(SELECT album_id, song_id, track.duration_ms FROM track JOIN disc ON disc.id = track.disc_id)',
  playlist: 'playlist',
  playlistItem: 'playlist_item',
  song: 'song',
  songCredit: 'song_credit',
}

/** Which things to compute: those whose ids a table has, or all. */
export type Within = string | null

const within = (column: string, ids: Within): string => (ids ? `${column} IN (SELECT id FROM ${ids})` : 'true')

const creditText = (credits: string, owner: string, ids: Within): string => `
  SELECT ${owner} AS id, string_agg(credited_name || join_phrase, '' ORDER BY position) AS credit
  FROM ${credits} WHERE ${HAS_MAIN_ROLE} AND ${within(owner, ids)} GROUP BY ${owner}`

/** An undated album's release key, 0, must come after every date, the last of which is 9999-12-31. */
const UNDATED = 99_999_999

/**
 * A song's album is its earliest dated one, then the one that came first. Date and id are packed into one bigint, whose
 * minimum needs no sorting.
 */
export const songFigures = (from: Tables, ids: Within): string => `
  SELECT song.id, coalesce(credits.credit, '') AS credit,
    (first & 4294967295)::int AS album_id, coalesce((first >> 32) % ${UNDATED}, 0)::int AS release_key,
    coalesce(albums, 0)::int AS album_count, coalesce(playlists, 0)::int AS playlist_count,
    listens + coalesce(playlists, 0) AS popularity
  FROM ${from.song} AS song
  LEFT JOIN (${creditText(from.songCredit, 'song_id', ids)}) AS credits USING (id)
  LEFT JOIN (
    SELECT song_id AS id, count(*) AS albums,
      min(CASE release_key WHEN 0 THEN ${UNDATED} ELSE release_key END::bigint << 32 | album.id) AS first
    FROM (SELECT DISTINCT song_id, album_id FROM ${from.place} AS place WHERE ${within('song_id', ids)}) AS place
    JOIN ${from.album} AS album ON album.id = album_id GROUP BY song_id) AS places USING (id)
  LEFT JOIN (
    SELECT song_id AS id, count(*) AS playlists
    FROM (SELECT DISTINCT song_id, playlist_id FROM ${from.playlistItem} AS item WHERE ${within('song_id', ids)}) AS item
    GROUP BY song_id) AS items USING (id)
  WHERE ${within('song.id', ids)}`

/** An album is as popular as its songs are on average: their sum would put every long one first. */
export const albumFigures = (from: Tables, ids: Within): string => `
  SELECT album.id, coalesce(credits.credit, '') AS credit, coalesce(discs, 0)::int AS disc_count,
    coalesce(tracks, 0)::int AS track_count, coalesce(timed, 0)::int AS timed_count,
    coalesce(duration, 0)::bigint AS duration_ms, coalesce(songs.popularity, 0)::bigint AS popularity
  FROM ${from.album} AS album
  LEFT JOIN (${creditText(from.albumCredit, 'album_id', ids)}) AS credits USING (id)
  LEFT JOIN (
    SELECT album_id AS id, count(*) AS discs FROM ${from.disc} AS disc WHERE ${within('album_id', ids)}
    GROUP BY album_id) AS discs USING (id)
  LEFT JOIN (
    SELECT album_id AS id, count(*) AS tracks, count(duration_ms) AS timed, sum(duration_ms) AS duration
    FROM ${from.place} AS place WHERE ${within('album_id', ids)} GROUP BY album_id) AS places USING (id)
  LEFT JOIN (
    SELECT place.album_id AS id, round(avg(song.popularity)) AS popularity
    FROM (SELECT DISTINCT album_id, song_id FROM ${from.place} AS place WHERE ${within('album_id', ids)}) AS place
    JOIN ${from.song} AS song ON song.id = song_id GROUP BY place.album_id) AS songs USING (id)
  WHERE ${within('album.id', ids)}`

/** Discographies, by album: who is on the sleeve, and who is on one of its songs and not on the sleeve. */
export const artistAlbums = (from: Tables, albums: Within): string => `
  SELECT artist_id, album_id, appearance, kind, release_key
  FROM (
    SELECT artist_id, album_id, bool_and(appearance) AS appearance
    FROM (
      SELECT artist_id, album_id, false AS appearance
      FROM ${from.albumCredit} AS credit WHERE ${HAS_MAIN_ROLE} AND ${within('album_id', albums)}
      UNION ALL
      SELECT artist_id, album_id, true
      FROM ${from.place} AS place JOIN ${from.songCredit} AS credit USING (song_id)
      WHERE ${HAS_MAIN_ROLE} AND ${within('album_id', albums)}) AS credit
    GROUP BY artist_id, album_id) AS discography
  JOIN ${from.album} AS album ON album.id = album_id`

/**
 * Albums to which an artist contributed in another role than `artist`, on the sleeve or on one of its songs.
 * Credits as `artist` are most of all credits; their albums are in the discographies.
 */
export const contributions = (from: Tables, albums: Within): string => `
  SELECT artist_id, role, album_id, appearance, release_key
  FROM (
    SELECT artist_id, role, album_id, bool_and(appearance) AS appearance
    FROM (
      SELECT artist_id, role, album_id, false AS appearance
      FROM ${from.albumCredit} AS credit WHERE role <> 'artist' AND ${within('album_id', albums)}
      UNION ALL
      SELECT artist_id, role, album_id, true
      FROM ${from.place} AS place JOIN ${from.songCredit} AS credit USING (song_id)
      WHERE role <> 'artist' AND ${within('album_id', albums)}) AS credit
    GROUP BY artist_id, role, album_id) AS contribution
  JOIN ${from.album} AS album ON album.id = album_id`

export const artistFigures = (from: Tables, ids: Within): string => `
  SELECT artist.id, coalesce(albums, 0)::int AS album_count, coalesce(songs, 0)::int AS song_count,
    coalesce(performed.popularity, 0)::bigint AS popularity
  FROM ${from.artist} AS artist
  LEFT JOIN (
    SELECT artist_id AS id, count(*) AS albums FROM ${from.artistAlbum} AS own
    WHERE NOT appearance AND ${within('artist_id', ids)} GROUP BY artist_id) AS own USING (id)
  LEFT JOIN (
    SELECT artist_id AS id, count(*) AS songs, sum(song.popularity) AS popularity
    FROM (
      SELECT DISTINCT artist_id, song_id FROM ${from.songCredit} AS credit
      WHERE ${HAS_MAIN_ROLE} AND ${within('artist_id', ids)}) AS credit
    JOIN ${from.song} AS song ON song.id = song_id GROUP BY artist_id) AS performed USING (id)
  WHERE ${within('artist.id', ids)}`

/** A playlist is as popular as its songs are on average. */
export const playlistFigures = (from: Tables, ids: Within): string => `
  SELECT playlist.id, coalesce(items, 0)::int AS item_count, coalesce(timed, 0)::int AS timed_count,
    coalesce(duration, 0)::bigint AS duration_ms, coalesce(contents.popularity, 0)::bigint AS popularity
  FROM ${from.playlist} AS playlist
  LEFT JOIN (
    SELECT playlist_id AS id, count(*) AS items, count(song.duration_ms) AS timed, sum(song.duration_ms) AS duration,
      round(avg(song.popularity)) AS popularity
    FROM ${from.playlistItem} AS item LEFT JOIN ${from.song} AS song ON song.id = song_id
    WHERE ${within('playlist_id', ids)} GROUP BY playlist_id) AS contents USING (id)
  WHERE ${within('playlist.id', ids)}`

/** Genres are few, and counted where they are: an import writes their links before it counts them. */
export const genreFigures = (ids: Within): string => `
  SELECT genre.id, coalesce(albums, 0)::int AS album_count, coalesce(songs, 0)::int AS song_count
  FROM genre
  LEFT JOIN (
    SELECT genre_id AS id, count(*) AS albums FROM album_genre WHERE ${within('genre_id', ids)}
    GROUP BY genre_id) AS albums USING (id)
  LEFT JOIN (
    SELECT genre_id AS id, count(*) AS songs FROM song_genre WHERE ${within('genre_id', ids)}
    GROUP BY genre_id) AS songs USING (id)
  WHERE ${within('genre.id', ids)}`
