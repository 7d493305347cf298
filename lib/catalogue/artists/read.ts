import { dependOn } from '@/lib/cache/dependencies/recorder'
import { findAlbumRows } from '@/lib/catalogue/albums/read'
import { ArtistFacts } from '@/lib/catalogue/enrichment/facts'
import { toSourceFacts } from '@/lib/catalogue/enrichment/source-facts'
import { type AlbumKind, albumKinds, HAS_MAIN_ROLE, type OtherRole, otherRoles } from '@/lib/catalogue/kinds'
import { albumsByRelease, songsByPopularity } from '@/lib/catalogue/lists/links'
import type { ListQuery } from '@/lib/catalogue/lists/list'
import type { Order } from '@/lib/catalogue/lists/orders'
import { findInOrder, inOrderOf, offsetOf, toPage } from '@/lib/catalogue/lists/paging'
import { readPage } from '@/lib/catalogue/lists/read'
import { type PageSort, pageSizes } from '@/lib/catalogue/lists/sorts'
import { totalSql } from '@/lib/catalogue/lists/total'
import { toArtistRow } from '@/lib/catalogue/rows'
import { findSongRows } from '@/lib/catalogue/songs/read'
import type { AlbumRow, ArtistRow, ArtistView, Moved, Page, SongRow } from '@/lib/catalogue/views'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { artistList } from './records'

const { sql, raw } = Prisma

/** Artists by id, in that order. */
export async function findArtistRows(ids: number[]): Promise<ArtistRow[]> {
  return (await findInOrder(ids, (where) => db().artist.findMany({ where }))).map(toArtistRow)
}

/** @returns null if there is no such page. */
export const findArtists = (sort: PageSort<'artists'>, page: number): Promise<Page<ArtistRow> | null> =>
  readPage(artistList(sort, {}), findArtistRows, pageSizes.artists, page)

/** Rows in each section of an artist's page. Pages of their own have the rest. */
const EXCERPT = 12
const TOP_SONGS = 10

/** Albums and songs of each role. */
const ROLE_ALBUMS = 6
const ROLE_SONGS = 5

/** The data of an artist for the head of its pages of albums and songs. */
export type ArtistHead = {
  id: number
  name: string
  disambiguation: string
  songCount: number
  /** Whether the most popular songs differ in popularity. */
  songsAreRanked: boolean
}

/** The artist, its redirect, or null. */
export async function findArtistHead(id: number): Promise<ArtistHead | Moved | null> {
  dependOn('artist', id)
  dependOn('artist-songs.popular', id)
  const [artist] = await db().$queryRaw<ArtistHead[]>`
    SELECT id, name, disambiguation, song_count AS "songCount", ${songsAreRanked(id)} AS "songsAreRanked"
    FROM artist WHERE id = ${id}`
  return artist ?? findMovedArtist(id)
}

/** The data of an artist's page, its redirect, or null. Three statements. */
export async function findArtist(id: number): Promise<ArtistView | Moved | null> {
  dependOn('artist.page', id)
  dependOn('artist-albums.newest', id)
  dependOn('artist-songs.popular', id)
  dependOn('artist-roles', id)
  const [outline] = await findOutline(id)
  if (!outline) return findMovedArtist(id)

  const { discography, appearances, songs, isRanked, contributions, enrichments, ...artist } = outline
  const roles = contributions.filter((each) => each.albums.total + each.songs.total > 0)
  const albumIds = [...discography, appearances, ...roles.map((each) => each.albums)].flatMap(({ ids }) => ids)
  const songIds = [...songs, ...roles.flatMap((each) => (each.albums.total > 0 ? [] : each.songs.ids))]
  const [albums, songRows] = await Promise.all([
    findAlbumRows([...new Set(albumIds)]),
    findSongRows([...new Set(songIds)]),
  ])
  const rowsOf = (ids: number[]) => inOrderOf(ids, albums)
  return {
    ...artist,
    sourceFacts: toSourceFacts(enrichments, ArtistFacts),
    albums: albumKinds.flatMap((kind) =>
      discography
        .filter((group) => group.kind === kind)
        .map(({ ids, total }) => ({ kind, albums: { rows: rowsOf(ids), total } })),
    ),
    appearsOn: { rows: rowsOf(appearances.ids), total: appearances.total },
    topSongs: { rows: inOrderOf(songs, songRows), total: artist.songCount, isRanked },
    roles: roles.map(({ role, albums: inAlbums, songs: inSongs }) => ({
      role,
      albums: { rows: rowsOf(inAlbums.ids), total: inAlbums.total },
      songs: { rows: inAlbums.total > 0 ? [] : inOrderOf(inSongs.ids, songRows), total: inSongs.total },
    })),
  }
}

