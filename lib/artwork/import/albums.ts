import { OPERATOR } from '@/lib/artwork/write'
import { pool } from '@/lib/db/pool'
import type { AlbumName } from './files'

/** Looks up albums by id or MBID, following merged ids. @returns a function from a name to its album's id, or null. */
export async function findAlbums(names: readonly AlbumName[]): Promise<(name: AlbumName | null) => number | null> {
  const ids = names.flatMap((name) => ('id' in name ? [name.id] : []))
  const mbids = names.flatMap((name) => ('mbid' in name ? [name.mbid] : []))
  const { rows } = await pool().query<{ name: string; id: number }>(
    `SELECT id::text AS name, id FROM album WHERE id = ANY($1)
     UNION ALL SELECT id::text, album_id FROM album_redirect WHERE id = ANY($1)
     UNION ALL SELECT value, album_id FROM album_external_id WHERE source = 'musicbrainz' AND value = ANY($2)`,
    [ids, mbids],
  )
  const found = new Map(rows.map(({ name, id }) => [name, id]))
  return (name) => (name && found.get('id' in name ? String(name.id) : name.mbid)) ?? null
}

/** The hashes of operators' covers, by album. */
export async function findOperatorsCovers(albumIds: readonly number[]): Promise<Map<number, string>> {
  const { rows } = await pool().query<{ id: number; hash: string }>(
    'SELECT album_id AS id, hash FROM album_artwork WHERE album_id = ANY($1) AND source = $2',
    [albumIds, OPERATOR],
  )
  return new Map(rows.map(({ id, hash }) => [id, hash]))
}
