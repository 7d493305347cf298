/**
 * The staging tables hold the records of the files, with the files' keys. They are temporary, so they end with the
 * session. `n` numbers the things of a kind in file order, `file` and `line` are their origin, and `absent` lists the fields
 * that the file lacks.
 */

const from = 'file smallint NOT NULL, line int NOT NULL'
const thing = `n int NOT NULL, ${from}, shared bool NOT NULL, absent text[] NOT NULL, key text NOT NULL`
const credit =
  'n int NOT NULL, position smallint NOT NULL, artist text NOT NULL, name text, join_phrase text NOT NULL, role credit_role NOT NULL'
const externalId = 'n int NOT NULL, source text NOT NULL, value text NOT NULL'
const genre = 'n int NOT NULL, name text NOT NULL'
const sortKey = 'sort_key text COLLATE "C" NOT NULL'

export const stagingTables = {
  in_artist: `${thing}, name text, sort_name text, disambiguation text, kind artist_kind, ${sortKey}`,
  in_artist_external_id: externalId,
  in_genre: genre,
  in_song: `${thing}, title text, disambiguation text, duration_ms int, composer text, listens bigint, ${sortKey}`,
  in_song_credit: credit,
  in_song_genre: genre,
  in_song_external_id: externalId,
  in_album: `${thing}, title text, disambiguation text, kind album_kind, year smallint, month smallint, day smallint,
    label text, ${sortKey}`,
  in_album_credit: credit,
  in_album_genre: genre,
  in_album_external_id: externalId,
  in_disc: 'n int NOT NULL, position smallint NOT NULL, title text NOT NULL, format text NOT NULL',
  // Null means the song's value, unless `own_duration` is set: then the duration is unknown.
  in_track: `n int NOT NULL, disc smallint NOT NULL, position int NOT NULL, number text, title text,
    own_duration bool NOT NULL, duration_ms int, song text NOT NULL`,
  in_place: `n int NOT NULL, ${from}, album text NOT NULL, song text NOT NULL, disc smallint, number int,
    printed text, title text, duration_ms int, inherits_credits bool NOT NULL`,
  in_playlist: `${thing}, name text, description text, revision int, ${sortKey}`,
  in_playlist_external_id: externalId,
  in_playlist_item: 'n int NOT NULL, position int NOT NULL, song text, title text, artist text, album text',
  in_entry: `n int NOT NULL, ${from}, playlist text NOT NULL, song text NOT NULL`,
  in_redirect: `n int NOT NULL, ${from}, entity text NOT NULL, old_id int NOT NULL, key text NOT NULL`,
  // Invalid rows; `entity` and `key` if the row describes a known thing.
  in_fault: `${from}, entity text, key text, field text NOT NULL, expected text NOT NULL`,
  // Rows merged into an earlier row with the same song.
  in_merged: `${from}, into_file smallint NOT NULL, into_line int NOT NULL`,
  // Rows that changed their place, or a shared album or artist.
  amended_row: `${from}`,
  // The results of genre and redirect rows.
  genre_row: 'created bool NOT NULL',
  redirect_row: 'created bool NOT NULL, updated bool NOT NULL',
  // The discs and tracks of albums that rows place songs on.
  placed_disc: 'album_id int NOT NULL, position smallint NOT NULL, title text NOT NULL, format text NOT NULL',
  placed: `album_id int NOT NULL, disc smallint NOT NULL, position int NOT NULL, number text NOT NULL, title text NOT NULL,
    duration_ms int, song_id int NOT NULL`,
  // Original rows, for the file of rejected rows.
  in_row: `${from}, text text NOT NULL`,
} as const

export type StagingTable = keyof typeof stagingTables

export const createStagingTables = Object.entries(stagingTables)
  .map(([name, columns]) => `CREATE TEMP TABLE ${name} (${columns});`)
  .join('\n')
