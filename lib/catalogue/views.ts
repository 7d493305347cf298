/**
 * The data of pages, made by each entity's `read.ts`: plain JSON, so that cached and fresh data are the same. Durations are
 * in milliseconds. Unknown values are null.
 */

import type { CoverView } from './artwork/cover'
import type { AlbumFacts, ArtistFacts } from './enrichment/facts'
import type { CoverSource, SourceFacts } from './enrichment/source-facts'
import type { AlbumKind, ArtistKind, CreditRole, OtherRole } from './kinds'

/** A credited name. Joined in order, `name + join` is the credit: "Simon" + " & " + "Garfunkel". */
export type CreditView = { artistId: number; artistName: string; name: string; join: string; role: CreditRole }

/** A row of a page of credits. */
export type CreditedView = { artistId: number; artistName: string; name: string; role: CreditRole }

export type PartialDate = { year: number | null; month: number | null; day: number | null }

/** A page of a list. `page` counts from 1; `pages` is at least 1. */
export type Page<Row> = { rows: Row[]; total: number; page: number; pages: number }

export type ArtistRow = {
  id: number
  name: string
  disambiguation: string
  kind: ArtistKind | null
  albumCount: number
  songCount: number
}

export type AlbumRow = {
  id: number
  title: string
  disambiguation: string
  kind: AlbumKind
  date: PartialDate
  trackCount: number
  /** The sum of the known durations, of `timedCount` tracks. */
  durationMs: number
  timedCount: number
  /** The first names of the credit. */
  credits: CreditView[]
  /** The number of names with a main role. */
  creditCount: number
  cover: CoverView | null
}

export type SongRow = {
  id: number
  title: string
  disambiguation: string
  durationMs: number | null
  credits: CreditView[]
  creditCount: number
  popularity: number
  /** The album that represents the song; null if it is on none. */
  album: { id: number; title: string; cover: CoverView | null } | null
}

export type GenreRow = { id: number; name: string; slug: string; albumCount: number; songCount: number }
export type GenreView = GenreRow & { albumsAreRanked: boolean; songsAreRanked: boolean }
export type GenreLink = { name: string; slug: string }

/** The first rows of a list, and its total. */
export type Excerpt<Row> = { rows: Row[]; total: number }

export type ArtistView = ArtistRow & {
  sortName: string
  /** Own albums by kind, newest first; only kinds with albums, in the order of `albumKinds`. */
  albums: { kind: AlbumKind; albums: Excerpt<AlbumRow> }[]
  appearsOn: Excerpt<AlbumRow>
  /** Most popular first; in album order if they are not ranked. */
  topSongs: Excerpt<SongRow> & { isRanked: boolean }
  /** Credits in other roles; only roles with credits. Songs only if there are no albums. */
  roles: { role: OtherRole; albums: Excerpt<AlbumRow>; songs: Excerpt<SongRow> }[]
  sourceFacts: SourceFacts<ArtistFacts>[]
}

export type TrackView = {
  position: number
  number: string
  title: string
  durationMs: number | null
  song: { id: number; title: string; credits: CreditView[]; creditCount: number }
}

export type DiscView = {
  position: number
  title: string
  format: string
  /** Whether it continues from the previous page. */
  isContinued: boolean
  tracks: TrackView[]
}

/** A disc in an album's index. `page` is the page of tracks on which it begins. */
export type DiscLink = { position: number; title: string; page: number }

export type AlbumView = AlbumRow & {
  label: string | null
  sourceFacts: SourceFacts<AlbumFacts>[]
  coverSource: CoverSource | null
  discCount: number
  /** The format of the only disc; empty if it is unknown or there are several discs. */
  format: string
  /** The first 200 discs; empty if there is only one. */
  discIndex: DiscLink[]
  genres: GenreLink[]
  discs: DiscView[]
  tracksPage: { page: number; pages: number }
  /** Other albums of the first credited artist. */
  moreBy: { artist: { id: number; name: string }; albums: AlbumRow[] } | null
}

/** A merged entity: its address redirects to this id. */
export type Moved = { movedTo: number }

export type PlaylistLink = { id: number; name: string; itemCount: number }

export type SongAppearance = { album: AlbumRow; disc: number; number: string; title: string }

export type SongView = SongRow & {
  composer: string | null
  genres: GenreLink[]
  appearances: Excerpt<SongAppearance>
  playlists: Excerpt<PlaylistLink>
}

export type CatalogueTotals = {
  artists: number
  albums: number
  songs: number
  genres: number
  playlists: number
  playlistItems: number
}
