import { addedExternalIds, columnsOf, ownedTables } from './changes'
import { type Entity, entities, findByKey, run, type Session, type Step } from './session'

/** Writes new and changed rows. Referenced tables come first. */
export const writeSteps: Step[] = [
  { what: 'Writing artists', share: 1, run: (session) => writeEntity(session, 'artist') },
  { what: 'Writing albums', share: 1, run: (session) => writeEntity(session, 'album') },
  { what: 'Writing songs', share: 5, run: (session) => writeEntity(session, 'song') },
  { what: 'Writing album credits', share: 1, run: (session) => writeOwned(session, 'album_credit') },
  {
    what: 'Writing album genres',
    share: 2,
    run: (session) => writeOwned(session, 'album_genre', genreCopies('album')),
  },
  { what: 'Writing discs', share: 1, run: (session) => writeOwned(session, 'disc') },
  { what: 'Writing tracks', share: 4, run: writeTracks },
  { what: 'Writing song credits', share: 4, run: (session) => writeOwned(session, 'song_credit', popularities) },
  { what: 'Writing song genres', share: 1, run: (session) => writeOwned(session, 'song_genre', genreCopies('song')) },
  { what: 'Writing discographies', share: 3, run: writeDiscographies },
  { what: 'Writing playlists', share: 0, run: (session) => writeEntity(session, 'playlist') },
  { what: 'Writing playlist items', share: 1, run: (session) => writeOwned(session, 'playlist_item') },
  { what: 'Writing external ids', share: 8, run: writeExternalIds },
  { what: 'Writing redirects', share: 0, run: writeRedirects },
  { what: 'Writing ids', share: 0, run: advanceSequences },
]

/** Derived columns, and their updates when fields change. */
const derived: Record<Entity, { insert: string[]; update: string }> = {
  artist: { insert: ['sort_key', 'album_count', 'song_count', 'popularity'], update: 'sort_key = new.sort_key' },
  album: {
    insert: [
      'sort_key',
      'release_key',
      'credit',
      'disc_count',
      'track_count',
      'timed_count',
      'duration_ms',
      'popularity',
    ],
    update: 'sort_key = new.sort_key, release_key = new.release_key',
  },
  song: {
    insert: [
      'sort_key',
      'length_key',
      'credit',
      'album_id',
      'release_key',
      'album_count',
      'playlist_count',
      'popularity',
    ],
    update: 'sort_key = new.sort_key, length_key = new.length_key',
  },
  playlist: {
    insert: ['sort_key', 'revision', 'item_count', 'timed_count', 'duration_ms', 'popularity'],
    update: 'sort_key = new.sort_key, revision = greatest(old.revision + 1, new.revision)',
  },
}

async function writeEntity(session: Session, entity: Entity): Promise<void> {
  const columns = ['id', ...columnsOf(entity), ...derived[entity].insert].join(', ')
  await run(
    session,
    `INSERT INTO ${entity} (${columns}) SELECT ${columns} FROM new_${entity} JOIN figures_${entity} USING (id) WHERE created`,
  )
  // An export restores deleted things under their old id.
  if (session.lineage === 'own')
    await run(
      session,
      `DELETE FROM deletion AS old USING new_${entity} AS new
       WHERE created AND old.kind = '${entity}' AND old.entity_id = new.id`,
    )
  await run(
    session,
    `UPDATE ${entity} AS old SET ${columnsOf(entity)
      .map((column) => `${column} = new.${column}`)
      .join(', ')},
       ${derived[entity].update}, updated_at = now()
     FROM new_${entity} AS new WHERE new.id = old.id AND old.id IN (SELECT id FROM changed_${entity})`,
  )
}

type SimpleOwnedTable = Exclude<keyof typeof ownedTables, 'track'>
type CopiedColumns = { columns: string[]; from: string }
const genreCopies = (of: 'album' | 'song'): CopiedColumns => ({
  columns: ['release_key', 'popularity', 'sort_key'],
  from: `JOIN (new_${of} JOIN figures_${of} USING (id)) AS owner ON owner.id = ${of}_id`,
})
const popularities: CopiedColumns = {
  columns: ['song_popularity'],
  from: 'JOIN (SELECT id, popularity AS song_popularity FROM figures_song) AS owner ON owner.id = song_id',
}

const unless = (column: string, ids: string): string =>
  `NOT EXISTS (SELECT FROM (${ids}) AS kept WHERE kept.id = ${column})`

/** Writes the rows of new owners, and replaces those of owners whose rows differ. */
async function writeOwned(
  session: Session,
  table: SimpleOwnedTable,
  extra: CopiedColumns = { columns: [], from: '' },
): Promise<void> {
  const { of, columns } = ownedTables[table]
  const own = [`${of}_id`, ...columns]
  const values = [...own.map((column) => `part.${column}`), ...extra.columns.map((column) => `owner.${column}`)]
  await run(session, `DELETE FROM ${table} WHERE ${of}_id IN (SELECT id FROM stale_${table})`)
  await run(
    session,
    `INSERT INTO ${table} (${[...own, ...extra.columns].join(', ')})
     SELECT ${values.join(', ')} FROM new_${table} AS part ${extra.from}
     WHERE ${unless(`part.${of}_id`, `SELECT id FROM found_${of} EXCEPT SELECT id FROM stale_${table}`)}`,
  )
}

