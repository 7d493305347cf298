import { EMBEDDED } from '@/lib/catalogue/resource-parts'
import type { CreditRole } from '@/lib/catalogue/views'
import { Prisma } from '@/lib/db/generated/client'
import { pool } from '@/lib/db/pool'
import type { Condition, Listing } from './list'
import type { Order } from './orders'

const { sql, raw, empty } = Prisma

/** Credits in a role; without one, those that make a song or an album an artist's own. */
const inRole = (role: CreditRole | undefined): Prisma.Sql => {
  if (role === undefined) return sql`role IN ('artist', 'featured')`
  // Most credits are those of artists: the indexes that have the role leave them out, and are used only if this says so.
  return role === 'artist' ? sql`role = 'artist'` : sql`role = ${role} AND role <> 'artist'`
}

/** An artist's albums, by the sleeve (false), by their songs only (true), or both, as rows with `album_id` and `release_key`. */
function albumsOf(artist: Prisma.Sql, role: CreditRole | undefined, appearance?: boolean): Prisma.Sql {
  const which = appearance === undefined ? empty : sql`AND appearance = ${appearance}`
  if (role === undefined)
    return sql`SELECT release_key, album_id FROM artist_album WHERE artist_id = ${artist} ${which}`
  if (role !== 'artist')
    return sql`
      SELECT release_key, album_id FROM contribution WHERE artist_id = ${artist} AND ${inRole(role)} ${which}`
  const onSleeve = ofEach(sql`
    SELECT FROM album_credit AS credit
    WHERE credit.album_id = own.album_id AND credit.artist_id = own.artist_id AND role = 'artist'`)
  const onSongs = ofEach(sql`
    SELECT FROM disc JOIN track ON track.disc_id = disc.id JOIN song_credit AS credit ON credit.song_id = track.song_id
    WHERE disc.album_id = own.album_id AND credit.artist_id = own.artist_id AND role = 'artist'`)
  const credited = {
    sleeve: onSleeve,
    songs: sql`NOT ${onSleeve} AND ${onSongs}`,
    any: sql`(${onSleeve} OR ${onSongs})`,
  }[appearance === undefined ? 'any' : appearance ? 'songs' : 'sleeve']
  return sql`SELECT release_key, album_id FROM artist_album AS own WHERE artist_id = ${artist} AND ${credited}`
}

/** Albums by the id alone. */
const albumIdsOf = (...of: Parameters<typeof albumsOf>): Prisma.Sql =>
  sql`SELECT album_id AS child FROM (${albumsOf(...of)}) AS own`

/** What hangs together: for each kind of link the ids that a thing leads to, each once, as `child`. */
const links = {
  'album.artists': (album: Prisma.Sql) =>
    sql`SELECT DISTINCT artist_id AS child FROM album_credit WHERE album_id = ${album}`,
  'album.genres': (album: Prisma.Sql) => sql`SELECT genre_id AS child FROM album_genre WHERE album_id = ${album}`,
  'artist.albums': (artist: Prisma.Sql, role?: CreditRole) => albumIdsOf(artist, role, false),
  'artist.appearances': (artist: Prisma.Sql, role?: CreditRole) => albumIdsOf(artist, role, true),
  'artist.discography': (artist: Prisma.Sql, role?: CreditRole) => albumIdsOf(artist, role),
  'artist.songs': (artist: Prisma.Sql, role?: CreditRole) =>
    sql`SELECT DISTINCT song_id AS child FROM song_credit WHERE artist_id = ${artist} AND ${inRole(role)}`,
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

/** A thing that leads to others. `role`: an artist leads to what credits them in this role. */
export type Within = { link: Link; parent: number; role?: CreditRole | undefined }

/** The condition that a thing, by its id column, is one that a link leads to. */
export function linked(id: Prisma.Sql, { link, parent, role }: Within): Condition {
  const children = links[link](sql`${parent}::int`, role)
  return { find: sql`${id} IN (${children})`, ask: ofEach(sql`SELECT FROM (${children}) AS link WHERE child = ${id}`) }
}

/** Where it is stored to how many things a link leads. */
const counts: { [Of in Link]?: { table: Prisma.Sql; count: Prisma.Sql } } = {
  'artist.albums': { table: raw('artist'), count: raw('album_count') },
  'artist.songs': { table: raw('artist'), count: raw('song_count') },
  'song.albums': { table: raw('song'), count: raw('album_count') },
}

/** To how many things a link leads, where that is stored. */
export function countLinked({ link, parent, role }: Within): Prisma.Sql | undefined {
  const stored = role === undefined ? counts[link] : undefined
  return stored && sql`coalesce((SELECT ${stored.count} FROM ${stored.table} WHERE id = ${parent}), 0)`
}

/** Orders in which what a thing leads to is a range of an index. */
const ranges: {
  [Of in Link]?: { [sort: string]: (parent: number, role: CreditRole | undefined) => Order | undefined }
} = {
  'artist.songs': {
    popular: (artist, role) => ({
      list: 'artist-songs.popular',
      // Who is credited twice is so once here. DISTINCT would have the index read from one end only.
      table: sql`(
        SELECT song_popularity, song_id FROM song_credit AS credit
        WHERE artist_id = ${artist} AND ${inRole(role)} AND NOT ${ofEach(sql`
          SELECT FROM (SELECT * FROM song_credit WHERE ${inRole(role)}) AS other
          WHERE other.song_id = credit.song_id AND other.artist_id = credit.artist_id
            AND other.position < credit.position`)}) AS performed`,
      key: raw('song_popularity'),
      id: raw('song_id'),
      kind: 'number',
      descending: true,
    }),
  },
  'artist.albums': { newest: (artist, role) => discography(artist, role, false) },
  'artist.appearances': { newest: (artist, role) => discography(artist, role, true) },
  'artist.discography': { newest: (artist, role) => discography(artist, role) },
}

function discography(artist: number, role: CreditRole | undefined, appearance?: boolean): Order | undefined {
  // Own albums and appearances are two ranges; those as artist are not told apart from those as a guest.
  if (role === 'artist' || (role === undefined && appearance === undefined)) return undefined
  return {
    list: 'artist-albums.newest',
    table: sql`(${albumsOf(sql`${artist}`, role, appearance)}) AS discography`,
    key: raw('release_key'),
    id: raw('album_id'),
    kind: 'number',
    descending: true,
  }
}

/** All that a thing leads to, where that is a range of an index in this order. */
export function linkedListing(within: Within, sort: string): Listing | undefined {
  const order = ranges[within.link]?.[sort]?.(within.parent, within.role)
  const total = countLinked(within)
  return order && { order, where: [], ...(total && { total }) }
}

/** A condition that PostgreSQL asks of each row, and does not turn into a join: OFFSET 0 is what keeps it from that. */
export const ofEach = (select: Prisma.Sql): Prisma.Sql => sql`EXISTS (${select} OFFSET 0)`

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
