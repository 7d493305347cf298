import { queryCached } from '@/lib/cache/query-results'
import { findArtistRows } from '@/lib/catalogue/artists/read'
import { findGenreRecords } from '@/lib/catalogue/genres/records'
import { findRanking } from '@/lib/catalogue/letters/read'
import { findInOrder } from '@/lib/catalogue/lists/paging'
import { sortsOf } from '@/lib/catalogue/lists/sorts'
import { albumSelect, songSelect, toAlbumRow, toSongRow } from '@/lib/catalogue/rows'
import { today } from '@/lib/catalogue/today'
import type { AlbumRow } from '@/lib/catalogue/views'
import { db } from '@/lib/db/client'
import { findPlaylistRows } from '@/lib/playlists/read'
import type { Hit } from '@/lib/search/find/hits'
import { sorts } from '@/lib/search/find/order'
import { type SearchAnswer, search } from '@/lib/search/find/search'
import { type Facet, facets } from '@/lib/search/index/document'
import { type Kind, namedBy, type TextField } from '@/lib/search/text/parse'
import { ofKind, type SearchAddress, searchAddress, toggled } from './address'
import { namedFacets } from './facet-names'
import { hexOf } from './facet-values'
import { type Matcher, matcherOf, rangesOf } from './matches'
import type { FacetValue, MarkedText, SearchHit, SearchView, UnknownValue } from './views'

/** Hits on a page, and the number of pages. After that many, people try another search. */
const SIZE = 25
const MAX_PAGES = 40

/** Popularity derives from songs: if all songs tie, nothing is ranked. */
const cachedRanking = queryCached<{ isRanked: boolean }>('search ranking', { entries: 1, ttl: 10 * 60_000 })

/** The results of a search as pages show them. The number of statements does not depend on the number of hits. */
export async function findResults(address: SearchAddress, unknown: UnknownValue[] = []): Promise<SearchView> {
  const { q, chosen, sort, page } = address
  const offset = (Math.min(page, MAX_PAGES + 1) - 1) * SIZE
  const found = await search({ text: q, chosen, sort, range: { size: SIZE, offset, today: today() } })
  const pages = Math.min(MAX_PAGES, Math.max(1, Math.ceil(found.total / SIZE)))
  const [hits, named, { isRanked }] = await Promise.all([
    readHits(found.hits, matcherOf(found.query.parsed)),
    nameFacets(found, address),
    cachedRanking('songs', findRanking),
  ])
  return {
    hits,
    total: found.total,
    isExact: found.isExact,
    isPartial: found.isPartial,
    page,
    pages,
    facets: named,
    allKinds: { href: ofKind(address, null), isChosen: !chosen.kind?.length },
    sorts: sortsOf(sorts, isRanked).map((name) => ({
      name,
      href: searchAddress({ ...address, sort: name }),
      isChosen: name === sort,
    })),
    instead: found.instead,
    didYouMean:
      found.didYouMean === null
        ? null
        : { text: found.didYouMean, href: searchAddress({ ...address, q: found.didYouMean }) },
    unknown: [...unknown, ...found.query.unknownGenres.map((value) => ({ filter: 'genre', value }) as const)],
  }
}

const findAlbums = (ids: number[]) =>
  findInOrder(ids, (where) =>
    db().album.findMany({ where, select: { ...albumSelect, label: true }, relationLoadStrategy: 'join' }),
  )
const findSongs = (ids: number[]) =>
  findInOrder(ids, (where) =>
    db().song.findMany({ where, select: { ...songSelect, composer: true }, relationLoadStrategy: 'join' }),
  )

async function readHits(hits: Hit[], match: Matcher): Promise<SearchHit[]> {
  const idsOf = (kind: Kind) => hits.filter((hit) => hit.kind === kind).map(({ id }) => id)
  const read = async <Row extends { id: number }>(kind: Kind, find: (ids: number[]) => Promise<Row[]>) =>
    new Map((await find(idsOf(kind))).map((row) => [row.id, row]))
  const [artists, albums, songs, playlists, genres] = await Promise.all([
    read('artist', findArtistRows),
    read('album', findAlbums),
    read('song', findSongs),
    read('playlist', findPlaylistRows),
    read('genre', findGenreRecords),
  ])
  const marked = (text: string, fields: readonly TextField[]): MarkedText => ({
    text,
    marked: rangesOf(match(text, fields)),
  })
  const creditOf = ({ credits }: Pick<AlbumRow, 'credits'>): MarkedText =>
    marked(credits.map(({ name, join }) => name + join).join(''), ['artist'])
  // Entities deleted since they were indexed are skipped.
  return hits.flatMap(({ kind, id }): SearchHit[] => {
    const markedName = (name: string) => ({ marked: rangesOf(match(name, namedBy[kind])) })
    const artist = kind === 'artist' && artists.get(id)
    if (artist) return [{ kind: 'artist', row: artist, ...markedName(artist.name) }]
    const album = kind === 'album' && albums.get(id)
    if (album) {
      const row = toAlbumRow(album)
      const label = marked(album.label ?? '', ['label'])
      return [{ kind: 'album', row, ...markedName(row.title), credit: creditOf(row), label }]
    }
    const song = kind === 'song' && songs.get(id)
    if (song) {
      const row = toSongRow(song)
      const album = marked(row.album?.title ?? '', ['album'])
      const by = marked(song.composer ?? '', ['composer'])
      return [{ kind: 'song', row, ...markedName(row.title), credit: creditOf(row), album, composer: by }]
    }
    const playlist = kind === 'playlist' && playlists.get(id)
    if (playlist) return [{ kind: 'playlist', row: playlist, ...markedName(playlist.name) }]
    const genre = kind === 'genre' && genres.get(id)
    return genre ? [{ kind: 'genre', row: genre, ...markedName(genre.name) }] : []
  })
}

async function nameFacets({ facets: found }: SearchAnswer, address: SearchAddress): Promise<SearchView['facets']> {
  const { chosen } = address
  const named = await namedFacets(found, chosen)
  const slugs = new Map(named.genre.map(({ value, written }) => [value, written]))
  const valuesOf = (facet: Facet): FacetValue[] =>
    named[facet].map(({ written: _, ...each }) => ({
      ...each,
      href: facet === 'kind' ? ofKind(address, each.value) : toggled({ ...address, slugs }, facet, each.value),
      ...(facet === 'color' && { hex: hexOf(each.value) }),
    }))
  return Object.fromEntries(facets.map((facet) => [facet, valuesOf(facet)])) as SearchView['facets']
}
