import type pg from 'pg'
import type { Entity } from '@/lib/enrichment/schemas'

type GivenArtist = { name: string; mbid?: string }
type GivenAlbum = { title: string; artist?: string; year?: number; mbid?: string }

/** Removes the catalogue and its enrichment. */
export const emptyEnrichment = (pool: pg.Pool) =>
  pool.query(
    'TRUNCATE artist, album, enrichment, enrichment_source CASCADE; UPDATE catalogue SET artist_count = 0, album_count = 0',
  )

export async function addArtist(pool: pg.Pool, { name, mbid }: GivenArtist): Promise<Entity & { kind: 'artist' }> {
  const { rows } = await pool.query<{ id: number }>(
    'INSERT INTO artist (name, sort_name, sort_key) VALUES ($1, $1, lower($1)) RETURNING id',
    [name],
  )
  const id = rows[0]?.id ?? 0
  if (mbid) await pool.query("INSERT INTO artist_external_id VALUES ('musicbrainz', $1, $2)", [mbid, id])
  await pool.query('UPDATE catalogue SET artist_count = artist_count + 1')
  return { kind: 'artist', id }
}

export async function addAlbum(pool: pg.Pool, given: GivenAlbum): Promise<Entity & { kind: 'album' }> {
  const { title, artist = '', year = null, mbid } = given
  const { rows } = await pool.query<{ id: number }>(
    `INSERT INTO album (title, sort_key, credit, year, release_key)
     VALUES ($1, lower($1), $2, $3::smallint, coalesce($3::smallint, 0) * 10000) RETURNING id`,
    [title, artist, year],
  )
  const id = rows[0]?.id ?? 0
  if (mbid) await pool.query("INSERT INTO album_external_id VALUES ('musicbrainz', $1, $2)", [mbid, id])
  await pool.query('UPDATE catalogue SET album_count = album_count + 1')
  return { kind: 'album', id }
}

/** Credits an album to an artist. */
export const credit = (pool: pg.Pool, artist: Entity, album: Entity) =>
  pool.query(
    `INSERT INTO artist_album (artist_id, album_id, appearance, kind, release_key)
     SELECT $1, id, false, kind, release_key FROM album WHERE id = $2`,
    [artist.id, album.id],
  )

/** The stored row of an entity. */
export async function rowOf(
  pool: pg.Pool,
  { kind, id }: Entity,
  source = 'musicbrainz',
): Promise<Record<string, unknown>> {
  const { rows } = await pool.query('SELECT * FROM enrichment WHERE kind = $1 AND entity_id = $2 AND source = $3', [
    kind,
    id,
    source,
  ])
  return rows[0] ?? {}
}
