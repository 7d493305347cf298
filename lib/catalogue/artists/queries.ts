import { findAlbumRows } from '@/lib/catalogue/albums/queries'
import { artistOrders } from '@/lib/catalogue/anchors/orders'
import { findPageIds } from '@/lib/catalogue/anchors/queries'
import { ArtistFacts } from '@/lib/catalogue/enrichment/facts'
import { toOutside } from '@/lib/catalogue/enrichment/outside'
import { type ArtistSort, pageSizes } from '@/lib/catalogue/lists'
import { inOrderOf, toPage } from '@/lib/catalogue/paging'
import { findIds } from '@/lib/catalogue/queries'
import { toArtistRow } from '@/lib/catalogue/rows'
import { findSongRows } from '@/lib/catalogue/songs/queries'
import {
  type AlbumKind,
  type AlbumRow,
  type ArtistRow,
  type ArtistView,
  albumKinds,
  type Moved,
  type Page,
  type SongRow,
} from '@/lib/catalogue/views'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'

const { sql } = Prisma

/** Artists by id, in that order. */
async function findArtistRows(ids: number[]): Promise<ArtistRow[]> {
  if (ids.length === 0) return []
  return inOrderOf(ids, await db().artist.findMany({ where: { id: { in: ids } } })).map(toArtistRow)
}

/** @returns null where the list has no such page. */
export async function findArtists(sort: ArtistSort, page: number): Promise<Page<ArtistRow> | null> {
  const size = pageSizes.artists
  const total = sql`(SELECT artist_count FROM catalogue)`
  const found = await findPageIds(artistOrders[sort], { page, size, total })
  return toPage(await findArtistRows(found.ids), found.total, page, size)
}

/** Rows that an artist's page shows of each part of it; the rest is on pages of their own. */
const EXCERPT = 12
const TOP_SONGS = 10

/** Enough of an artist to head a page of its albums or songs. */
export type ArtistHead = { id: number; name: string; disambiguation: string; songCount: number }

/** The artist, or where it moved to, or null. */
export async function findArtistHead(id: number): Promise<ArtistHead | Moved | null> {
  const select = { id: true, name: true, disambiguation: true, songCount: true } as const
  return (await db().artist.findUnique({ where: { id }, select })) ?? findMovedArtist(id)
}

/** The artist's page, or where the artist moved to, or null. Three statements. */
export async function findArtist(id: number): Promise<ArtistView | Moved | null> {
  const [outline] = await findOutline(id)
  if (!outline) return findMovedArtist(id)

  const { discography, appearances, songs, enrichments, ...artist } = outline
  const [albums, topSongs] = await Promise.all([
    findAlbumRows([...discography.flatMap((group) => group.ids), ...appearances.ids]),
    findSongRows(songs),
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
    topSongs: { rows: topSongs, total: artist.songCount },
  }
}

type Ids = { ids: number[]; total: number }
type Outline = Omit<ArtistView, 'albums' | 'appearsOn' | 'topSongs' | 'outside'> & {
  enrichments: unknown[]
  discography: (Ids & { kind: AlbumKind })[]
  appearances: Ids
  songs: number[]
}

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
    ARRAY(SELECT song_id FROM song_credit WHERE artist_id = ${id} AND role IN ('artist', 'featured')
          GROUP BY song_popularity, song_id ORDER BY song_popularity DESC, song_id DESC LIMIT ${TOP_SONGS}) AS songs,
    (SELECT coalesce(json_agg(json_build_object('source', source, 'fetchedAt', fetched_at, 'data', data)
        ORDER BY source), '[]')
      FROM enrichment WHERE enrichment.artist_id = ${id}) AS enrichments
  FROM artist WHERE id = ${id}`

/** Own albums of a kind, or appearances, newest first. @returns null where there is no such page. */
export async function findArtistAlbums(
  artistId: number,
  kind: AlbumKind | 'appearances',
  page: number,
): Promise<Page<AlbumRow> | null> {
  const size = pageSizes.albums
  const which = kind === 'appearances' ? sql`appearance` : sql`NOT appearance AND kind = ${kind}::album_kind`
  const select = sql`
    SELECT album_id AS id,
      (SELECT count(*)::int FROM artist_album WHERE artist_id = ${artistId} AND ${which}) AS total
    FROM artist_album WHERE artist_id = ${artistId} AND ${which}
    ORDER BY release_key DESC, album_id DESC`
  const { ids, total } = await findIds(select, page, size)
  return toPage(await findAlbumRows(ids), total, page, size)
}

/** An artist's songs, best known first. @returns null where there is no such page. */
export async function findArtistSongs(artistId: number, page: number): Promise<Page<SongRow> | null> {
  const size = pageSizes.songs
  const select = sql`
    SELECT song_id AS id, (SELECT song_count FROM artist WHERE id = ${artistId}) AS total
    FROM song_credit WHERE artist_id = ${artistId} AND role IN ('artist', 'featured')
    GROUP BY song_popularity, song_id ORDER BY song_popularity DESC, song_id DESC`
  const { ids, total } = await findIds(select, page, size)
  return toPage(await findSongRows(ids), total, page, size)
}

async function findMovedArtist(id: number): Promise<Moved | null> {
  const redirect = await db().artistRedirect.findUnique({ where: { id } })
  return redirect && { movedTo: redirect.artistId }
}
