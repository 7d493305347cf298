import { EMBEDDED } from '@/lib/catalogue/api/shapes'
import { Prisma } from '@/lib/db/generated/client'
import { pool } from '@/lib/db/pool'

const { sql } = Prisma

/** What hangs together: for each kind of link the ids that a thing leads to, each once, as `child`. */
const links = {
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
} as const

export type Link = keyof typeof links

const bySlug = sql`(SELECT slug COLLATE "C" FROM genre WHERE id = link.child)`
/** By what the lists of links are sorted; by id where nothing is said. */
const orders: { [Of in Link]?: Prisma.Sql } = { 'album.genres': bySlug, 'song.genres': bySlug }

/** The condition that a thing, by its id column, is one that a link leads to. */
export const linked = (id: Prisma.Sql, link: Link, parent: number): Prisma.Sql =>
  sql`${id} IN (${links[link](sql`${parent}::int`)})`

/** Where a link leads from a thing: the first ids, and how many there are. */
export type Linked = { parent: number; total: number; children: number[] }

/** Where a link leads from each of these things. One statement, which reads all that it leads to. */
export function findLinked(link: Link, parents: number[]): Promise<Linked[]> {
  return query(sql`
    SELECT parent.id AS parent, count(link.child)::int AS total,
      coalesce((array_agg(link.child ORDER BY ${orders[link] ?? sql`link.child`}) FILTER (WHERE link.child IS NOT NULL))[1:${EMBEDDED}], '{}') AS children
    FROM unnest(${parents}::int[]) AS parent (id)
    LEFT JOIN LATERAL (${links[link](sql`parent.id`)}) AS link ON true
    GROUP BY parent.id`)
}

/**
 * The beginnings of an artist's lists, on the index of their order: there are artists of tens of thousands of songs, of
 * which nobody should read more than a few. How many there are is stored.
 */
const beginnings = {
  'artist.albums': {
    total: sql`artist.album_count`,
    first: sql`
      SELECT album_id AS child, row_number() OVER (ORDER BY release_key DESC, album_id DESC) AS at
      FROM artist_album WHERE artist_id = artist.id AND NOT appearance
      ORDER BY release_key DESC, album_id DESC LIMIT ${EMBEDDED}`,
  },
  'artist.songs': {
    total: sql`artist.song_count`,
    first: sql`
      SELECT song_id AS child, row_number() OVER (ORDER BY song_popularity DESC, song_id DESC) AS at
      FROM (
        SELECT DISTINCT song_popularity, song_id FROM song_credit
        WHERE artist_id = artist.id AND role IN ('artist', 'featured')
        ORDER BY song_popularity DESC, song_id DESC LIMIT ${EMBEDDED}) AS performed`,
  },
}

/** The beginnings of lists of each of these artists: the newest albums, the most popular songs. One statement. */
export function findArtistsLinked(link: keyof typeof beginnings, artists: number[]): Promise<Linked[]> {
  const { total, first } = beginnings[link]
  return query(sql`
    SELECT artist.id AS parent, ${total} AS total, coalesce(beginning.children, '{}') AS children
    FROM artist CROSS JOIN LATERAL (
      SELECT array_agg(child ORDER BY at) AS children FROM (${first}) AS first) AS beginning
    WHERE artist.id = ANY(${artists}::int[])`)
}

async function query({ text, values }: Prisma.Sql): Promise<Linked[]> {
  return (await pool().query<Linked>(text, values)).rows
}
