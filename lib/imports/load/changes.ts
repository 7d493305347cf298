import { type Entity, entities, makeTable, run, type Session } from './session'

/**
 * What a newer file changes of things that the catalogue has. Compared as sets, fields by their values and parts (a
 * song's credits, an album's tracks) as they are in order; so a file that says nothing new changes nothing.
 */

/** The fields of each, as the live tables and the `new_` ones have them. */
export const fields: Record<Entity, string[]> = {
  artist: ['name', 'sort_name', 'disambiguation', 'kind'],
  album: ['title', 'disambiguation', 'kind', 'year', 'month', 'day', 'label'],
  song: ['title', 'disambiguation', 'duration_ms', 'composer', 'listens'],
  playlist: ['name', 'description'],
}

type Part = { of: Entity; columns: string[]; live?: string }

/** The parts that belong to each. Where one differs, all of the kind are written anew. */
export const parts = {
  album_credit: { of: 'album', columns: ['position', 'artist_id', 'credited_name', 'join_phrase', 'role'] },
  album_genre: { of: 'album', columns: ['genre_id'] },
  disc: { of: 'album', columns: ['position', 'title', 'format'] },
  track: {
    of: 'album',
    columns: ['disc', 'position', 'number', 'title', 'duration_ms', 'song_id'],
    live: `(SELECT album_id, disc.position AS disc, track.position, track.number, track.title, track.duration_ms, song_id
            FROM track JOIN disc ON disc.id = disc_id)`,
  },
  song_credit: { of: 'song', columns: ['position', 'artist_id', 'credited_name', 'join_phrase', 'role'] },
  song_genre: { of: 'song', columns: ['genre_id'] },
  playlist_item: { of: 'playlist', columns: ['position', 'song_id', 'title', 'artist', 'album'] },
} satisfies Record<string, Part>

/**
 * Makes `stale_<part>` (ids of owners whose parts differ), `changed_<entity>` (ids of what differs at all) and
 * `retitled_album`.
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
    const stale = Object.entries<Part>(parts).filter(([, part]) => part.of === entity)
    for (const [table, part] of stale)
      await makeTable(session, `stale_${table}`, any ? differing(table, part) : 'SELECT 0 AS id WHERE false')
    // Tracks go and come with their discs.
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
        : 'SELECT 0 AS id WHERE false',
    )
  }
}

function differing(table: string, { of, columns, live = table }: Part): string {
  const [before, after] = [live, `new_${table}`].map(
    (from) => `SELECT ${of}_id AS id, ${columns.join(', ')} FROM ${from} AS part
               WHERE ${of}_id IN (SELECT id FROM found_${of})`,
  )
  return `SELECT DISTINCT id FROM (
    (${before} EXCEPT ALL ${after}) UNION ALL (${after} EXCEPT ALL ${before})) AS difference`
}

function changed(session: Session, entity: Entity, stale: string[]): string {
  const row = (of: string) => fields[entity].map((field) => `${of}.${field}`).join(', ')
  return [
    `SELECT new.id FROM new_${entity} AS new JOIN ${entity} AS old USING (id)
     WHERE NOT new.created AND (${row('new')}) IS DISTINCT FROM (${row('old')})`,
    ...stale.map((table) => `SELECT id FROM stale_${table}`),
    `SELECT id FROM (${addedExternalIds(entity, session)}) AS added`,
  ].join(' UNION ')
}

/** External ids that things which the catalogue has get from the file. */
export const addedExternalIds = (entity: Entity, { lineage }: Session): string => `
  SELECT source, value, id FROM (
    ${lineage === 'foreign' ? `SELECT $1 AS source, key AS value, id FROM new_${entity} WHERE NOT created UNION` : ''}
    SELECT source, value, id FROM in_${entity}_external_id JOIN new_${entity} USING (n) WHERE NOT created) AS listed
  WHERE NOT EXISTS (
    SELECT FROM ${entity}_external_id AS known WHERE known.source = listed.source AND known.value = listed.value)`
