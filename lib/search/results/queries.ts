import { inOrderOf } from '@/lib/catalogue/paging'
import { albumSelect, songSelect, toAlbumRow, toArtistRow, toSongRow } from '@/lib/catalogue/rows'
import { db } from '@/lib/db/client'
import { findPlaylistRows } from '@/lib/playlists/queries'
import type { Hit } from '@/lib/search/find/queries'
import { type Found, search } from '@/lib/search/find/search'
import { type Facet, facets } from '@/lib/search/index/document'
import { tokensOf } from '@/lib/search/text/fold'
import { type Kind, kinds, type ParsedQuery } from '@/lib/search/text/parse'
import { ofKind, type SearchAddress, toggled } from './address'
import type { FacetValue, Ranges, SearchHit, SearchView } from './views'

/** Hits of a page, and pages that can be turned to: who has not found it by then asks for something else. */
const SIZE = 25
const MOST_PAGES = 40

/** The results of a search as pages show them: as many statements for much that is found as for little. */
export async function findResults(asked: SearchAddress): Promise<SearchView> {
  const { q, chosen, page } = asked
  const found = await search({ text: q, chosen, size: SIZE, page: Math.min(page, MOST_PAGES + 1) })
  const pages = Math.min(MOST_PAGES, Math.max(1, Math.ceil(found.total / SIZE)))
  const [hits, named] = await Promise.all([readHits(found.hits, found.parsed), nameFacets(found, asked)])
  return {
    hits,
    total: found.total,
    isExact: found.isExact,
    page,
    pages,
    facets: named,
    allKinds: { href: ofKind(asked, null), isChosen: !chosen.kind?.length },
    instead: found.instead,
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
      (await db().album.findMany({ ...where('album'), select: albumSelect, relationLoadStrategy: 'join' })).map(
        toAlbumRow,
      ),
    ),
    read('song', async () =>
      (await db().song.findMany({ ...where('song'), select: songSelect, relationLoadStrategy: 'join' })).map(toSongRow),
    ),
    read('playlist', () => findPlaylistRows(idsOf('playlist'))),
    read('genre', () => db().genre.findMany(where('genre'))),
  ])
  // What was deleted since it was indexed is left out.
  return hits.flatMap(({ kind, id }): SearchHit[] => {
    const marked = (name: string) => rangesOf(name, parsed)
    const artist = kind === 'artist' && artists.get(id)
    if (artist) return [{ kind: 'artist', row: artist, marked: marked(artist.name) }]
    const album = kind === 'album' && albums.get(id)
    if (album) return [{ kind: 'album', row: album, marked: marked(album.title) }]
    const song = kind === 'song' && songs.get(id)
    if (song) return [{ kind: 'song', row: song, marked: marked(song.title) }]
    const playlist = kind === 'playlist' && playlists.get(id)
    if (playlist) return [{ kind: 'playlist', row: playlist, marked: marked(playlist.name) }]
    const genre = kind === 'genre' && genres.get(id)
    return genre ? [{ kind: 'genre', row: genre, marked: marked(genre.name) }] : []
  })
}

/** Where the words of the query stand in a name. */
export function rangesOf(name: string, { clauses, isOpen }: ParsedQuery): Ranges {
  const words = clauses.flatMap((clause) => clause.tokens)
  const last = words.at(-1)
  const ranges: Ranges = []
  for (const token of tokensOf(name)) {
    const isMeant = words.some((word) =>
      word.isRun && token.isRun ? token.text.includes(word.text) : word.text === token.text,
    )
    const begins = isOpen && last !== undefined && last.text.length > 1 && token.text.startsWith(last.text)
    if (isMeant || begins) ranges.push([token.start, token.end])
  }
  return ranges
}

const LENGTH_NAMES = ['Under 2 min', '2 to 4 min', '4 to 7 min', '7 to 15 min', 'Over 15 min']
const KIND_NAMES: Record<Kind, string> = {
  artist: 'Artists',
  album: 'Albums',
  song: 'Songs',
  playlist: 'Playlists',
  genre: 'Genres',
}

async function nameFacets({ facets: found }: Found, asked: SearchAddress): Promise<SearchView['facets']> {
  const { chosen } = asked
  const ids = (facet: Facet) => [...new Set([...found[facet].map(({ value }) => value), ...(chosen[facet] ?? [])])]
  const named = async (facet: 'genre' | 'artist') => {
    const where = { where: { id: { in: ids(facet) } }, select: { id: true, name: true } }
    const rows =
      ids(facet).length === 0
        ? []
        : await (facet === 'genre' ? db().genre.findMany(where) : db().artist.findMany(where))
    return new Map(rows.map(({ id, name }) => [id, name]))
  }
  const [genre, artist] = await Promise.all([named('genre'), named('artist')])
  const names: Record<Facet, (value: number) => string | undefined> = {
    kind: (value) => kinds[value] && KIND_NAMES[kinds[value]],
    genre: (value) => genre.get(value),
    artist: (value) => artist.get(value),
    decade: (value) => `${value}s`,
    length: (value) => LENGTH_NAMES[value],
  }
  const valuesOf = (facet: Facet): FacetValue[] => {
    const values = found[facet]
    // A chosen value stays where it can be taken back, also where nothing has it.
    const missing = (chosen[facet] ?? []).filter((value) => !values.some((each) => each.value === value))
    return [...values, ...missing.map((value) => ({ value, hits: 0 }))].flatMap(({ value, hits }) => {
      const name = names[facet](value)
      if (name === undefined) return []
      const href = facet === 'kind' ? ofKind(asked, value) : toggled(asked, facet, value)
      return [{ value, name, hits, isChosen: chosen[facet]?.includes(value) ?? false, href }]
    })
  }
  return Object.fromEntries(facets.map((facet) => [facet, valuesOf(facet)])) as SearchView['facets']
}
