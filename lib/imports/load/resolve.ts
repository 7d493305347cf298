import { slugify } from '@/lib/catalogue/slug'
import { columnsOf, fields } from './changes'
import { placeGenres, placeSongs } from './places'
import { type Entity, isAbsent, makeTable, run, type Session, toId } from './session'

/**
 * Makes rows for the live tables from the staged ones: `new_artist`, `new_song_credit`, … Known things keep their ids; the
 * others get new ones, in file order.
 */
export async function resolve(session: Session): Promise<void> {
  await makeGenres(session)
  await makeEntity(session, 'artist', ['sort_key'])
  await makeEntity(session, 'album', [
    'sort_key',
    'coalesce(year, 0) * 10000 + coalesce(month, 0) * 100 + coalesce(day, 0) AS release_key',
  ])
  await makeEntity(session, 'song', ['sort_key', 'coalesce(duration_ms, 0) AS length_key'])
  await makeEntity(session, 'playlist', ['revision', 'sort_key'])
  const hasPlaces = await placeSongs(session)
  await makeDiscs(session)
  await makeTracks(session)
  await makeGenreLinks(session, 'song')
  if (hasPlaces) await placeGenres(session)
  await makeGenreLinks(session, 'album')
  for (const entity of ['album', 'song'] as const) await makeCredits(session, entity)
  await makeItems(session)
}

/** Adds new genres. Genres are identified by their exact name. */
async function makeGenres(session: Session): Promise<void> {
  const { rows } = await run<{ name: string }>(
    session,
    `SELECT name FROM (
       SELECT name, 1 AS part, n FROM in_genre
       UNION ALL SELECT name, 2, n FROM in_song_genre JOIN in_song USING (n)
       UNION ALL SELECT name, 3, n FROM in_album_genre JOIN in_album USING (n)) AS named
     WHERE NOT EXISTS (SELECT FROM genre WHERE genre.name = named.name)
     GROUP BY name ORDER BY min(part * 4294967296 + n), name`,
  )
  const names = rows.map((row) => row.name)
  const usedSlugs = await run<{ slug: string }>(session, 'SELECT slug FROM genre')
  const slugs = uniqueSlugs(names, new Set(usedSlugs.rows.map((row) => row.slug)))
  await session.client.query(
    'INSERT INTO genre (name, slug) SELECT name, slug FROM unnest($1::text[], $2::text[]) AS new (name, slug)',
    [names, slugs],
  )
  await session.client.query(
    `INSERT INTO genre_row
     SELECT name = ANY ($1) AND row_number() OVER (PARTITION BY name ORDER BY n) = 1 FROM in_genre`,
    [names],
  )
}

/** A slug for each name, with a number if it is taken. */
function uniqueSlugs(names: string[], usedSlugs: Set<string>): string[] {
  return names.map((name) => {
    const base = slugify(name) || 'genre'
    let slug = base
    for (let next = 2; usedSlugs.has(slug); next++) slug = `${base}-${next}`
    usedSlugs.add(slug)
    return slug
  })
}

/**
 * Absent fields keep their value, and so does a sort name, unless the name changes.
 *
 * New ids follow the sequence's last one without drawing from it, because no rollback resets a sequence. It is advanced at
 * the end of the transaction; other writers wait until then.
 */
