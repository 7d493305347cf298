import type { ClientBase } from 'pg'
import { colourNames } from '@/lib/catalogue/artwork/colour-names'
import { ALL, MOST_CHANGES } from '@/lib/catalogue/change-log'
import { HAS_MAIN_ROLE } from '@/lib/catalogue/kinds'
import { type Kind, kinds } from '@/lib/search/text/parse'
import { INDEX_VERSION, MOST_ALIASES, type Source } from './document'

/** What is indexed, as it stands in the catalogue. */

/** Rows that are read at a time: folding them must not keep a site from answering. */
const BATCH = 1_000

/** Which rows: those behind an id, or those with the ids of an array. */
const among = { after: 'id > $1::int ORDER BY id LIMIT $2::int', ids: 'id = ANY($1::int[])' }
type Among = keyof typeof among

/** A total in which lengths are missing says nothing about how long an album or a playlist is. */
const wholeLength = (rows: string): string =>
  `CASE WHEN timed_count > 0 AND timed_count = ${rows} THEN least(duration_ms, 2147483647)::int END AS "durationMs"`

/** An artist is known by the names that stand on sleeves, too. */
const selects: Record<Kind, (where: string) => string> = {
  artist: (where) => `
    SELECT id, name, sort_name || ARRAY(
        SELECT credited_name FROM album_credit WHERE artist_id = artist.id AND credited_name <> name
        UNION SELECT credited_name FROM song_credit WHERE artist_id = artist.id AND credited_name <> name
        ORDER BY credited_name LIMIT ${MOST_ALIASES - 1}) AS aliases, '' AS credit, '' AS album, '' AS label, '' AS composer, NULL::int AS year, NULL::int AS released, NULL AS form,
      NULL::int AS "durationMs", '{}'::int[] AS genres, ARRAY[id] AS artists, '{}'::int[] AS colours,
      popularity::float8 AS score
    FROM artist WHERE ${where}`,
  album: (where) => `
    SELECT id, title AS name, '{}'::text[] AS aliases, credit, '' AS album, coalesce(label, '') AS label, '' AS composer, year,
      nullif(release_key, 0) AS released, kind::text AS form,
      ${wholeLength('track_count')},
      ARRAY(SELECT genre_id FROM album_genre WHERE album_id = album.id) AS genres,
      ARRAY(SELECT DISTINCT artist_id FROM album_credit
        WHERE album_id = album.id AND ${HAS_MAIN_ROLE} LIMIT 50) AS artists,
      ARRAY(SELECT colour - 1 FROM album_colour
        WHERE album_id = album.id AND colour <= ${colourNames.length}) AS colours,
      popularity::float8 AS score
    FROM album WHERE ${where}`,
  song: (where) => `
    SELECT id, title AS name, '{}'::text[] AS aliases, credit,
      coalesce((SELECT title FROM album WHERE album.id = song.album_id), '') AS album, '' AS label,
      concat_ws(' ', composer, (SELECT string_agg(credited_name, ' ' ORDER BY position) FROM song_credit
        WHERE song_id = song.id AND role IN ('composer', 'lyricist'))) AS composer,
      nullif(release_key / 10000, 0) AS year, nullif(release_key, 0) AS released, NULL AS form, duration_ms AS "durationMs",
      ARRAY(SELECT genre_id FROM song_genre WHERE song_id = song.id) AS genres,
      ARRAY(SELECT DISTINCT artist_id FROM song_credit
        WHERE song_id = song.id AND ${HAS_MAIN_ROLE} LIMIT 50) AS artists, '{}'::int[] AS colours,
      popularity::float8 AS score
    FROM song WHERE ${where}`,
  playlist: (where) => `
    SELECT id, name, '{}'::text[] AS aliases, '' AS credit, '' AS album, '' AS label, '' AS composer, NULL::int AS year, NULL::int AS released, NULL AS form,
      ${wholeLength('item_count')}, '{}'::int[] AS genres, '{}'::int[] AS artists, '{}'::int[] AS colours,
      popularity::float8 AS score
    FROM playlist WHERE ${where}`,
  genre: (where) => `
    SELECT id, name, '{}'::text[] AS aliases, '' AS credit, '' AS album, '' AS label, '' AS composer, NULL::int AS year, NULL::int AS released, NULL AS form,
      NULL::int AS "durationMs", ARRAY[id] AS genres, '{}'::int[] AS artists, '{}'::int[] AS colours,
      song_count::float8 AS score
    FROM genre WHERE ${where}`,
}

type Row = Omit<Source, 'kind'>

const read = async (client: ClientBase, kind: Kind, way: Among, values: unknown[]): Promise<Source[]> => {
  const { rows } = await client.query<Row>({ name: `search ${kind} ${way}`, text: selects[kind](among[way]), values })
  return rows.map((row) => ({ kind, ...row }))
}

/** All that is indexed, in parts, each read while the one before is used. */
export async function* readSources(client: ClientBase): AsyncGenerator<Source[], void> {
  for (const kind of kinds) {
    const readAfter = (last: number) => {
      const reading = read(client, kind, 'after', [last, BATCH])
      // Whoever has gone does not hear of it.
      reading.catch(() => {})
      return reading
    }
    for (let next: Promise<Source[]> | undefined = readAfter(0); next; ) {
      const rows: Source[] = await next
      next = rows.length < BATCH ? undefined : readAfter(rows.at(-1)?.id ?? 0)
      if (rows.length > 0) yield rows
    }
  }
}

/** What is there of the things with these ids. */
export const readSome = (client: ClientBase, kind: Kind, ids: number[]): Promise<Source[]> =>
  read(client, kind, 'ids', [ids])

export type Work = {
  /** Whether there is an index. */
  isBuilt: boolean
  /** Whether all of it is to be built, or else some of it changed. */
  isAll: boolean
  isSome: boolean
  /** Whether all of it is more than is done beside other work. */
  isMuch: boolean
}

const IS_ALL = `built_at IS NULL OR version < ${INDEX_VERSION} OR EXISTS (SELECT FROM catalogue_change WHERE kind = '${ALL}')`

/** What is to be done; counts nothing, for it is asked often. */
export async function workToDo(client: Pick<ClientBase, 'query'>): Promise<Work> {
  const { rows } = await client.query<Work>(
    `SELECT is_built AS "isBuilt", is_all AS "isAll", EXISTS (SELECT FROM catalogue_change) AS "isSome",
       is_all AND song_count + album_count + artist_count > $1 AS "isMuch"
     FROM (SELECT built_at IS NOT NULL AS is_built, ${IS_ALL} AS is_all FROM search_state) AS state, catalogue`,
    [MOST_CHANGES],
  )
  return rows[0] ?? { isBuilt: false, isAll: false, isSome: false, isMuch: false }
}

export type IndexStatus = {
  /** When all of it was built; null before the first time. */
  builtAt: Date | null
  documents: number
  /** Changes that are not in it yet. */
  pending: number
  bytes: number
}

export async function indexStatus(client: Pick<ClientBase, 'query'>): Promise<IndexStatus> {
  const { rows } = await client.query<IndexStatus>(
    `SELECT built_at AS "builtAt", (SELECT count(*)::int FROM search_document) AS documents,
       (SELECT count(*)::int FROM catalogue_change) AS pending,
       (pg_total_relation_size('search_document') + pg_total_relation_size('search_word'))::float8 AS bytes
     FROM search_state`,
  )
  return rows[0] ?? { builtAt: null, documents: 0, pending: 0, bytes: 0 }
}
