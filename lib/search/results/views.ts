import type { AlbumRow, ArtistRow, GenreRow, SongRow } from '@/lib/catalogue/views'
import type { PlaylistRow } from '@/lib/playlists/views'
import type { Sort } from '@/lib/search/find/order'
import type { Facet } from '@/lib/search/index/document'

/** What pages are given of a search: plain JSON. */

/** Where in a text what was asked for stands, in UTF-16 units; the ends are exclusive. */
export type Ranges = [start: number, end: number][]

/** A text with what was asked for in it. */
export type MarkedText = { text: string; marked: Ranges }

/** @property marked of its name. */
export type SearchHit = { marked: Ranges } & (
  | { kind: 'artist'; row: ArtistRow }
  | { kind: 'album'; row: AlbumRow; credit: MarkedText; label: MarkedText }
  | { kind: 'song'; row: SongRow; credit: MarkedText; album: MarkedText; composer: MarkedText }
  | { kind: 'playlist'; row: PlaylistRow }
  | { kind: 'genre'; row: GenreRow }
)

/** A value of a filter, as it was typed, that names nothing in the catalogue. */
export type UnknownValue = { filter: Facet; value: string }

/**
 * @property about what tells an artist from others of the same name; empty where nothing does.
 * @property href the same search with it chosen, or taken back. @property hex of a colour what shows it: "#rrggbb".
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
  /** Whether there are no more than `total`. */
  isExact: boolean
  /** Whether only the best known were looked through, as all would have taken too long. */
  isPartial: boolean
  page: number
  pages: number
  facets: Record<Facet, FacetValue[]>
  /** The same search for things of all kinds. */
  allKinds: { href: string; isChosen: boolean }
  /** What was searched for instead, where nothing is as it was typed. */
  instead: string | null
  /** What may have been meant, where little is as it was typed. */
  didYouMean: { text: string; href: string } | null
  sorts: { name: Sort; href: string; isChosen: boolean }[]
  unknown: UnknownValue[]
}

/** What something that was found is called. */
export const nameOf = ({ row }: SearchHit): string => ('title' in row ? row.title : row.name)
