import { HAS_MAIN_ROLE } from '@/lib/catalogue/kinds'

/**
 * The definition of each derived figure, shared by imports, refreshes and rebuilds. Each is a SELECT of an id and its
 * figures from the live tables, or from tables of an import with the same columns.
 */

/** The tables that figures are computed from. `place` is a track with its album. */
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

/** A table of the ids to compute; null for all. */
export type IdTable = string | null

const within = (column: string, ids: IdTable): string => (ids ? `${column} IN (SELECT id FROM ${ids})` : 'true')

const creditText = (credits: string, owner: string, ids: IdTable): string => `
  SELECT ${owner} AS id, string_agg(credited_name || join_phrase, '' ORDER BY position) AS credit
  FROM ${credits} WHERE ${HAS_MAIN_ROLE} AND ${within(owner, ids)} GROUP BY ${owner}`

/** Sorts undated albums, whose release key is 0, after the last date, 9999-12-31. */
const UNDATED = 99_999_999

/**
 * A song's album is the one with the earliest date, then the lowest id. Both are packed into one bigint, whose minimum
 * needs no sorting.
 */
export const songFigures = (from: Tables, ids: IdTable): string => `
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

/** Popularity is an average: a sum would put every long album first. */
export const albumFigures = (from: Tables, ids: IdTable): string => `
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

/** Discographies: the artists credited on an album, and those credited only on one of its songs (appearances). */
export const artistAlbums = (from: Tables, albums: IdTable): string => `
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

/** Albums that credit an artist in a role other than `artist`, or have a song that does. Discographies have the rest. */
export const contributions = (from: Tables, albums: IdTable): string => `
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

export const artistFigures = (from: Tables, ids: IdTable): string => `
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

export const playlistFigures = (from: Tables, ids: IdTable): string => `
  SELECT playlist.id, coalesce(items, 0)::int AS item_count, coalesce(timed, 0)::int AS timed_count,
    coalesce(duration, 0)::bigint AS duration_ms, coalesce(contents.popularity, 0)::bigint AS popularity
  FROM ${from.playlist} AS playlist
  LEFT JOIN (
    SELECT playlist_id AS id, count(*) AS items, count(song.duration_ms) AS timed, sum(song.duration_ms) AS duration,
      round(avg(song.popularity)) AS popularity
    FROM ${from.playlistItem} AS item LEFT JOIN ${from.song} AS song ON song.id = song_id
    WHERE ${within('playlist_id', ids)} GROUP BY playlist_id) AS contents USING (id)
  WHERE ${within('playlist.id', ids)}`

/** Always from the live tables: an import writes the links of genres before it counts them. */
export const genreFigures = (ids: IdTable): string => `
  SELECT genre.id, coalesce(albums, 0)::int AS album_count, coalesce(songs, 0)::int AS song_count
  FROM genre
  LEFT JOIN (
    SELECT genre_id AS id, count(*) AS albums FROM album_genre WHERE ${within('genre_id', ids)}
    GROUP BY genre_id) AS albums USING (id)
  LEFT JOIN (
    SELECT genre_id AS id, count(*) AS songs FROM song_genre WHERE ${within('genre_id', ids)}
    GROUP BY genre_id) AS songs USING (id)
  WHERE ${within('genre.id', ids)}`
