import { fields } from './changes'
import { reject } from './faults'
import { type Entity, isAbsent, makeTable, run, type Session } from './session'

/**
 * Merges rows about the same song, album or artist, in formats with one track per row. The first row is loaded. Later rows
 * add the fields that it lacks, genres, external ids and places; their keys become further keys of the same thing.
 */

type SharedEntity = Exclude<Entity, 'playlist'>

/** Merges rows with the same key. */
export const mergeByKey = (session: Session, entity: SharedEntity) =>
  merge(
    session,
    entity,
    `SELECT other.n, first.n AS into_n, 'id' AS field
     FROM in_${entity} AS other
     JOIN (SELECT key, min(n) AS n FROM in_${entity} WHERE shared GROUP BY key HAVING count(*) > 1) AS first USING (key)
     WHERE other.n > first.n AND other.shared`,
  )

/**
 * Merges rows with a common external id, such as an ISRC, unless their keys are different things in the catalogue.
 * @param byKey a SELECT of n and id: things that the catalogue has by key.
 */
export async function mergeByExternalId(session: Session, entity: SharedEntity, byKey: string): Promise<void> {
  // The target of a merge may itself merge into another, once it has the row's external ids.
  for (;;) {
    const found = await merge(
      session,
      entity,
      `WITH keyed AS (${byKey})
       SELECT listed.n, min(same.n) AS into_n, min(listed.source) AS field
       FROM in_${entity}_external_id AS listed JOIN in_${entity} AS part USING (n)
       JOIN (SELECT source, value, min(n) AS n FROM in_${entity}_external_id JOIN in_${entity} USING (n)
             GROUP BY source, value HAVING min(n) < max(n)) AS same USING (source, value)
       LEFT JOIN keyed AS one ON one.n = listed.n
       LEFT JOIN keyed AS other ON other.n = same.n
       WHERE listed.n > same.n AND part.shared AND (one.id IS NULL OR other.id IS NULL OR one.id = other.id)
       GROUP BY listed.n`,
    )
    if (!found) return
  }
}

/** Merges rows that are one thing in the catalogue. Needs `match_<entity>`. */
export async function mergeByMatch(session: Session, entity: SharedEntity): Promise<void> {
  const first = `
    SELECT n, coalesce(min(id) FILTER (WHERE source IS NULL), min(id)) AS id FROM match_${entity} GROUP BY n`
  await merge(
    session,
    entity,
    `SELECT other.n, same.n AS into_n, 'id' AS field
     FROM (${first}) AS other JOIN in_${entity} AS part USING (n)
     JOIN (SELECT id, min(n) AS n FROM (${first}) AS first GROUP BY id HAVING min(n) < max(n)) AS same ON same.id = other.id
     WHERE other.n > same.n AND part.shared`,
    `match_${entity}`,
  )
}

/**
 * @param select a SELECT of n (the row), into_n (the target) and field (what they have in common).
 * @param follow a table whose n must be updated.
 * @returns whether any were merged.
 */
async function merge(session: Session, entity: SharedEntity, select: string, follow?: string): Promise<boolean> {
  const found = await makeTable(session, 'repeats', select)
  if (found > 0) {
    // Only into rows that are not merged themselves; the others come next time.
    await run(session, 'DELETE FROM repeats WHERE into_n IN (SELECT n FROM repeats)')
    await rejectContradictions(session, entity)
    await mergeFields(session, entity)
    await moveParts(session, entity)
    await moveReferences(session, entity)
    if (entity === 'song') await noteMerged(session)
    if (follow) await run(session, `UPDATE ${follow} AS known SET n = into_n FROM repeats WHERE known.n = repeats.n`)
    await run(session, `DELETE FROM in_${entity} AS part USING repeats WHERE part.n = repeats.n`)
  }
  await run(session, 'DROP TABLE repeats')
  return found > 0
}

const pairs = (entity: SharedEntity): string =>
  `repeats JOIN in_${entity} AS other ON other.n = repeats.n JOIN in_${entity} AS first ON first.n = into_n`

/** A title without its version: "Lamp" for "Lamp (Live)" and "Lamp - 2011 Remaster". */
const mainTitle = (title: string): string =>
  `lower(normalize(regexp_replace(${title}, '(\\S)\\s*(\\s[-–—]\\s|[(\\[]).*$', '\\1')))`

/**
 * SELECTs of rows that contradict an earlier row with the same id: songs with different titles or (by the source's own id)
 * different artists, and albums with different titles.
 */
const contradictions: Record<SharedEntity, string | null> = {
  artist: null,
  song: `
    WITH said AS (
      SELECT n, string_agg(name || join_phrase, '' ORDER BY position) AS credit,
        array_agg(lower(name)) || array_agg(artist) AS names
      FROM in_song_credit WHERE n IN (SELECT n FROM repeats UNION SELECT into_n FROM repeats) GROUP BY n),
    keys AS (SELECT DISTINCT ON (n) n, source FROM in_song_external_id JOIN in_song USING (n)
             WHERE value = key AND n IN (SELECT n FROM repeats) ORDER BY n, source)
    SELECT other.n, other.file, other.line,
      CASE WHEN coalesce(keys.source, field) = 'musicbrainz' THEN 'recordingMbid' ELSE coalesce(keys.source, field) END
        AS field,
      format('must not be that of line %s, which is "%s"%s', first.line, left(first.title, 60), ' by ' || two.credit)
        AS expected
    FROM ${pairs('song')}
    LEFT JOIN said AS one ON one.n = other.n LEFT JOIN said AS two ON two.n = first.n LEFT JOIN keys ON keys.n = other.n
    WHERE ${mainTitle('other.title')} <> ${mainTitle('first.title')}
      OR other.key = first.key AND keys.n IS NULL AND NOT one.names && two.names`,
  album: `
    SELECT other.n, other.file, other.line, 'album' AS field,
      format('must not be "%s": line %s has "%s" for the same id', left(other.title, 60), first.line, left(first.title, 60))
        AS expected
    FROM ${pairs('album')} WHERE ${mainTitle('other.title')} <> ${mainTitle('first.title')}`,
}

