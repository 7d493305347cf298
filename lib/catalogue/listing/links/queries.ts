import { EMBEDDED } from '@/lib/catalogue/api/shapes'
import { Prisma } from '@/lib/db/generated/client'
import { pool } from '@/lib/db/pool'

const { sql } = Prisma

/** What hangs together: for each kind of link the ids that a thing leads to, each once, as `child`. */
export const links = {
  'album.artists': (album: Prisma.Sql) =>
    sql`SELECT DISTINCT artist_id AS child FROM album_credit WHERE album_id = ${album}`,
  'album.genres': (album: Prisma.Sql) => sql`SELECT genre_id AS child FROM album_genre WHERE album_id = ${album}`,
  'artist.albums': (artist: Prisma.Sql) =>
    sql`SELECT album_id AS child FROM artist_album WHERE artist_id = ${artist} AND NOT appearance`,
  'artist.appearances': (artist: Prisma.Sql) =>
    sql`SELECT album_id AS child FROM artist_album WHERE artist_id = ${artist} AND appearance`,
  'artist.songs': (artist: Prisma.Sql) =>
    sql`SELECT DISTINCT song_id AS child FROM song_credit WHERE artist_id = ${artist} AND role IN ('artist', 'featured')`,
  'song.artists': (song: Prisma.Sql) =>
    sql`SELECT DISTINCT artist_id AS child FROM song_credit WHERE song_id = ${song}`,
  'song.genres': (song: Prisma.Sql) => sql`SELECT genre_id AS child FROM song_genre WHERE song_id = ${song}`,
  'song.albums': (song: Prisma.Sql) =>
    sql`SELECT DISTINCT disc.album_id AS child FROM track JOIN disc ON disc.id = track.disc_id WHERE track.song_id = ${song}`,
  'song.playlists': (song: Prisma.Sql) =>
    sql`SELECT DISTINCT playlist_id AS child FROM playlist_item WHERE song_id = ${song}`,
} as const

export type Link = keyof typeof links

/** The condition that a thing, by its id column, is one that a link leads to. */
export const linked = (id: Prisma.Sql, link: Link, parent: number): Prisma.Sql =>
  sql`${id} IN (${links[link](sql`${parent}::int`)})`

/** Where a link leads from each of these things: the first ids, and how many there are. One statement. */
export async function findLinked(
  link: Link,
  parents: number[],
): Promise<{ parent: number; total: number; children: number[] }[]> {
  const { text, values } = sql`
    SELECT parent.id AS parent, count(link.child)::int AS total,
      coalesce((array_agg(link.child ORDER BY link.child) FILTER (WHERE link.child IS NOT NULL))[1:${EMBEDDED}], '{}') AS children
    FROM unnest(${parents}::int[]) AS parent (id)
    LEFT JOIN LATERAL (${links[link](sql`parent.id`)}) AS link ON true
    GROUP BY parent.id`
  const { rows } = await pool().query<{ parent: number; total: number; children: number[] }>(text, values)
  return rows
}
