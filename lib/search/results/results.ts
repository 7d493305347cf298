import { kept } from '@/lib/cache/query-results'
import { findRanking } from '@/lib/catalogue/letters/read'
import { inOrderOf } from '@/lib/catalogue/lists/paging'
import { sortsOf } from '@/lib/catalogue/lists/sorts'
import { albumSelect, songSelect, toAlbumRow, toArtistRow, toSongRow } from '@/lib/catalogue/rows'
import { today } from '@/lib/catalogue/today'
import type { AlbumRow } from '@/lib/catalogue/views'
import { db } from '@/lib/db/client'
import { findPlaylistRows } from '@/lib/playlists/read'
import type { Hit } from '@/lib/search/find/hits'
import { sorts } from '@/lib/search/find/order'
import { type Found, search } from '@/lib/search/find/search'
import { type Facet, facets } from '@/lib/search/index/document'
import { type Kind, namedBy, type ParsedQuery, type TextField } from '@/lib/search/text/parse'
import { ofKind, type SearchAddress, searchAddress, toggled } from './address'
import { namedFacets } from './facet-names'
import { hexOf } from './facet-values'
import { matchesInAny } from './matches'
import type { FacetValue, MarkedText, Ranges, SearchHit, SearchView, UnknownValue } from './views'

/** Hits of a page, and pages that can be turned to: who has not found it by then asks for something else. */
const SIZE = 25
const MOST_PAGES = 40

/** Popularity derives from songs: where they tie, nothing is ranked. */
const keptRanking = kept<{ isRanked: boolean }>('search ranking', { entries: 1, life: 10 * 60_000 })

/** The results of a search as pages show them: as many statements for much that is found as for little. */
export async function findResults(asked: SearchAddress, unknown: UnknownValue[] = []): Promise<SearchView> {
  const { q, chosen, sort, page } = asked
  const offset = (Math.min(page, MOST_PAGES + 1) - 1) * SIZE
  const found = await search({ text: q, chosen, sort, extent: { size: SIZE, offset, today: today() } })
  const pages = Math.min(MOST_PAGES, Math.max(1, Math.ceil(found.total / SIZE)))
  const [hits, named, { isRanked }] = await Promise.all([
    readHits(found.hits, found.parsed),
    nameFacets(found, asked),
    keptRanking('songs', findRanking),
  ])
  return {
    hits,
    total: found.total,
    isExact: found.isExact,
    isPartial: found.isPartial,
    page,
    pages,
    facets: named,
    allKinds: { href: ofKind(asked, null), isChosen: !chosen.kind?.length },
    sorts: sortsOf(sorts, isRanked).map((name) => ({
      name,
      href: searchAddress({ ...asked, sort: name }),
      isChosen: name === sort,
    })),
    instead: found.instead,
    didYouMean:
      found.didYouMean === null
        ? null
        : { text: found.didYouMean, href: searchAddress({ ...asked, q: found.didYouMean }) },
    unknown: [...unknown, ...found.unknownGenres.map((value) => ({ filter: 'genre', value }) as const)],
  }
}

async function readHits(hits: Hit[], parsed: ParsedQuery): Promise<SearchHit[]> {
  const idsOf = (kind: Kind) => hits.filter((hit) => hit.kind === kind).map(({ id }) => id)
  const where = (kind: Kind) => ({ where: { id: { in: idsOf(kind) } } })
  const read = async <Row extends { id: number }>(kind: Kind, find: () => Promise<Row[]>) => {
    const ids = idsOf(kind)
    return new Map((ids.length === 0 ? [] : inOrderOf(ids, await find())).map((row) => [row.id, row]))
  }
  const [artists, albums, songs, playlists, genres] = await Promise.all([
    read('artist', async () => (await db().artist.findMany(where('artist'))).map(toArtistRow)),
    read('album', async () =>
      (
        await db().album.findMany({
          ...where('album'),
          select: { ...albumSelect, label: true },
          relationLoadStrategy: 'join',
        })
      ).map((album) => ({ id: album.id, row: toAlbumRow(album), label: album.label ?? '' })),
    ),
    read('song', async () =>
      (
        await db().song.findMany({
          ...where('song'),
          select: { ...songSelect, composer: true },
          relationLoadStrategy: 'join',
        })
      ).map((song) => ({ id: song.id, row: toSongRow(song), composer: song.composer ?? '' })),
    ),
    read('playlist', () => findPlaylistRows(idsOf('playlist'))),
    read('genre', () => db().genre.findMany(where('genre'))),
  ])
  const marked = (text: string, fields: readonly TextField[]): MarkedText => ({
    text,
    marked: rangesOf(text, parsed, fields),
  })
  const creditOf = ({ credits }: Pick<AlbumRow, 'credits'>): MarkedText =>
    marked(credits.map(({ name, join }) => name + join).join(''), ['artist'])
  // What was deleted since it was indexed is left out.
  return hits.flatMap(({ kind, id }): SearchHit[] => {
    const of = (name: string) => ({ marked: rangesOf(name, parsed, namedBy[kind]) })
    const artist = kind === 'artist' && artists.get(id)
    if (artist) return [{ kind: 'artist', row: artist, ...of(artist.name) }]
    const album = kind === 'album' && albums.get(id)
    if (album) {
      const { row, label } = album
      return [{ kind: 'album', row, ...of(row.title), credit: creditOf(row), label: marked(label, ['label']) }]
    }
    const song = kind === 'song' && songs.get(id)
    if (song) {
      const { row, composer } = song
      const on = marked(row.album?.title ?? '', ['album'])
      const by = marked(composer, ['composer'])
      return [{ kind: 'song', row, ...of(row.title), credit: creditOf(row), album: on, composer: by }]
    }
    const playlist = kind === 'playlist' && playlists.get(id)
    if (playlist) return [{ kind: 'playlist', row: playlist, ...of(playlist.name) }]
    const genre = kind === 'genre' && genres.get(id)
    return genre ? [{ kind: 'genre', row: genre, ...of(genre.name) }] : []
  })
}

/** Where the words of the query stand in a text that is asked for by some fields. */
export const rangesOf = (text: string, parsed: ParsedQuery, fields: readonly TextField[]): Ranges =>
  matchesInAny(text, parsed, fields).map(({ start, end }) => [start, end])

async function nameFacets({ facets: found }: Found, asked: SearchAddress): Promise<SearchView['facets']> {
  const { chosen } = asked
  const named = await namedFacets(found, chosen)
  const slugs = new Map(named.genre.map(({ value, written }) => [value, written]))
  const valuesOf = (facet: Facet): FacetValue[] =>
    named[facet].map(({ written: _, ...each }) => ({
      ...each,
      href: facet === 'kind' ? ofKind(asked, each.value) : toggled({ ...asked, slugs }, facet, each.value),
      ...(facet === 'color' && { hex: hexOf(each.value) }),
    }))
  return Object.fromEntries(facets.map((facet) => [facet, valuesOf(facet)])) as SearchView['facets']
}