/** Tracks are deleted and inserted with their discs. */
function writeTracks(session: Session) {
  return run(
    session,
    `INSERT INTO track (disc_id, position, number, title, duration_ms, song_id)
     SELECT disc.id, new.position, new.number, new.title, new.duration_ms, new.song_id
     FROM new_track AS new JOIN disc ON disc.album_id = new.album_id AND disc.position = new.disc
     WHERE ${unless('new.album_id', 'SELECT id FROM found_album EXCEPT SELECT id FROM stale_disc')}`,
  )
}

/** Writes those of new albums; the refresh writes the others. The order of most indexes is several times faster. */
async function writeDiscographies(session: Session) {
  await run(
    session,
    `INSERT INTO artist_album (artist_id, album_id, appearance, kind, release_key)
     SELECT artist_id, album_id, appearance, kind, release_key FROM new_artist_album
     WHERE ${unless('album_id', 'SELECT id FROM found_album')}
     ORDER BY artist_id, appearance, kind, release_key, album_id`,
  )
  return run(
    session,
    `INSERT INTO contribution (artist_id, role, album_id, appearance, release_key)
     SELECT artist_id, role, album_id, appearance, release_key FROM new_contribution
     WHERE ${unless('album_id', 'SELECT id FROM found_album')}
     ORDER BY artist_id, role, release_key, album_id`,
  )
}

/** Ordered by id, so that inserts into one of two indexes are sequential. */
async function writeExternalIds(session: Session): Promise<void> {
  for (const entity of entities) {
    const table = `${entity}_external_id (source, value, ${entity}_id)`
    await run(session, `INSERT INTO ${table} ${addedExternalIds(entity, session)}`)
    if (session.lineage === 'foreign')
      await run(session, `INSERT INTO ${table} SELECT $1, key, id FROM new_${entity} WHERE created`)
    await run(
      session,
      `INSERT INTO ${table}
       SELECT DISTINCT source, value, id FROM in_${entity}_external_id JOIN new_${entity} AS new USING (n)
       WHERE created AND NOT (source = $1 AND value = new.key)
       ORDER BY id`,
    )
  }
}

/**
 * Old ids of this catalogue become redirects. Old ids of another catalogue become further keys of the same thing, unless
 * they are keys already: things that were merged there may be two here.
 */
async function writeRedirects(session: Session): Promise<void> {
  for (const entity of entities) {
    const redirects = `
      SELECT old_id, coalesce(new.id, known.id) AS id
      FROM in_redirect AS redirect LEFT JOIN new_${entity} AS new USING (key)
      LEFT JOIN (${findByKey(entity, session, '(SELECT DISTINCT key FROM in_redirect)')}) AS known USING (key)
      WHERE redirect.entity = '${entity}'`
    await run(
      session,
      session.lineage === 'own'
        ? `INSERT INTO redirect_row
           SELECT known.id IS NULL, coalesce(known.${entity}_id <> redirect.id, false)
           FROM (${redirects}) AS redirect LEFT JOIN ${entity}_redirect AS known ON known.id = old_id`
        : `INSERT INTO redirect_row
           SELECT known.value IS NULL, false
           FROM (${redirects}) AS redirect
           LEFT JOIN ${entity}_external_id AS known ON known.source = $1 AND known.value = old_id::text`,
    )
    if (session.lineage === 'own')
      await run(
        session,
        `INSERT INTO ${entity}_redirect (id, ${entity}_id) ${redirects}
         ON CONFLICT (id) DO UPDATE SET ${entity}_id = excluded.${entity}_id
         WHERE ${entity}_redirect.${entity}_id <> excluded.${entity}_id`,
      )
    else
      await run(
        session,
        `WITH added AS (
           INSERT INTO ${entity}_external_id (source, value, ${entity}_id)
           SELECT $1, old_id::text, id FROM (${redirects}) AS redirect ON CONFLICT (source, value) DO NOTHING
           RETURNING ${entity}_id AS id)
         UPDATE ${entity} SET updated_at = now() WHERE id IN (SELECT id FROM added)`,
      )
  }
}

/** Runs last, because no rollback resets a sequence. */
async function advanceSequences(session: Session): Promise<void> {
  for (const entity of entities)
    await run(
      session,
      `SELECT setval('${entity}_id_seq', max(id)) FROM new_${entity}
       WHERE created HAVING max(id) > (SELECT last_value FROM ${entity}_id_seq)
         OR NOT (SELECT is_called FROM ${entity}_id_seq) AND max(id) IS NOT NULL`,
    )
}
