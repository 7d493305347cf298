import type { AlbumRow, ArtistRow, GenreRow, SongRow } from '@/lib/catalogue/views'
import type { PlaylistRow } from '@/lib/playlists/views'
import type { Sort } from '@/lib/search/find/order'
import type { Facet } from '@/lib/search/index/document'

/** The results of a search as plain JSON, for pages. */

/** The positions of matches in a text, in UTF-16 units; the ends are exclusive. */
export type Ranges = [start: number, end: number][]

/** A text and the matches in it. */
export type MarkedText = { text: string; marked: Ranges }

/** @property marked the matches in the name. */
export type SearchHit = { marked: Ranges } & (
  | { kind: 'artist'; row: ArtistRow }
  | { kind: 'album'; row: AlbumRow; credit: MarkedText; label: MarkedText }
  | { kind: 'song'; row: SongRow; credit: MarkedText; album: MarkedText; composer: MarkedText }
  | { kind: 'playlist'; row: PlaylistRow }
  | { kind: 'genre'; row: GenreRow }
)

/** A value of a filter that the catalogue does not have. */
export type UnknownValue = { filter: Facet; value: string }

/**
 * @property about the disambiguation of an artist; otherwise empty.
 * @property href the same search with this value chosen, or removed if it was. @property hex a colour as "#rrggbb".
 */
export type FacetValue = {
  value: number
  name: string
  about: string
  hits: number
  isChosen: boolean
  href: string
  hex?: string
}

export type SearchView = {
  hits: SearchHit[]
  total: number
  /** Whether there are no more hits than `total`. */
  isExact: boolean
  /** Whether only the most popular entities were searched, because searching all would have taken too long. */
  isPartial: boolean
  page: number
  pages: number
  facets: Record<Facet, FacetValue[]>
  /** The same search for all kinds. */
  allKinds: { href: string; isChosen: boolean }
  /** The query that was searched for instead, because the typed one has no hits. */
  instead: string | null
  /** A query with more hits than the typed one, which has few. */
  didYouMean: { text: string; href: string } | null
  sorts: { name: Sort; href: string; isChosen: boolean }[]
  unknown: UnknownValue[]
}

/** The name or title of a hit. */
export const nameOf = ({ row }: SearchHit): string => ('title' in row ? row.title : row.name)
