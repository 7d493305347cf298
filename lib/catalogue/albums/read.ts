import { dependOn, secondary } from '@/lib/cache/dependencies/recorder'
import { AlbumFacts } from '@/lib/catalogue/enrichment/facts'
import { toSourceFacts } from '@/lib/catalogue/enrichment/source-facts'
import { findInOrder, pageCount } from '@/lib/catalogue/lists/paging'
import { readPage } from '@/lib/catalogue/lists/read'
import { DETAIL_CREDITS, type PageSort, pageSizes } from '@/lib/catalogue/lists/sorts'
import {
  albumSelect,
  creditCount,
  creditSelect,
  songSelect,
  toAlbumRow,
  toCredit,
  toGenreLink,
} from '@/lib/catalogue/rows'
import type { AlbumRow, AlbumView, DiscLink, DiscView, Moved, Page } from '@/lib/catalogue/views'
import { db } from '@/lib/db/client'
import { albumList } from './records'

/** Albums by id, in that order, with their credits. */
export async function findAlbumRows(ids: number[]): Promise<AlbumRow[]> {
  const query = { select: albumSelect, relationLoadStrategy: 'join' } as const
  return (await findInOrder(ids, (where) => db().album.findMany({ where, ...query }))).map(toAlbumRow)
}

/**
 * @param day a release key: later releases come last.
 * @returns null if there is no such page.
 */
export const findAlbums = (sort: PageSort<'albums'>, page: number, day: number): Promise<Page<AlbumRow> | null> =>
  readPage(albumList(sort, {}), findAlbumRows, pageSizes.albums, page, day)

/** Discs in an album's index. */
const INDEXED_DISCS = 200
/** Other albums of the artist on an album's page. */
const MORE = 6

/** The album with one page of its tracks, its redirect, or null if it or the page does not exist. Three statements. */
export async function findAlbum(id: number, tracksPage: number): Promise<AlbumView | Moved | null> {
  dependOn('album.page', id)
  const album = await db().album.findUnique({
    where: { id },
    include: {
      credits: { orderBy: { position: 'asc' }, take: DETAIL_CREDITS, select: creditSelect },
      enrichments: { orderBy: { source: 'asc' }, select: { source: true, fetchedAt: true, data: true } },
      artwork: { select: { source: true, fetchedAt: true } },
      genres: { orderBy: { genre: { slug: 'asc' } }, include: { genre: { select: { name: true, slug: true } } } },
      discs: {
        orderBy: { position: 'asc' },
        take: INDEXED_DISCS,
        select: { position: true, title: true, format: true, _count: { select: { tracks: true } } },
      },
      _count: creditCount,
    },
    relationLoadStrategy: 'join',
  })
  if (!album) return findMovedAlbum(id)

  const pages = pageCount(album.trackCount, pageSizes.tracks)
  if (tracksPage < 1 || tracksPage > pages) return null
  const artist = album.credits[0]?.artist
  const [discs, more] = await Promise.all([
    findDiscs(id, tracksPage),
    artist ? secondary(() => findMoreBy(artist.id, id)) : Promise.resolve([]),
  ])
  return {
    ...toAlbumRow(album),
    label: album.label,
    sourceFacts: toSourceFacts(album.enrichments, AlbumFacts),
    coverSource: album.artwork && { ...album.artwork, fetchedAt: album.artwork.fetchedAt.toISOString() },
    discCount: album.discCount,
    format: album.discCount === 1 ? (album.discs[0]?.format ?? '') : '',
    discIndex: album.discCount > 1 ? toDiscIndex(album.discs) : [],
    genres: album.genres.map(toGenreLink),
    discs,
    tracksPage: { page: tracksPage, pages },
    moreBy: artist && more.length > 0 ? { artist, albums: more } : null,
  }
}

function toDiscIndex(discs: { position: number; title: string; _count: { tracks: number } }[]): DiscLink[] {
  let before = 0
  return discs.map(({ position, title, _count }) => {
    const page = Math.floor(before / pageSizes.tracks) + 1
    before += _count.tracks
    return { position, title, page }
  })
}

/** The tracks of a page, by disc. */
async function findDiscs(albumId: number, page: number): Promise<DiscView[]> {
  const before = (page - 1) * pageSizes.tracks
  // The track before the page tells whether the first disc continues from the previous page.
  const overlap = before > 0 ? 1 : 0
  const found = await db().track.findMany({
    where: { disc: { albumId } },
    orderBy: [{ disc: { position: 'asc' } }, { position: 'asc' }],
    skip: before - overlap,
    take: pageSizes.tracks + overlap,
    include: {
      disc: { select: { position: true, title: true, format: true } },
      song: { select: { id: true, title: true, credits: songSelect.credits, _count: creditCount } },
    },
    relationLoadStrategy: 'join',
  })
  const discs = new Map<number, DiscView>()
  const last = overlap ? found[0]?.disc.position : undefined
  for (const { disc, song, ...track } of found.slice(overlap)) {
    dependOn('song.label', song.id)
    const view = discs.get(disc.position) ?? { ...disc, isContinued: disc.position === last, tracks: [] }
    discs.set(disc.position, view)
    view.tracks.push({
      position: track.position,
      number: track.number,
      title: track.title,
      durationMs: track.durationMs,
      song: {
        id: song.id,
        title: song.title,
        credits: song.credits.map(toCredit),
        creditCount: song._count.credits,
      },
    })
  }
  return [...discs.values()]
}

/** The newest own albums of an artist, without one. */
async function findMoreBy(artistId: number, albumId: number): Promise<AlbumRow[]> {
  dependOn('artist-albums.newest', artistId)
  const others = await db().artistAlbum.findMany({
    where: { artistId, appearance: false, albumId: { not: albumId } },
    orderBy: [{ releaseKey: 'desc' }, { albumId: 'desc' }],
    take: MORE,
    include: { album: { select: albumSelect } },
    relationLoadStrategy: 'join',
  })
  return others.map(({ album }) => toAlbumRow(album))
}

async function findMovedAlbum(id: number): Promise<Moved | null> {
  const redirect = await db().albumRedirect.findUnique({ where: { id } })
  return redirect && { movedTo: redirect.albumId }
}