async function makeEntity(session: Session, entity: Entity, derived: string[]): Promise<void> {
  const newId =
    session.lineage === 'own'
      ? toId('part.key')
      : `(SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM ${entity}_id_seq)::int
         + (count(*) FILTER (WHERE found.id IS NULL) OVER (ORDER BY part.n ROWS UNBOUNDED PRECEDING))::int`
  const keptColumns = Object.entries(fields[entity]).flatMap(([field, columns]) =>
    columns.map(
      (column) =>
        `CASE WHEN found.id IS NOT NULL AND ${keeps(field)} THEN old.${column} ELSE part.${column} END AS ${column}`,
    ),
  )
  const sortKey =
    entity === 'artist'
      ? `CASE WHEN found.id IS NOT NULL AND ${keeps('sortName')} THEN old.sort_key ELSE part.sort_key END AS sort_key`
      : 'part.sort_key'
  await makeTable(
    session,
    `new_${entity}`,
    `SELECT n, key, id, created, ${[...columnsOf(entity), ...derived].join(', ')}
     FROM (
       SELECT part.n, part.key, coalesce(found.id, ${newId}) AS id, found.id IS NULL AS created,
         ${[...keptColumns, sortKey, ...(entity === 'playlist' ? ['part.revision'] : [])].join(', ')}
       FROM in_${entity} AS part
       LEFT JOIN (found_${entity} AS found JOIN ${entity} AS old ON old.id = found.id) ON found.n = part.n) AS merged
     ORDER BY n`,
  )
}

const keeps = (field: string): string =>
  isAbsent(field, 'part.absent') + (field === 'sortName' ? ' AND old.name = part.name' : '')

const makeGenreLinks = (session: Session, entity: 'album' | 'song') =>
  makeTable(
    session,
    `new_${entity}_genre`,
    `SELECT DISTINCT owner.id AS ${entity}_id, genre.id AS genre_id
     FROM in_${entity}_genre AS part JOIN new_${entity} AS owner USING (n) JOIN genre ON genre.name = part.name
     ORDER BY 1, 2`,
  )

/** A credit without a name gets the artist's. */
const makeCredits = (session: Session, entity: 'album' | 'song') =>
  makeTable(
    session,
    `new_${entity}_credit`,
    `SELECT owner.id AS ${entity}_id, position, coalesce(artist.id, known.id) AS artist_id,
       coalesce(credit.name, artist.name, known.name) AS credited_name, join_phrase, role
     FROM in_${entity}_credit AS credit JOIN new_${entity} AS owner USING (n)
     LEFT JOIN new_artist AS artist ON artist.key = credit.artist
     LEFT JOIN (artist_ref JOIN artist AS known USING (id)) ON artist_ref.key = credit.artist`,
  )

const makeDiscs = (session: Session) =>
  makeTable(
    session,
    'new_disc',
    `SELECT album.id AS album_id, disc.position, disc.title, disc.format
     FROM in_disc AS disc JOIN new_album AS album USING (n)
     UNION ALL SELECT album_id, position, title, format FROM placed_disc`,
  )

/** A track without a number gets its position; without a title or duration, the song's. */
const makeTracks = (session: Session) =>
  makeTable(
    session,
    'new_track',
    `SELECT album.id AS album_id, disc, position, coalesce(track.number, position::text) AS number,
       coalesce(track.title, song.title, known.title) AS title,
       CASE WHEN own_duration THEN track.duration_ms ELSE coalesce(song.duration_ms, known.duration_ms) END AS duration_ms,
       coalesce(song.id, known.id) AS song_id
     FROM in_track AS track JOIN new_album AS album USING (n)
     LEFT JOIN new_song AS song ON song.key = track.song
     LEFT JOIN (song_ref JOIN song AS known USING (id)) ON song_ref.key = track.song
     UNION ALL SELECT album_id, disc, position, number, title, duration_ms, song_id FROM placed`,
  )

const makeItems = (session: Session) =>
  makeTable(
    session,
    'new_playlist_item',
    `SELECT playlist.id AS playlist_id, item.position, coalesce(song.id, song_ref.id) AS song_id, item.title, item.artist,
       item.album
     FROM (
       SELECT n, position, song, title, artist, album FROM in_playlist_item
       UNION ALL
       SELECT owner.n, row_number() OVER (PARTITION BY owner.n ORDER BY entry.n), song, NULL, NULL, NULL
       FROM in_entry AS entry JOIN in_playlist AS owner ON owner.key = playlist) AS item
     JOIN new_playlist AS playlist USING (n)
     LEFT JOIN new_song AS song ON song.key = item.song
     LEFT JOIN song_ref ON song_ref.key = item.song`,
  )