async function rejectContradictions(session: Session, entity: SharedEntity): Promise<void> {
  const select = contradictions[entity]
  if (select === null) return
  if ((await makeTable(session, 'contradictions', select)) > 0) {
    await reject(session, 'SELECT file, line, NULL, NULL, field, expected FROM contradictions')
    for (const table of ['repeats', `in_${entity}`])
      await run(session, `DELETE FROM ${table} AS part USING contradictions AS found WHERE part.n = found.n`)
  }
  await run(session, 'DROP TABLE contradictions')
}

const credited: SharedEntity[] = ['song', 'album']

/** Fills the fields that the first row lacks from the next row that has them. */
async function mergeFields(session: Session, entity: SharedEntity): Promise<void> {
  const partFields = credited.includes(entity) ? ['credits', 'genres'] : []
  const optional = Object.entries(fields[entity]).filter(([field]) => !['title', 'name', 'sortName'].includes(field))
  const columns = optional.flatMap(([field, names]) => names.map((column) => ({ field, column })))
  if (partFields.length > 0)
    await run(
      session,
      `UPDATE in_${entity}_credit AS credit SET n = into_n
       FROM (SELECT DISTINCT ON (into_n) into_n, other.n FROM ${pairs(entity)}
             WHERE ${isAbsent('credits', 'first.absent')} AND NOT ${isAbsent('credits', 'other.absent')}
             ORDER BY into_n, other.n) AS chosen
       WHERE credit.n = chosen.n`,
    )
  await run(
    session,
    `UPDATE in_${entity} AS first SET ${columns
      .map(
        ({ field, column }) =>
          `${column} = CASE WHEN ${isAbsent(field, 'first.absent')} THEN coalesce(said.${column}, first.${column}) ELSE first.${column} END`,
      )
      .join(', ')},
       absent = (SELECT coalesce(array_agg(field), '{}') FROM unnest(first.absent) AS field
                 WHERE NOT field = ANY (said.present))
     FROM (
       SELECT into_n, ${columns
         .map(
           ({ field, column }) =>
             `(array_agg(${column} ORDER BY n) FILTER (WHERE NOT ${isAbsent(field)}))[1] AS ${column}`,
         )
         .join(', ')},
         array_remove(ARRAY[${[...optional.map(([field]) => field), ...partFields]
           .map((field) => `CASE WHEN bool_or(NOT ${isAbsent(field)}) THEN '${field}' END`)
           .join(', ')}], NULL) AS present
       FROM repeats JOIN in_${entity} USING (n) GROUP BY into_n) AS said
     WHERE said.into_n = first.n`,
  )
}

/** Unites genres and external ids, and makes the keys of later rows external ids. */
async function moveParts(session: Session, entity: SharedEntity): Promise<void> {
  if (credited.includes(entity)) {
    await run(session, `DELETE FROM in_${entity}_credit AS part USING repeats WHERE part.n = repeats.n`)
    await run(session, `UPDATE in_${entity}_genre AS part SET n = into_n FROM repeats WHERE part.n = repeats.n`)
  }
  await run(session, `UPDATE in_${entity}_external_id AS part SET n = into_n FROM repeats WHERE part.n = repeats.n`)
  await run(
    session,
    `INSERT INTO in_${entity}_external_id
     SELECT into_n, $1, other.key FROM ${pairs(entity)} WHERE other.key <> first.key`,
  )
}

/** A place keeps the title and duration of its row if they differ from the song's. */
async function moveReferences(session: Session, entity: SharedEntity): Promise<void> {
  if (entity === 'song')
    for (const which of [
      'other.key = first.key AND place.file = other.file AND place.line = other.line',
      'other.key <> first.key AND place.song = other.key',
    ])
      await run(
        session,
        `UPDATE in_place AS place SET song = first.key, title = nullif(coalesce(place.title, other.title), first.title),
           duration_ms = nullif(coalesce(place.duration_ms, other.duration_ms), first.duration_ms)
         FROM ${pairs('song')} WHERE ${which}`,
      )
  else
    for (const [table, column] of entity === 'album'
      ? [['in_place', 'album']]
      : [
          ['in_song_credit', 'artist'],
          ['in_album_credit', 'artist'],
        ])
      await run(
        session,
        `UPDATE ${table} AS part SET ${column} = first.key FROM ${pairs(entity)}
         WHERE other.key <> first.key AND part.${column} = other.key`,
      )
}

async function noteMerged(session: Session): Promise<void> {
  await run(
    session,
    `UPDATE in_merged AS merged SET into_file = first.file, into_line = first.line FROM ${pairs('song')}
     WHERE merged.into_file = other.file AND merged.into_line = other.line`,
  )
  await run(
    session,
    `INSERT INTO in_merged SELECT other.file, other.line, first.file, first.line FROM ${pairs('song')}`,
  )
}

/** Rejects rows that were merged into a row that was rejected later. */
export const rejectOrphans = (session: Session) =>
  reject(
    session,
    `SELECT merged.file, merged.line, NULL, NULL, 'song', format('is that of line %s, which was rejected', into_line)
     FROM in_merged AS merged
     WHERE EXISTS (SELECT FROM in_fault AS fault WHERE fault.file = into_file AND fault.line = into_line)
       AND NOT EXISTS (SELECT FROM in_fault AS fault WHERE fault.file = merged.file AND fault.line = merged.line)`,
  )
