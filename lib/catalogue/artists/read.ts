import { findAlbumRows } from '@/lib/catalogue/albums/read'
import { ArtistFacts } from '@/lib/catalogue/enrichment/facts'
import { toOutside } from '@/lib/catalogue/enrichment/outside'
import { type AlbumKind, albumKinds, HAS_MAIN_ROLE, type OtherRole, otherRoles } from '@/lib/catalogue/kinds'
import { albumsByRelease, songsByPopularity } from '@/lib/catalogue/lists/links'
import type { ListQuery } from '@/lib/catalogue/lists/list'
import type { Order } from '@/lib/catalogue/lists/orders'
import { inOrderOf, offsetOf, toPage } from '@/lib/catalogue/lists/paging'
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
async function findArtistRows(ids: number[]): Promise<ArtistRow[]> {
  if (ids.length === 0) return []
  return inOrderOf(ids, await db().artist.findMany({ where: { id: { in: ids } } })).map(toArtistRow)
}

/** @returns null where the list has no such page. */
export const findArtists = (sort: PageSort<'artists'>, page: number): Promise<Page<ArtistRow> | null> =>
  readPage(artistList(sort, {}), findArtistRows, pageSizes.artists, page)

/** Rows that an artist's page shows of each part of it; the rest is on pages of their own. */
const EXCERPT = 12
const TOP_SONGS = 10

/** Albums and songs shown of each role. */
const ROLE_ALBUMS = 6
const ROLE_SONGS = 5

/** Enough of an artist to head a page of its albums or songs. */
export type ArtistHead = {
  id: number
  name: string
  disambiguation: string
  songCount: number
  /** Whether the best known of the songs differ in popularity. */
  songsAreRanked: boolean
}

/** The artist, or where it moved to, or null. */
export async function findArtistHead(id: number): Promise<ArtistHead | Moved | null> {
  const [artist] = await db().$queryRaw<ArtistHead[]>`
    SELECT id, name, disambiguation, song_count AS "songCount", ${songsAreRanked(id)} AS "songsAreRanked"
    FROM artist WHERE id = ${id}`
  return artist ?? findMovedArtist(id)
}

/** The artist's page, or where the artist moved to, or null. Three statements. */
export async function findArtist(id: number): Promise<ArtistView | Moved | null> {
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
  const shown = (ids: number[]) => inOrderOf(ids, albums)
  return {
    ...artist,
    outside: toOutside(enrichments, ArtistFacts),
    albums: albumKinds.flatMap((kind) =>
      discography
        .filter((group) => group.kind === kind)
        .map(({ ids, total }) => ({ kind, albums: { rows: shown(ids), total } })),
    ),
    appearsOn: { rows: shown(appearances.ids), total: appearances.total },
    topSongs: { rows: inOrderOf(songs, songRows), total: artist.songCount, isRanked },
    roles: roles.map(({ role, albums: of, songs: sung }) => ({
      role,
      albums: { rows: shown(of.ids), total: of.total },
      songs: { rows: of.total > 0 ? [] : inOrderOf(sung.ids, songRows), total: sung.total },
    })),
  }
}

type Ids = { ids: number[]; total: number }
type Outline = Omit<ArtistView, 'albums' | 'appearsOn' | 'topSongs' | 'roles' | 'outside'> & {
  enrichments: unknown[]
  discography: (Ids & { kind: AlbumKind })[]
  appearances: Ids
  songs: number[]
  isRanked: boolean
  contributions: { role: OtherRole; albums: Ids; songs: Ids }[]
}

const performs = raw(HAS_MAIN_ROLE)

const byPopularity = (artistId: number): Prisma.Sql => sql`
  SELECT song_id, song_popularity FROM song_credit WHERE artist_id = ${artistId} AND ${performs}
  GROUP BY song_popularity, song_id ORDER BY song_popularity DESC, song_id DESC`

/** Whether there are top songs: most of those that a page begins with are better known than the next one. */
const songsAreRanked = (artistId: number): Prisma.Sql => sql`
  (SELECT count(*) > ${TOP_SONGS} AND count(*) FILTER (WHERE song_popularity > least) * 2 > ${TOP_SONGS}
   FROM (
     SELECT song_popularity, min(song_popularity) OVER () AS least
     FROM (${byPopularity(artistId)} LIMIT ${TOP_SONGS + 1}) AS first) AS best)`

