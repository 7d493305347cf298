/**
 * The SELECTs of an export: one row per record in file order, with its lists as JSON. `$1` is the catalogue's own source,
 * whose external ids are omitted. Text is ordered by bytes, so that the order is the same on every server.
 */

type ExternalIds = { source: string; value: string }[] | null

const externalIds = (entity: string): string => `
  (SELECT json_agg(json_build_object('source', source, 'value', value) ORDER BY source COLLATE "C", value COLLATE "C")
   FROM ${entity}_external_id WHERE ${entity}_id = ${entity}.id AND source <> $1) AS "externalIds"`

export type CreditRow = { artist: number; own: string; name: string; join: string; role: string }

const credits = (entity: string): string => `
  (SELECT json_agg(json_build_object(
     'artist', artist_id, 'own', name, 'name', credited_name, 'join', join_phrase, 'role', role) ORDER BY position)
   FROM ${entity}_credit AS credit JOIN artist ON artist.id = artist_id WHERE ${entity}_id = ${entity}.id) AS credits`

const genres = (entity: string): string => `
  (SELECT json_agg(genre.name ORDER BY genre.id)
   FROM ${entity}_genre AS link JOIN genre ON genre.id = genre_id WHERE ${entity}_id = ${entity}.id) AS genres`

export type GenreRow = { name: string }
export const selectGenres = 'SELECT name FROM genre ORDER BY id'

export type ArtistRow = {
  id: number
  name: string
  sortName: string
  disambiguation: string
  kind: string | null
  externalIds: ExternalIds
}
export const selectArtists = `
  SELECT id, name, sort_name AS "sortName", disambiguation, kind, ${externalIds('artist')} FROM artist ORDER BY id`

export type SongRow = {
  id: number
  title: string
  disambiguation: string
  durationMs: number | null
  composer: string | null
  /** A bigint, in digits. */
  listens: string
  credits: CreditRow[] | null
  genres: string[] | null
  externalIds: ExternalIds
}
export const selectSongs = `
  SELECT id, title, disambiguation, duration_ms AS "durationMs", composer, listens,
    ${credits('song')}, ${genres('song')}, ${externalIds('song')}
  FROM song ORDER BY id`

export type TrackRow = {
  position: number
  number: string
  title: string
  durationMs: number | null
  song: number
  songTitle: string
  songDurationMs: number | null
}
export type DiscRow = { position: number; title: string; format: string; tracks: TrackRow[] | null }
export type AlbumRow = {
  id: number
  title: string
  disambiguation: string
  kind: string
  year: number | null
  month: number | null
  day: number | null
  label: string | null
  credits: CreditRow[] | null
  genres: string[] | null
  discs: DiscRow[] | null
  externalIds: ExternalIds
}
export const selectAlbums = `
  SELECT id, title, disambiguation, kind, year, month, day, label, ${credits('album')}, ${genres('album')},
    (SELECT json_agg(json_build_object('position', position, 'title', title, 'format', format, 'tracks', (
       SELECT json_agg(json_build_object(
         'position', position, 'number', number, 'title', track.title, 'durationMs', track.duration_ms,
         'song', song_id, 'songTitle', song.title, 'songDurationMs', song.duration_ms) ORDER BY position)
       FROM track JOIN song ON song.id = song_id WHERE disc_id = disc.id)) ORDER BY position)
     FROM disc WHERE album_id = album.id) AS discs,
    ${externalIds('album')}
  FROM album ORDER BY id`

export type ItemRow = { song: number | null; title: string | null; artist: string | null; album: string | null }
export type PlaylistRow = {
  id: number
  name: string
  description: string
  revision: number
  items: ItemRow[] | null
  externalIds: ExternalIds
}
export const selectPlaylists = `
  SELECT id, name, description, revision,
    (SELECT json_agg(json_build_object('song', song_id, 'title', title, 'artist', artist, 'album', album) ORDER BY position)
     FROM playlist_item WHERE playlist_id = playlist.id) AS items,
    ${externalIds('playlist')}
  FROM playlist ORDER BY id`

export type RedirectRow = { entity: string; from: number; to: number }
export const selectRedirects = `
  SELECT entity, "from", "to" FROM (
    ${['artist', 'song', 'album', 'playlist']
      .map(
        (entity, order) =>
          `SELECT ${order} AS kind, '${entity}' AS entity, id AS "from", ${entity}_id AS "to" FROM ${entity}_redirect`,
      )
      .join(' UNION ALL ')}) AS redirect
  ORDER BY kind, "from"`
