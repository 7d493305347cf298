import { reject } from './faults'
import { mergeByExternalId, mergeByKey, mergeByMatch, rejectOrphans } from './merge'
import { type Entity, entities, findByKey, makeTable, run, type Session, toId } from './session'

/**
 * Rejects invalid rows: repeated keys, external ids of different things, and references to missing things. Referenced
 * things are checked first, so that a row that refers to a rejected one is rejected too.
 */
export async function check(session: Session): Promise<void> {
  for (const entity of entities) {
    if (session.isShared && entity !== 'playlist') await mergeByKey(session, entity)
    await rejectRepeatedKeys(session, entity)
    if (session.lineage === 'own') await rejectForeignKeys(session, entity)
    await matchExisting(session, entity)
  }
  await makeReferences(session, 'artist', ['in_song_credit', 'in_album_credit'], 'artist')
  await rejectCredits(session, 'album')
  await rejectPlaces(session)
  await rejectCredits(session, 'song')
  await makeReferences(session, 'song', ['in_track', 'in_playlist_item', 'in_place', 'in_entry'], 'song')
  await rejectTracks(session)
  await rejectEntries(session)
  await rejectRedirects(session)
  await rejectOrphans(session)
  await dropUnreferenced(session)
}

const columns = (entity: Entity, alias: string): string => `${alias}.file, ${alias}.line, '${entity}', ${alias}.key`

const rejectRepeatedKeys = (session: Session, entity: Entity) =>
  reject(
    session,
    `SELECT ${columns(entity, 'other')}, 'id', format('must be unique, but line %s has %s too', first.line, other.key)
     FROM in_${entity} AS other
     JOIN (SELECT key, min(n) AS n FROM in_${entity} GROUP BY key HAVING count(*) > 1) AS repeated USING (key)
     JOIN in_${entity} AS first ON first.n = repeated.n
     WHERE other.n > repeated.n`,
  )

/** The keys of this catalogue's own exports are its ids. */
async function rejectForeignKeys(session: Session, entity: Entity): Promise<void> {
  await reject(
    session,
    `SELECT ${columns(entity, 'part')}, 'id',
       format('must be a number from 1 to 2147483647, as in every export of a catalogue, not %s', key)
     FROM in_${entity} AS part WHERE ${toId('key')} IS NULL`,
  )
  await reject(
    session,
    `SELECT ${columns(entity, 'part')}, 'id', format('must not be %s, which was merged into %s', key, ${entity}_id)
     FROM in_${entity} AS part JOIN ${entity}_redirect AS moved ON moved.id = ${toId('key')}`,
  )
}