type IdExcerpt = { ids: number[]; total: number }
type ArtistOutline = Omit<ArtistView, 'albums' | 'appearsOn' | 'topSongs' | 'roles' | 'sourceFacts'> & {
  enrichments: unknown[]
  discography: (IdExcerpt & { kind: AlbumKind })[]
  appearances: IdExcerpt
  songs: number[]
  isRanked: boolean
  contributions: { role: OtherRole; albums: IdExcerpt; songs: IdExcerpt }[]
}

const performs = raw(HAS_MAIN_ROLE)

const byPopularity = (artistId: number): Prisma.Sql => sql`
  SELECT song_id, song_popularity FROM song_credit WHERE artist_id = ${artistId} AND ${performs}
  GROUP BY song_popularity, song_id ORDER BY song_popularity DESC, song_id DESC`

/** Whether there are top songs: most of the first ones are more popular than the next one. */
const songsAreRanked = (artistId: number): Prisma.Sql => sql`
  (SELECT count(*) > ${TOP_SONGS} AND count(*) FILTER (WHERE song_popularity > least) * 2 > ${TOP_SONGS}
   FROM (
     SELECT song_popularity, min(song_popularity) OVER () AS least
     FROM (${byPopularity(artistId)} LIMIT ${TOP_SONGS + 1}) AS first) AS best)`

/**
 * Songs in album order: by own albums, newest first, then by albums of others, then songs on no album. Each song is listed
 * once, on the album that represents it. Read from the index of the discography, album by album.
 */
const inAlbumOrder = (artistId: number): Prisma.Sql => sql`
  SELECT id FROM (
    ${[false, true].map((appearance) => onAlbums(artistId, appearance)).reduce((own, others) => sql`${own} UNION ALL ${others}`)}
    UNION ALL
    (SELECT song_id FROM song_credit JOIN song ON song.id = song_id
      WHERE artist_id = ${artistId} AND ${performs} AND song.album_id IS NULL
      GROUP BY song_popularity, song_id ORDER BY song_popularity DESC, song_id DESC)) AS listed (id)`

/** OFFSET 0 stops PostgreSQL from merging the subqueries, which would sort all songs for a far page. */
const onAlbums = (artistId: number, appearance: boolean): Prisma.Sql => sql`
  SELECT listed.id
  FROM (
    SELECT album_id FROM artist_album WHERE artist_id = ${artistId} AND appearance = ${appearance}
    ORDER BY release_key DESC, album_id DESC OFFSET 0) AS own
  CROSS JOIN LATERAL (
    SELECT song.id
    FROM song CROSS JOIN LATERAL (
      SELECT disc.position AS disc, track.position FROM track JOIN disc ON disc.id = track.disc_id
      WHERE track.song_id = song.id AND disc.album_id = own.album_id
      ORDER BY disc.position, track.position LIMIT 1) AS place
    WHERE song.album_id = own.album_id
      AND EXISTS (SELECT FROM song_credit WHERE song_id = song.id AND artist_id = ${artistId} AND ${performs} OFFSET 0)
    ORDER BY place.disc, place.position, song.id OFFSET 0) AS listed`

/** Albums and songs that credit an artist in a role, newest and most popular first. */
const roleAlbums = (artistId: number, role: Prisma.Sql): Prisma.Sql => sql`
  SELECT album_id AS id FROM contribution WHERE artist_id = ${artistId} AND role = ${role}
  ORDER BY release_key DESC, album_id DESC`
// The partial index by role leaves out `artist`, and needs this condition to be used.
const roleSongs = (artistId: number, role: Prisma.Sql): Prisma.Sql => sql`
  SELECT song_id AS id FROM song_credit WHERE artist_id = ${artistId} AND role = ${role} AND role <> 'artist'
  GROUP BY song_popularity, song_id ORDER BY song_popularity DESC, song_id DESC`
const countOf = (rows: Prisma.Sql): Prisma.Sql => sql`(SELECT count(*)::int FROM (${rows}) AS counted)`

