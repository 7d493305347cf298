import { dependOn } from '@/lib/cache/dependencies/recorder'
import { type AlbumKind, type CreditRole, HAS_MAIN_ROLE } from '@/lib/catalogue/kinds'
import { EMBEDDED } from '@/lib/catalogue/resource-parts'
import { Prisma } from '@/lib/db/generated/client'
import { pool } from '@/lib/db/pool'
import type { Condition, ListQuery } from './list'
import type { EntityDependency, Order } from './orders'

const { sql, raw, empty } = Prisma

/** Credits in a role. Without one: the roles that make a song or an album an artist's own. */
const inRole = (role: CreditRole | undefined): Prisma.Sql => {
  if (role === undefined) return raw(HAS_MAIN_ROLE)
  // The partial indexes by role leave out `artist`, the most frequent one, and need this condition to be used.
  return role === 'artist' ? sql`role = 'artist'` : sql`role = ${role} AND role <> 'artist'`
}

type AlbumsOptions = {
  role?: CreditRole | undefined
  /** False: albums that credit the artist themselves. True: other albums with songs that do. */
  appearance?: boolean | undefined
  kind?: AlbumKind | undefined
}

/** An artist's albums, as rows with `album_id` and `release_key`. */
function albumsOf(artist: Prisma.Sql, { role, appearance, kind }: AlbumsOptions): Prisma.Sql {
  const which = appearance === undefined ? empty : sql`AND appearance = ${appearance}`
  if (role === undefined) {
    const ofKind = kind ? sql`AND kind = ${kind}::album_kind` : empty
    return sql`SELECT release_key, album_id FROM artist_album WHERE artist_id = ${artist} ${which} ${ofKind}`
  }
  if (role !== 'artist')
    return sql`
      SELECT release_key, album_id FROM contribution WHERE artist_id = ${artist} AND ${inRole(role)} ${which}`
  const onSleeve = existsPerRow(sql`
    SELECT FROM album_credit AS credit
    WHERE credit.album_id = own.album_id AND credit.artist_id = own.artist_id AND role = 'artist'`)
  const onSongs = existsPerRow(sql`
    SELECT FROM disc JOIN track ON track.disc_id = disc.id JOIN song_credit AS credit ON credit.song_id = track.song_id
    WHERE disc.album_id = own.album_id AND credit.artist_id = own.artist_id AND role = 'artist'`)
  const credited = {
    sleeve: onSleeve,
    songs: sql`NOT ${onSleeve} AND ${onSongs}`,
    any: sql`(${onSleeve} OR ${onSongs})`,
  }[appearance === undefined ? 'any' : appearance ? 'songs' : 'sleeve']
  return sql`SELECT release_key, album_id FROM artist_album AS own WHERE artist_id = ${artist} AND ${credited}`
}

const albumIdsOf = (...options: Parameters<typeof albumsOf>): Prisma.Sql =>
  sql`SELECT album_id AS child FROM (${albumsOf(...options)}) AS own`

/** Links between entities: for each, the ids that an entity links to, each once, as `child`. */
const links = {
  'album.artists': (album: Prisma.Sql) =>
    sql`SELECT DISTINCT artist_id AS child FROM album_credit WHERE album_id = ${album}`,
  'album.genres': (album: Prisma.Sql) => sql`SELECT genre_id AS child FROM album_genre WHERE album_id = ${album}`,
  'artist.albums': (artist: Prisma.Sql, role?: CreditRole) => albumIdsOf(artist, { role, appearance: false }),
  'artist.appearances': (artist: Prisma.Sql, role?: CreditRole) => albumIdsOf(artist, { role, appearance: true }),
  'artist.discography': (artist: Prisma.Sql, role?: CreditRole) => albumIdsOf(artist, { role }),
  'artist.songs': (artist: Prisma.Sql, role?: CreditRole) =>
    sql`SELECT DISTINCT song_id AS child FROM song_credit WHERE artist_id = ${artist} AND ${inRole(role)}`,
  'song.artists': (song: Prisma.Sql) =>
    sql`SELECT DISTINCT artist_id AS child FROM song_credit WHERE song_id = ${song}`,
  'song.genres': (song: Prisma.Sql) => sql`SELECT genre_id AS child FROM song_genre WHERE song_id = ${song}`,
  'song.albums': (song: Prisma.Sql) =>
    sql`SELECT DISTINCT disc.album_id AS child FROM track JOIN disc ON disc.id = track.disc_id WHERE track.song_id = ${song}`,
} as const

export type Link = keyof typeof links

/** What the ids that an entity links to depend on. */
function linkDependencies(link: Link, parent: number): EntityDependency[] {
  if (link === 'artist.songs') return [['artist-songs.popular', parent]]
  if (link === 'song.albums') return [['song-albums', parent]]
  const [kind] = link.split('.')
  if (kind === 'artist')
    return [
      ['artist-albums.newest', parent],
      ['artist-roles', parent],
    ]
  return [[kind === 'album' ? 'album.page' : 'song.page', parent]]
}

const bySlug = sql`(SELECT slug COLLATE "C" FROM genre WHERE id = link.child)`
/** The order of embedded lists, if not by id. */
const embeddedOrders: { [Name in Link]?: Prisma.Sql } = { 'album.genres': bySlug, 'song.genres': bySlug }

/** The link from an entity to the rows of a list. */
export type ParentLink = {
  link: Link
  parent: number
  /** Only what credits the artist in this role. */
  role?: CreditRole | undefined
}