/** Makes `found_<entity>` (n, id): known things, by their key or else by an external id. */
async function matchExisting(session: Session, entity: Entity): Promise<void> {
  const listed = `in_${entity}_external_id`
  const byKey =
    session.lineage === 'own'
      ? `SELECT n, ${toId('key')} AS id FROM in_${entity}`
      : `SELECT n, ${entity}_id AS id
         FROM in_${entity} JOIN ${entity}_external_id AS known ON known.source = $1 AND known.value = key`
  const merges = session.isShared && entity !== 'playlist'
  if (merges) await mergeByExternalId(session, entity, byKey)
  await reject(
    session,
    `SELECT DISTINCT ${columns(entity, 'part')}, 'externalIds',
       format('must not have %s %s, which line %s has', listed.source, listed.value, first.line)
     FROM ${listed} AS listed
     JOIN (SELECT source, value, min(n) AS n FROM ${listed} JOIN in_${entity} USING (n)
           GROUP BY source, value HAVING min(n) < max(n)) AS repeated USING (source, value)
     JOIN in_${entity} AS part ON part.n = listed.n AND part.n > repeated.n
     JOIN in_${entity} AS first ON first.n = repeated.n`,
  )
  await reject(
    session,
    `SELECT DISTINCT ${columns(entity, 'part')}, 'externalIds',
       format('must not have %s %s, which is the id of line %s', listed.source, listed.value, other.line)
     FROM ${listed} AS listed
     JOIN in_${entity} AS other ON other.key = listed.value AND other.n <> listed.n
     JOIN in_${entity} AS part ON part.n = listed.n
     WHERE listed.source = $1`,
  )
  await makeTable(
    session,
    `match_${entity}`,
    `SELECT n, id, NULL AS source, NULL AS value FROM (${byKey}) AS keyed
     UNION ALL
     SELECT n, ${entity}_id, source, value
     FROM in_${entity} JOIN ${listed} USING (n) JOIN ${entity}_external_id USING (source, value)`,
  )
  if (merges) await mergeByMatch(session, entity)
  await reject(
    session,
    `SELECT DISTINCT ON (part.n) ${columns(entity, 'part')}, 'externalIds',
       format('must not have %s %s, which belongs to another ${entity}, %s', other.source, other.value, other.id)
     FROM match_${entity} AS other
     JOIN (SELECT n, min(id) AS low, max(id) AS high FROM match_${entity} GROUP BY n HAVING min(id) < max(id)) AS several
       USING (n)
     LEFT JOIN match_${entity} AS keyed ON keyed.n = other.n AND keyed.source IS NULL
     JOIN in_${entity} AS part ON part.n = other.n
     WHERE other.source IS NOT NULL AND other.id <> coalesce(keyed.id, several.low)
     ORDER BY part.n, other.source, other.value`,
  )
  await reject(
    session,
    `SELECT DISTINCT ${columns(entity, 'part')}, 'id',
       format('must not be the same ${entity} as line %s: both are %s in the catalogue', first.line, same.id)
     FROM (SELECT match.id, min(n) AS n FROM match_${entity} AS match JOIN in_${entity} USING (n)
           GROUP BY match.id HAVING min(n) < max(n)) AS same
     JOIN match_${entity} AS other ON other.id = same.id AND other.n > same.n
     JOIN in_${entity} AS part ON part.n = other.n
     JOIN in_${entity} AS first ON first.n = same.n`,
  )
  await makeTable(
    session,
    `found_${entity}`,
    `SELECT DISTINCT n, match.id FROM match_${entity} AS match JOIN ${entity} ON ${entity}.id = match.id`,
  )
}

/**
 * Makes `<entity>_ref`: references to things outside the file, with their id in the catalogue, or null if missing.
 */
async function makeReferences(session: Session, entity: Entity, tables: string[], column: string): Promise<void> {
  const named = tables.map((table) => `SELECT ${column} AS key FROM ${table}`).join(' UNION ALL ')
  await makeTable(
    session,
    `missing_${entity}`,
    `SELECT DISTINCT key FROM (${named}) AS named
     WHERE key IS NOT NULL AND NOT EXISTS (SELECT FROM in_${entity} AS here WHERE here.key = named.key)`,
  )
  await makeTable(
    session,
    `${entity}_ref`,
    `SELECT key, id FROM missing_${entity}
     LEFT JOIN (${findByKey(entity, session, `missing_${entity}`)}) AS found USING (key)`,
  )
}

/**
 * Drops the artists and albums that only rejected or merged rows refer to, and removes rejected rows from
 * `found_<entity>`.
 */
async function dropUnreferenced(session: Session): Promise<void> {
  const { rows } = await run<{ any: boolean }>(
    session,
    'SELECT EXISTS (SELECT FROM in_fault UNION ALL SELECT FROM in_merged) AS any',
  )
  if (!rows[0]?.any) return
  await run(
    session,
    `DELETE FROM in_album AS album WHERE shared AND NOT EXISTS (SELECT FROM in_place AS place WHERE place.album = album.key)`,
  )
  await run(
    session,
    `DELETE FROM in_artist AS artist WHERE shared
       AND NOT EXISTS (SELECT FROM in_song_credit AS credit JOIN in_song USING (n) WHERE credit.artist = artist.key)
       AND NOT EXISTS (SELECT FROM in_album_credit AS credit JOIN in_album USING (n) WHERE credit.artist = artist.key)`,
  )
  for (const entity of entities)
    await run(
      session,
      `DELETE FROM found_${entity} AS found WHERE NOT EXISTS (SELECT FROM in_${entity} AS part WHERE part.n = found.n)`,
    )
}

/** The error for a reference to something missing or rejected. */
const missing = (entity: Entity, key: string): string => `
  coalesce(
    (SELECT format('names ${entity} %s, which was rejected (line %s)', ${key}, line) FROM in_fault
     WHERE in_fault.entity = '${entity}' AND in_fault.key = ${key} ORDER BY file, line LIMIT 1),
    format('names ${entity} %s, which is neither in the file nor in the catalogue', ${key}))`

