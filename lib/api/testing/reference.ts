import type pg from 'pg'

/**
 * The expected items and order of each list, in plain SQL: from the catalogue's own tables instead of the derived
 * figures, and by sorting everything.
 */

/** Adds a value to a statement. @returns its parameter. */
type Bind = (value: unknown) => string
type Filter = (bind: Bind, value: string) => string

const performs = `role IN ('artist', 'featured')`

/** By ids, here and elsewhere. */
const namedBy = (of: string): Record<string, Filter> => {
  const owners = (condition: string) => `id IN (SELECT ${of}_id FROM ${of}_external_id WHERE ${condition})`
  return {
    ids: (bind, ids) => `id = ANY(string_to_array(${bind(ids)}, ',')::int[])`,
    mbid: (bind, mbids) =>
      owners(`source = 'musicbrainz' AND value = ANY(string_to_array(lower(${bind(mbids)}), ','))`),
    isrc: (bind, isrcs) =>
      owners(`source = 'isrc' AND value = ANY(string_to_array(upper(replace(${bind(isrcs)}, '-', '')), ','))`),
    externalId: (bind, text) => owners(`source || ':' || value = ${bind(text)}`),
  }
}

const artistFilters: Record<string, Filter> = {
  ...namedBy('artist'),
  kind: (bind, kinds) => `kind::text = ANY(string_to_array(${bind(kinds)}, ','))`,
  updatedSince: (bind, moment) => `updated_at >= ${bind(moment)}::timestamptz`,
}

const albumDuration = `(
  SELECT coalesce(sum(track.duration_ms), 0) FROM track JOIN disc ON disc.id = disc_id WHERE album_id = album.id)`
const albumFilters: Record<string, Filter> = {
  ...namedBy('album'),
  kind: artistFilters.kind as Filter,
  updatedSince: artistFilters.updatedSince as Filter,
  genre: (bind, slug) =>
    `id IN (SELECT album_id FROM album_genre JOIN genre ON genre.id = genre_id WHERE slug = ANY(string_to_array(${bind(slug)}, ',')))`,
  artist: (bind, artist) =>
    `id IN (SELECT album_id FROM album_credit WHERE artist_id = ${bind(artist)} AND ${performs})`,
  label: (bind, label) => `label = ${bind(label)}`,
  year: (bind, year) => `year = ${bind(year)}`,
  from: (bind, year) => `year >= ${bind(year)}`,
  to: (bind, year) => `year <= ${bind(year)}`,
  minDuration: (bind, least) => `${albumDuration} >= greatest(${bind(least)}, 1)`,
  maxDuration: (bind, most) => `${albumDuration} BETWEEN 1 AND ${bind(most)}`,
  credited: () => 'true',
  role: () => 'true',
}

/** The album that a song is shown with: its earliest dated one. */
const songYear = `(
  SELECT album.year FROM track JOIN disc ON disc.id = disc_id JOIN album ON album.id = album_id
  WHERE song_id = song.id ORDER BY year IS NULL, year, coalesce(month, 0), coalesce(day, 0), album.id LIMIT 1)`
const songFilters: Record<string, Filter> = {
  ...namedBy('song'),
  updatedSince: artistFilters.updatedSince as Filter,
  genre: (bind, slug) =>
    `id IN (SELECT song_id FROM song_genre JOIN genre ON genre.id = genre_id WHERE slug = ANY(string_to_array(${bind(slug)}, ',')))`,
  artist: (bind, artist) => `id IN (SELECT song_id FROM song_credit WHERE artist_id = ${bind(artist)} AND ${performs})`,
  year: (bind, year) => `${songYear} = ${bind(year)}`,
  from: (bind, year) => `${songYear} >= ${bind(year)}`,
  to: (bind, year) => `${songYear} <= ${bind(year)}`,
  minDuration: (bind, least) => `duration_ms >= greatest(${bind(least)}, 1)`,
  maxDuration: (bind, most) => `duration_ms BETWEEN 1 AND ${bind(most)}`,
  role: () => 'true',
}
const playlistFilters: Record<string, Filter> = {
  ...namedBy('playlist'),
  updatedSince: artistFilters.updatedSince as Filter,
}