/** The artist, and the first ids of each section of the page, each from a range of an index. */
const findOutline = (id: number): Promise<ArtistOutline[]> => db().$queryRaw<ArtistOutline[]>`
  SELECT id, name, disambiguation, kind::text, sort_name AS "sortName", album_count AS "albumCount",
    song_count AS "songCount",
    (SELECT coalesce(json_agg(json_build_object('kind', kind, 'total', total, 'ids', ARRAY(
        SELECT album_id FROM artist_album
        WHERE artist_id = ${id} AND NOT appearance AND kind = own.kind
        ORDER BY release_key DESC, album_id DESC LIMIT ${EXCERPT}))), '[]')
      FROM (SELECT kind, count(*) AS total FROM artist_album
            WHERE artist_id = ${id} AND NOT appearance GROUP BY kind) AS own) AS discography,
    json_build_object(
      'total', (SELECT count(*) FROM artist_album WHERE artist_id = ${id} AND appearance),
      'ids', ARRAY(SELECT album_id FROM artist_album WHERE artist_id = ${id} AND appearance
                   ORDER BY release_key DESC, album_id DESC LIMIT ${EXCERPT})) AS appearances,
    ${songsAreRanked(id)} AS "isRanked",
    CASE WHEN ${songsAreRanked(id)}
      THEN ARRAY(SELECT song_id FROM (${byPopularity(id)} LIMIT ${TOP_SONGS}) AS best)
      ELSE ARRAY(${inAlbumOrder(id)} LIMIT ${TOP_SONGS}) END AS songs,
    (SELECT json_agg(json_build_object(
        'role', role,
        'albums', json_build_object(
          'total', ${countOf(roleAlbums(id, sql`named.role`))},
          'ids', ARRAY(${roleAlbums(id, sql`named.role`)} LIMIT ${ROLE_ALBUMS})),
        'songs', json_build_object(
          'total', ${countOf(roleSongs(id, sql`named.role`))},
          'ids', ARRAY(${roleSongs(id, sql`named.role`)} LIMIT ${ROLE_SONGS}))) ORDER BY at)
      FROM unnest(${[...otherRoles]}::credit_role[]) WITH ORDINALITY AS named (role, at)) AS contributions,
    (SELECT coalesce(json_agg(json_build_object('source', source, 'fetchedAt', fetched_at, 'data', data)
        ORDER BY source), '[]')
      FROM enrichment WHERE enrichment.artist_id = ${id}) AS enrichments
  FROM artist WHERE id = ${id}`

/** Own albums of a kind, or appearances, newest first. @returns null if there is no such page. */
export const findArtistAlbums = (
  artistId: number,
  kind: AlbumKind | 'appearances',
  page: number,
): Promise<Page<AlbumRow> | null> => {
  const which = kind === 'appearances' ? { appearance: true } : { appearance: false, kind }
  return readPage(counted(albumsByRelease(artistId, which)), findAlbumRows, pageSizes.albums, page)
}

/** An artist's songs, most popular first; in album order if they are not ranked. @returns null if there is no such page. */
export async function findArtistSongs(
  { id, songsAreRanked: areRanked }: Pick<ArtistHead, 'id' | 'songsAreRanked'>,
  page: number,
): Promise<Page<SongRow> | null> {
  const size = pageSizes.songs
  const total = sql`(SELECT song_count FROM artist WHERE id = ${id})`
  dependOn('artist-albums.newest', id)
  dependOn('artist-songs.popular', id)
  if (areRanked) return readPage({ order: songsByPopularity(id), where: [], total }, findSongRows, size, page)
  const found = await db().$queryRaw<{ id: number; total: number }[]>`
    SELECT id, ${total} AS total FROM (${inAlbumOrder(id)}) AS songs LIMIT ${size} OFFSET ${offsetOf(page, size)}`
  return toPage(await findSongRows(found.map((row) => row.id)), found[0]?.total ?? 0, page, size)
}

/** Albums that credit an artist in a role, also on a song. @returns null if there is no such page. */
export const findArtistRoleAlbums = (artistId: number, role: OtherRole, page: number): Promise<Page<AlbumRow> | null> =>
  readPage(counted(albumsByRelease(artistId, { role })), findAlbumRows, pageSizes.albums, page)

/** Songs that credit an artist in a role. @returns null if there is no such page. */
export const findArtistRoleSongs = (artistId: number, role: OtherRole, page: number): Promise<Page<SongRow> | null> =>
  readPage(counted(songsByPopularity(artistId, role)), findSongRows, pageSizes.songs, page)

const counted = (order: Order): ListQuery => ({ order, where: [], total: totalSql({ order, where: [] }) })

async function findMovedArtist(id: number): Promise<Moved | null> {
  const redirect = await db().artistRedirect.findUnique({ where: { id } })
  return redirect && { movedTo: redirect.artistId }
}
