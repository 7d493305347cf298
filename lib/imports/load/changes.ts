import { findAmendedPlaces } from './places'
import { type Entity, entities, isAbsent, makeTable, run, type Session } from './session'

/**
 * Finds what a newer file changes. Absent fields stay. Fields are compared by value, and the rows of owned tables (a
 * song's credits, an album's tracks) as sets, so that the same file again changes nothing.
 */

/** The columns of each field, in the live tables and the `new_` ones. */
export const fields: Record<Entity, Record<string, string[]>> = {
  artist: { name: ['name'], sortName: ['sort_name'], disambiguation: ['disambiguation'], kind: ['kind'] },
  album: {
    title: ['title'],
    disambiguation: ['disambiguation'],
    kind: ['kind'],
    date: ['year', 'month', 'day'],
    label: ['label'],
  },
  song: {
    title: ['title'],
    disambiguation: ['disambiguation'],
    durationMs: ['duration_ms'],
    composer: ['composer'],
    listens: ['listens'],
  },
  playlist: { name: ['name'], description: ['description'] },
}

export const columnsOf = (entity: Entity): string[] => Object.values(fields[entity]).flat()

/** A table whose rows belong to an entity. `field` is its name in records, `live` a SELECT with the same columns. */
type OwnedTable = { of: Entity; field: string; columns: string[]; live?: string }

/** If one row of an owner differs, all its rows in the table are replaced. */
export const ownedTables = {
  album_credit: {
    of: 'album',
    field: 'credits',
    columns: ['position', 'artist_id', 'credited_name', 'join_phrase', 'role'],
  },
  album_genre: { of: 'album', field: 'genres', columns: ['genre_id'] },
  disc: { of: 'album', field: 'discs', columns: ['position', 'title', 'format'] },
  track: {
    of: 'album',
    field: 'discs',
    columns: ['disc', 'position', 'number', 'title', 'duration_ms', 'song_id'],
    live: `(SELECT album_id, disc.position AS disc, track.position, track.number, track.title, track.duration_ms, song_id
            FROM track JOIN disc ON disc.id = disc_id)`,
  },
  song_credit: {
    of: 'song',
    field: 'credits',
    columns: ['position', 'artist_id', 'credited_name', 'join_phrase', 'role'],
  },
  song_genre: { of: 'song', field: 'genres', columns: ['genre_id'] },
  playlist_item: { of: 'playlist', field: 'items', columns: ['position', 'song_id', 'title', 'artist', 'album'] },
} satisfies Record<string, OwnedTable>

/**
 * Makes `stale_<table>` (ids of owners whose rows in the table differ), `changed_<entity>` (ids of things that differ in
 * any way) and `retitled_album`.
 */
export async function findChanges(session: Session): Promise<void> {
  await makeTable(
    session,
    'retitled_album',
    'SELECT id FROM new_album AS new JOIN album AS old USING (id) WHERE NOT new.created AND new.title <> old.title',
  )
  for (const entity of entities) {
    const known = await run<{ any: boolean }>(session, `SELECT EXISTS (SELECT FROM found_${entity}) AS any`)
    const any = known.rows[0]?.any ?? false
    const stale = Object.entries<OwnedTable>(ownedTables).filter(([, part]) => part.of === entity)
    for (const [table, part] of stale) await makeTable(session, `stale_${table}`, any ? differing(table, part) : NONE)
    // Tracks are deleted and inserted with their discs.
    if (entity === 'album')
      await run(session, 'INSERT INTO stale_disc SELECT id FROM stale_track EXCEPT SELECT id FROM stale_disc')
    await makeTable(
      session,
      `changed_${entity}`,
      any
        ? changed(
            session,
            entity,
            stale.map(([table]) => table),
          )
        : NONE,
    )
  }
  if (session.isShared) await findAmendedRows(session)
}

const NONE = 'SELECT 0 AS id WHERE false'

/** Fills `amended_row`. An album's tracks and genres don't count: other rows change them. */
async function findAmendedRows(session: Session): Promise<void> {
  await findAmendedPlaces(session)
  await run(
    session,
    `INSERT INTO amended_row
     SELECT file, line FROM in_album JOIN new_album USING (n)
     WHERE shared AND id IN (${changed(session, 'album', ['album_credit'])})
     UNION
     SELECT file, line FROM in_artist JOIN new_artist USING (n) WHERE shared AND id IN (SELECT id FROM changed_artist)`,
  )
}

/** A SELECT of known owners whose rows differ, among those whose field is in the file. */
function differing(table: string, { of, field, columns, live = table }: OwnedTable): string {
  const [before, after] = [live, `new_${table}`].map(
    (from) => `SELECT ${of}_id AS id, ${columns.join(', ')} FROM ${from} AS part
               WHERE ${of}_id IN (SELECT id FROM found_${of} JOIN in_${of} USING (n) WHERE NOT ${isAbsent(field)})`,
  )
  return `SELECT DISTINCT id FROM (
    (${before} EXCEPT ALL ${after}) UNION ALL (${after} EXCEPT ALL ${before})) AS difference`
}

function changed(session: Session, entity: Entity, stale: string[]): string {
  const row = (of: string) =>
    columnsOf(entity)
      .map((column) => `${of}.${column}`)
      .join(', ')
  return [
    `SELECT new.id FROM new_${entity} AS new JOIN ${entity} AS old USING (id)
     WHERE NOT new.created AND (${row('new')}) IS DISTINCT FROM (${row('old')})`,
    ...stale.map((table) => `SELECT id FROM stale_${table}`),
    `SELECT id FROM (${addedExternalIds(entity, session)}) AS added`,
  ].join(' UNION ')
}

/** A SELECT of new external ids of known things. */
export const addedExternalIds = (entity: Entity, { lineage }: Session): string => `
  SELECT source, value, id FROM (
    ${lineage === 'foreign' ? `SELECT $1 AS source, key AS value, id FROM new_${entity} WHERE NOT created UNION` : ''}
    SELECT source, value, id FROM in_${entity}_external_id JOIN new_${entity} USING (n) WHERE NOT created) AS listed
  WHERE NOT EXISTS (
    SELECT FROM ${entity}_external_id AS known WHERE known.source = listed.source AND known.value = listed.value)`