/**
 * Songs as the artist's albums have them, the newest album first: own albums, then those of others, then songs on no
 * album. Each song is listed with the album it is shown with. Read on the index of the discography, album by album.
 */
const inAlbumOrder = (artistId: number): Prisma.Sql => sql`
  SELECT id FROM (
    ${[false, true].map((appearance) => onAlbums(artistId, appearance)).reduce((own, others) => sql`${own} UNION ALL ${others}`)}
    UNION ALL
    (SELECT song_id FROM song_credit JOIN song ON song.id = song_id
      WHERE artist_id = ${artistId} AND ${performs} AND song.album_id IS NULL
      GROUP BY song_popularity, song_id ORDER BY song_popularity DESC, song_id DESC)) AS listed (id)`

/** OFFSET 0 keeps each part as it is: PostgreSQL would rather sort all of it for a page far down. */
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

/** Albums and songs that credit an artist in a role, the newest and the best known first. */
const roleAlbums = (artistId: number, role: Prisma.Sql): Prisma.Sql => sql`
  SELECT album_id AS id FROM contribution WHERE artist_id = ${artistId} AND role = ${role}
  ORDER BY release_key DESC, album_id DESC`
// Most credits are those of artists: the index that has the role leaves them out, and is used only if this says so.
const roleSongs = (artistId: number, role: Prisma.Sql): Prisma.Sql => sql`
  SELECT song_id AS id FROM song_credit WHERE artist_id = ${artistId} AND role = ${role} AND role <> 'artist'
  GROUP BY song_popularity, song_id ORDER BY song_popularity DESC, song_id DESC`
const countOf = (rows: Prisma.Sql): Prisma.Sql => sql`(SELECT count(*)::int FROM (${rows}) AS counted)`

/** The artist, and the ids that begin each part of the page; each is a range of an index, however long the part is. */
const findOutline = (id: number): Promise<Outline[]> => db().$queryRaw<Outline[]>`
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

/** Own albums of a kind, or appearances, newest first. @returns null where there is no such page. */
export const findArtistAlbums = (
  artistId: number,
  kind: AlbumKind | 'appearances',
  page: number,
): Promise<Page<AlbumRow> | null> => {
  const which = kind === 'appearances' ? { appearance: true } : { appearance: false, kind }
  return readPage(counted(albumsByRelease(artistId, which)), findAlbumRows, pageSizes.albums, page)
}

/** An artist's songs, best known first; in album order where they are not ranked. @returns null where there is no such page. */
export async function findArtistSongs(
  { id, songsAreRanked: areRanked }: Pick<ArtistHead, 'id' | 'songsAreRanked'>,
  page: number,
): Promise<Page<SongRow> | null> {
  const size = pageSizes.songs
  const total = sql`(SELECT song_count FROM artist WHERE id = ${id})`
  if (areRanked) return readPage({ order: songsByPopularity(id), where: [], total }, findSongRows, size, page)
  const found = await db().$queryRaw<{ id: number; total: number }[]>`
    SELECT id, ${total} AS total FROM (${inAlbumOrder(id)}) AS songs LIMIT ${size} OFFSET ${offsetOf(page, size)}`
  return toPage(await findSongRows(found.map((row) => row.id)), found[0]?.total ?? 0, page, size)
}

/** Albums that credit an artist in a role, on the sleeve or on a song. @returns null where there is no such page. */
export const findArtistRoleAlbums = (artistId: number, role: OtherRole, page: number): Promise<Page<AlbumRow> | null> =>
  readPage(counted(albumsByRelease(artistId, { role })), findAlbumRows, pageSizes.albums, page)

/** Songs that credit an artist in a role. @returns null where there is no such page. */
export const findArtistRoleSongs = (artistId: number, role: OtherRole, page: number): Promise<Page<SongRow> | null> =>
  readPage(counted(songsByPopularity(artistId, role)), findSongRows, pageSizes.songs, page)

const counted = (order: Order): ListQuery => ({ order, where: [], total: totalSql({ order, where: [] }) })

async function findMovedArtist(id: number): Promise<Moved | null> {
  const redirect = await db().artistRedirect.findUnique({ where: { id } })
  return redirect && { movedTo: redirect.artistId }
}