const newestAlbum = 'year DESC NULLS LAST, month DESC NULLS LAST, day DESC NULLS LAST, id DESC'
const sorts: Record<string, Record<string, string>> = {
  artist: { id: 'id', name: 'sort_key COLLATE "C", id', newest: 'id DESC', popular: 'popularity DESC, id DESC' },
  album: {
    id: 'id',
    newest: newestAlbum,
    title: 'sort_key COLLATE "C", id',
    popular: 'popularity DESC, id DESC',
    longest: `${albumDuration} DESC, id DESC`,
  },
  song: {
    id: 'id',
    popular:
      '(listens + (SELECT count(DISTINCT playlist_id) FROM playlist_item WHERE song_id = song.id)) DESC, id DESC',
    title: 'sort_key COLLATE "C", id',
    newest: `(
      SELECT year * 10000 + coalesce(month, 0) * 100 + coalesce(day, 0) FROM album WHERE id = song.album_id
    ) DESC NULLS LAST, id DESC`,
    longest: 'coalesce(duration_ms, 0) DESC, id DESC',
  },
  playlist: {
    id: 'id',
    name: 'sort_key COLLATE "C", id',
    newest: 'id DESC',
    popular: 'popularity DESC, id DESC',
    longest: 'duration_ms DESC, id DESC',
  },
  genre: { slug: 'slug COLLATE "C"' },
  deletion: { '': 'id' },
}

const credits = (bind: Bind, role: string | undefined) => (role === undefined ? performs : `role::text = ${bind(role)}`)
const onSleeve = (bind: Bind, id: string, role?: string) =>
  `id IN (SELECT album_id FROM album_credit WHERE artist_id = ${bind(id)} AND ${credits(bind, role)})`
const onSongs = (bind: Bind, id: string, role?: string) => `id IN (
  SELECT album_id FROM disc JOIN track ON disc_id = disc.id JOIN song_credit USING (song_id)
  WHERE artist_id = ${bind(id)} AND ${credits(bind, role)})`

type Reference = {
  table: string
  /** The key of a row; its id by default. */
  key?: string
  filters?: Record<string, Filter>
  /** The condition for lists inside a resource. */
  within?: (bind: Bind, of: string, query: Record<string, string>) => string
}

const artists = { table: 'artist', filters: artistFilters }
const albums = { table: 'album', filters: albumFilters }
const songs = { table: 'song', filters: songFilters }
const playlists = { table: 'playlist', filters: playlistFilters }
const genres = { table: 'genre' }

/** By the operation's id. */
const references: Record<string, Reference> = {
  listArtists: artists,
  listAlbums: albums,
  listSongs: songs,
  listPlaylists: playlists,
  listGenres: genres,
  listArtistAlbums: {
    ...albums,
    within: (bind, id, { role, credited = role === undefined ? 'sleeve' : 'any' }) => {
      if (credited === 'any') return `(${onSleeve(bind, id, role)} OR ${onSongs(bind, id, role)})`
      return credited === 'songs'
        ? `${onSongs(bind, id, role)} AND NOT ${onSleeve(bind, id, role)}`
        : onSleeve(bind, id, role)
    },
  },
  listArtistSongs: {
    ...songs,
    within: (bind, id, { role }) =>
      `id IN (SELECT song_id FROM song_credit WHERE artist_id = ${bind(id)} AND ${credits(bind, role)})`,
  },
  listAlbumArtists: {
    ...artists,
    within: (bind, id) => `id IN (SELECT artist_id FROM album_credit WHERE album_id = ${bind(id)})`,
  },
  listAlbumGenres: {
    ...genres,
    within: (bind, id) => `id IN (SELECT genre_id FROM album_genre WHERE album_id = ${bind(id)})`,
  },
  listSongAlbums: {
    ...albums,
    within: (bind, id) =>
      `id IN (SELECT album_id FROM disc JOIN track ON disc_id = disc.id WHERE song_id = ${bind(id)})`,
  },
  listSongArtists: {
    ...artists,
    within: (bind, id) => `id IN (SELECT artist_id FROM song_credit WHERE song_id = ${bind(id)})`,
  },
  listSongGenres: {
    ...genres,
    within: (bind, id) => `id IN (SELECT genre_id FROM song_genre WHERE song_id = ${bind(id)})`,
  },
  listSongPlaylists: {
    ...playlists,
    within: (bind, id) => `id IN (SELECT playlist_id FROM playlist_item WHERE song_id = ${bind(id)})`,
  },
  listGenreAlbums: { ...albums, within: albumFilters.genre as Filter },
  listDeletions: {
    table: 'deletion',
    key: "kind || ' ' || entity_id",
    filters: {
      kind: artistFilters.kind as Filter,
      updatedSince: (bind, moment) => `deleted_at >= ${bind(moment)}::timestamptz`,
    },
  },
  listGenreSongs: { ...songs, within: songFilters.genre as Filter },
}

