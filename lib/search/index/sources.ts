import type { ClientBase } from 'pg'
import { colourNames } from '@/lib/catalogue/artwork/colour-names'
import { HAS_MAIN_ROLE } from '@/lib/catalogue/kinds'
import { type Kind, kinds } from '@/lib/search/text/parse'
import { MAX_ALIASES, type Source } from './document'

/** Reads the entities of the catalogue for the index. */

/** Rows that are read at a time: folding them blocks the event loop. */
const BATCH = 1_000

/** Conditions for the rows after an id, and for rows by their ids. */
const conditions = { after: 'id > $1::int ORDER BY id LIMIT $2::int', ids: 'id = ANY($1::int[])' }
type Condition = keyof typeof conditions

/** The length of an album or a playlist, if the lengths of all its tracks are known. */
const totalLength = (rows: string): string =>
  `CASE WHEN timed_count > 0 AND timed_count = ${rows} THEN least(duration_ms, 2147483647)::int END AS "durationMs"`

/** Names in credits are aliases of an artist. */
const selects: Record<Kind, (where: string) => string> = {
  artist: (where) => `
    SELECT id, name, sort_name || ARRAY(
        SELECT credited_name FROM album_credit WHERE artist_id = artist.id AND credited_name <> name
        UNION SELECT credited_name FROM song_credit WHERE artist_id = artist.id AND credited_name <> name
        ORDER BY credited_name LIMIT ${MAX_ALIASES - 1}) AS aliases, '' AS credit, '' AS album, '' AS label, '' AS composer, NULL::int AS year, NULL::int AS released, NULL AS form,
      NULL::int AS "durationMs", '{}'::int[] AS genres, ARRAY[id] AS artists, '{}'::int[] AS colours,
      popularity::float8 AS score
    FROM artist WHERE ${where}`,
  album: (where) => `
    SELECT id, title AS name, '{}'::text[] AS aliases, credit, '' AS album, coalesce(label, '') AS label, '' AS composer, year,
      nullif(release_key, 0) AS released, kind::text AS form,
      ${totalLength('track_count')},
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
      ${totalLength('item_count')}, '{}'::int[] AS genres, '{}'::int[] AS artists, '{}'::int[] AS colours,
      popularity::float8 AS score
    FROM playlist WHERE ${where}`,
  genre: (where) => `
    SELECT id, name, '{}'::text[] AS aliases, '' AS credit, '' AS album, '' AS label, '' AS composer, NULL::int AS year, NULL::int AS released, NULL AS form,
      NULL::int AS "durationMs", ARRAY[id] AS genres, '{}'::int[] AS artists, '{}'::int[] AS colours,
      song_count::float8 AS score
    FROM genre WHERE ${where}`,
}

type Row = Omit<Source, 'kind'>

const read = async (client: ClientBase, kind: Kind, by: Condition, values: unknown[]): Promise<Source[]> => {
  const { rows } = await client.query<Row>({
    name: `search ${kind} ${by}`,
    text: selects[kind](conditions[by]),
    values,
  })
  return rows.map((row) => ({ kind, ...row }))
}

/** Reads all entities in batches, each while the caller uses the one before. */
export async function* readSources(client: ClientBase): AsyncGenerator<Source[], void> {
  for (const kind of kinds) {
    const readAfter = (last: number) => {
      const reading = read(client, kind, 'after', [last, BATCH])
      // The caller may stop before it needs this batch.
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

/** The entities with these ids that exist. */
export const readSome = (client: ClientBase, kind: Kind, ids: number[]): Promise<Source[]> =>
  read(client, kind, 'ids', [ids])