const rejectCredits = (session: Session, entity: 'song' | 'album') =>
  reject(
    session,
    `SELECT DISTINCT ON (part.n) ${columns(entity, 'part')}, format('credits[%s].artist', position - 1),
       ${missing('artist', 'artist_ref.key')}
     FROM in_${entity}_credit AS credit
     JOIN artist_ref ON artist_ref.key = credit.artist AND artist_ref.id IS NULL
     JOIN in_${entity} AS part USING (n)
     ORDER BY part.n, position`,
  )

/** Places on albums that are not in the file. */
const rejectPlaces = (session: Session) =>
  reject(
    session,
    `SELECT place.file, place.line, CASE WHEN song.n IS NOT NULL THEN 'song' END, song.key, 'album',
       ${missing('album', 'place.album')}
     FROM in_place AS place
     LEFT JOIN in_song AS song ON song.key = place.song AND song.file = place.file AND song.line = place.line
     WHERE NOT EXISTS (SELECT FROM in_album WHERE key = place.album)`,
  )

/** Places and playlist entries whose song is missing. */
const rejectLines = (session: Session, table: 'in_place' | 'in_entry') =>
  reject(
    session,
    `SELECT part.file, part.line, NULL, NULL, 'song', ${missing('song', 'part.song')}
     FROM ${table} AS part JOIN song_ref ON song_ref.key = part.song AND song_ref.id IS NULL`,
  )

async function rejectTracks(session: Session): Promise<void> {
  await reject(
    session,
    `SELECT DISTINCT ON (part.n) ${columns('album', 'part')},
       format('discs[%s].tracks[%s].song', track.disc - 1, track.position - 1), ${missing('song', 'song_ref.key')}
     FROM in_track AS track JOIN song_ref ON song_ref.key = track.song AND song_ref.id IS NULL
     JOIN in_album AS part USING (n)
     ORDER BY part.n, track.disc, track.position`,
  )
  await rejectLines(session, 'in_place')
}

async function rejectEntries(session: Session): Promise<void> {
  await reject(
    session,
    `SELECT DISTINCT ON (part.n) ${columns('playlist', 'part')}, format('items[%s].song', item.position - 1),
       ${missing('song', 'song_ref.key')}
     FROM in_playlist_item AS item JOIN song_ref ON song_ref.key = item.song AND song_ref.id IS NULL
     JOIN in_playlist AS part USING (n)
     ORDER BY part.n, item.position`,
  )
  await reject(
    session,
    `SELECT entry.file, entry.line, NULL, NULL, 'playlist', ${missing('playlist', 'entry.playlist')}
     FROM in_entry AS entry WHERE NOT EXISTS (SELECT FROM in_playlist WHERE key = entry.playlist)`,
  )
  await rejectLines(session, 'in_entry')
}

async function rejectRedirects(session: Session): Promise<void> {
  await reject(
    session,
    `SELECT other.file, other.line, NULL, NULL, 'from', format('must be unique, but %s is repeated', other.old_id)
     FROM in_redirect AS other JOIN in_redirect AS first USING (entity, old_id) WHERE other.n > first.n`,
  )
  for (const entity of entities)
    await reject(
      session,
      `SELECT part.file, part.line, NULL, NULL, 'to', ${missing(entity, 'part.key')}
       FROM in_redirect AS part
       WHERE entity = '${entity}' AND NOT EXISTS (SELECT FROM in_${entity} AS here WHERE here.key = part.key)
         AND NOT EXISTS (
           SELECT FROM (${findByKey(entity, session, '(SELECT key FROM in_redirect)')}) AS known
           WHERE known.key = part.key)`,
    )
  if (session.lineage === 'own')
    for (const entity of entities)
      await reject(
        session,
        `SELECT part.file, part.line, NULL, NULL, 'from', format('must not be %s, which is an ${entity} itself', old_id)
         FROM in_redirect AS part
         WHERE entity = '${entity}' AND (EXISTS (SELECT FROM ${entity} WHERE id = old_id)
           OR EXISTS (SELECT FROM in_${entity} AS here WHERE here.key = old_id::text))`,
      )
}