/** The condition that a link leads to the row with this id. */
export function linkCondition(id: Prisma.Sql, { link, parent, role }: ParentLink): Condition {
  const children = links[link](sql`${parent}::int`, role)
  return {
    collect: sql`${id} IN (${children})`,
    test: existsPerRow(sql`SELECT FROM (${children}) AS link WHERE child = ${id}`),
    dependsOn: linkDependencies(link, parent),
  }
}

/** The stored numbers of linked entities. */
const counts: { [Name in Link]?: { table: Prisma.Sql; count: Prisma.Sql } } = {
  'artist.albums': { table: raw('artist'), count: raw('album_count') },
  'artist.songs': { table: raw('artist'), count: raw('song_count') },
  'song.albums': { table: raw('song'), count: raw('album_count') },
}

/** The number of linked entities, if it is stored. */
export function countLinked({ link, parent, role }: ParentLink): Prisma.Sql | undefined {
  const stored = role === undefined ? counts[link] : undefined
  return stored && sql`coalesce((SELECT ${stored.count} FROM ${stored.table} WHERE id = ${parent}), 0)`
}

/** An artist's songs, most popular first, as a range of an index. */
export const songsByPopularity = (artist: number, role?: CreditRole | undefined): Order => ({
  list: 'artist-songs.popular',
  // An artist may be credited twice on a song. DISTINCT would not allow reading the index backwards.
  table: sql`(
    SELECT song_popularity, song_id FROM song_credit AS credit
    WHERE artist_id = ${artist} AND ${inRole(role)} AND NOT ${existsPerRow(sql`
      SELECT FROM (SELECT * FROM song_credit WHERE ${inRole(role)}) AS other
      WHERE other.song_id = credit.song_id AND other.artist_id = credit.artist_id
        AND other.position < credit.position`)}) AS performed`,
  key: raw('song_popularity'),
  id: raw('song_id'),
  kind: 'number',
  descending: true,
  dependsOn: linkDependencies('artist.songs', artist),
})

/** An artist's albums, newest first, as a range of an index. */
export const albumsByRelease = (artist: number, options: AlbumsOptions): Order => ({
  list: 'artist-albums.newest',
  table: sql`(${albumsOf(sql`${artist}`, options)}) AS discography`,
  key: raw('release_key'),
  id: raw('album_id'),
  kind: 'number',
  descending: true,
  dependsOn: linkDependencies('artist.discography', artist),
})

/** Orders in which the linked entities are a range of an index. No index tells `artist` from `featured` on albums. */
const ranges: {
  [Name in Link]?: { [sort: string]: (parent: number, role: CreditRole | undefined) => Order | undefined }
} = {
  'artist.songs': { popular: songsByPopularity },
  'artist.albums': {
    newest: (artist, role) => (role === 'artist' ? undefined : albumsByRelease(artist, { role, appearance: false })),
  },
  'artist.appearances': {
    newest: (artist, role) => (role === 'artist' ? undefined : albumsByRelease(artist, { role, appearance: true })),
  },
  // Without a role, own albums and appearances are two ranges.
  'artist.discography': {
    newest: (artist, role) => (role === 'artist' || role === undefined ? undefined : albumsByRelease(artist, { role })),
  },
}

/** All linked entities; undefined if they are not a range of an index in this order. */
export function linkedList(parentLink: ParentLink, sort: string): ListQuery | undefined {
  const { link, parent, role } = parentLink
  const order = ranges[link]?.[sort]?.(parent, role)
  const total = countLinked(parentLink)
  return order && { order, where: [], ...(total && { total }) }
}

/** A condition tested for each row: OFFSET 0 keeps PostgreSQL from turning it into a join. */
export const existsPerRow = (select: Prisma.Sql): Prisma.Sql => sql`EXISTS (${select} OFFSET 0)`

/** The first ids that an entity links to, and their total. */
export type LinkedIds = { parent: number; total: number; children: number[] }

/** The linked ids of each of these entities. One statement, which reads all of them. */
export function findLinked(link: Link, parents: number[]): Promise<LinkedIds[]> {
  for (const [kind, id] of parents.flatMap((parent) => linkDependencies(link, parent))) dependOn(kind, id)
  return query(sql`
    SELECT parent.id AS parent, count(link.child)::int AS total,
      coalesce((array_agg(link.child ORDER BY ${embeddedOrders[link] ?? sql`link.child`}) FILTER (WHERE link.child IS NOT NULL))[1:${EMBEDDED}], '{}') AS children
    FROM unnest(${parents}::int[]) AS parent (id)
    LEFT JOIN LATERAL (${links[link](sql`parent.id`)}) AS link ON true
    GROUP BY parent.id`)
}

/** The first of an artist's albums and songs, read from an index: an artist may have tens of thousands. */
const firstLinked = {
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
        WHERE artist_id = artist.id AND ${raw(HAS_MAIN_ROLE)}
        ORDER BY song_popularity DESC, song_id DESC LIMIT ${EMBEDDED}) AS performed`,
  },
}

/** The newest albums or most popular songs of each of these artists. One statement. */
export function findFirstLinked(link: keyof typeof firstLinked, artists: number[]): Promise<LinkedIds[]> {
  const { total, first } = firstLinked[link]
  for (const [kind, id] of artists.flatMap((artist) => linkDependencies(link, artist))) dependOn(kind, id)
  return query(sql`
    SELECT artist.id AS parent, ${total} AS total, coalesce(head.children, '{}') AS children
    FROM artist CROSS JOIN LATERAL (
      SELECT array_agg(child ORDER BY at) AS children FROM (${first}) AS first) AS head
    WHERE artist.id = ANY(${artists}::int[])`)
}

async function query({ text, values }: Prisma.Sql): Promise<LinkedIds[]> {
  return (await pool().query<LinkedIds>(text, values)).rows
}