/** Lists of what has no id of its own: their rows as texts, in their order. */
const parts: Record<string, string> = {
  listAlbumTracks: `
    SELECT disc.position || '.' || track.position AS key FROM disc JOIN track ON disc_id = disc.id
    WHERE album_id = $1 ORDER BY disc.position, track.position`,
  listAlbumCredits: `SELECT credited_name || join_phrase || role AS key FROM album_credit WHERE album_id = $1 ORDER BY position`,
  listSongCredits: `SELECT credited_name || join_phrase || role AS key FROM song_credit WHERE song_id = $1 ORDER BY position`,
  listPlaylistItems: 'SELECT position::text AS key FROM playlist_item WHERE playlist_id = $1 ORDER BY position',
}

const text = (value: unknown): string => String(value ?? '')

/** The key of an item, as in `expected`. */
export function keyOf(operation: string, item: { [name: string]: unknown }): string {
  if (operation === 'listAlbumTracks') {
    const { disc, position } = item as { disc: { position: number }; position: number }
    return `${disc.position}.${position}`
  }
  if (operation.endsWith('Credits')) return text(item.name) + text(item.joinPhrase) + text(item.role)
  if (operation === 'listDeletions') return `${text(item.kind)} ${text(item.id)}`
  return text(operation === 'listPlaylistItems' ? item.position : item.id)
}

/** The keys of all items of a list, in order. @param of the id or slug in its path. */
export async function expected(
  pool: pg.Pool,
  operation: string,
  { of, query = {} }: { of?: string | undefined; query?: Record<string, string> } = {},
): Promise<string[]> {
  const part = parts[operation]
  if (part) return (await pool.query<{ key: string }>(part, [of])).rows.map(({ key }) => key)
  const { table, key = 'id', filters = {}, within } = references[operation] ?? {}
  if (!table) throw new Error(`${operation} has no reference`)
  const values: unknown[] = []
  const bind: Bind = (value) => `$${values.push(value)}`
  const { sort = Object.keys(sorts[table] ?? {})[0] ?? '', ...narrowed } = query
  const [by, isReversed] = sort.startsWith('-') ? [sort.slice(1), true] : [sort, false]
  const conditions = [
    ...(within ? [within(bind, of ?? '', query)] : []),
    ...Object.entries(narrowed).map(([name, value]) => {
      const filter = filters[name]
      if (!filter) throw new Error(`${operation} has a filter ${name} without a reference`)
      return filter(bind, value)
    }),
  ]
  const { rows } = await pool.query<{ key: number | string }>(
    `SELECT ${key} AS key FROM ${table} WHERE ${conditions.join(' AND ') || 'true'} ORDER BY ${sorts[table]?.[by]}`,
    values,
  )
  const keys = rows.map(({ key: of }) => `${of}`)
  return isReversed ? keys.toReversed() : keys
}
