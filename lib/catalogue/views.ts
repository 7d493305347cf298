/**
 * What pages are given: plain JSON, so that a cached answer is the same as a fresh one. Each entity's `read.ts` makes them.
 * Durations are in milliseconds; what is not known is null.
 */

import type { CoverView } from './artwork/cover'
import type { AlbumFacts, ArtistFacts } from './enrichment/facts'
import type { CoverSource, Outside } from './enrichment/outside'
import type { AlbumKind, ArtistKind, CreditRole, OtherRole } from './kinds'

/** A name on a sleeve. Joined in order, `name + join` reads as the credit: "Simon" + " & " + "Garfunkel". */
export type CreditView = { artistId: number; artistName: string; name: string; join: string; role: CreditRole }

/** A line of a page of credits. */
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
  /** The sum of the lengths that are known, of `timedCount` tracks. */
  durationMs: number
  timedCount: number
  /** The first names; of a long credit there are more. */
  credits: CreditView[]
  /** Names in the credit as artist or as a guest. */
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
  /** The album it is shown with; null for a song on none. */
  album: { id: number; title: string; cover: CoverView | null } | null
}

export type GenreRow = { id: number; name: string; slug: string; albumCount: number; songCount: number }
export type GenreView = GenreRow & { albumsAreRanked: boolean; songsAreRanked: boolean }
export type GenreLink = { name: string; slug: string }

/** A part of a long list: the first rows, and how many there are. */
export type Excerpt<Row> = { rows: Row[]; total: number }

export type ArtistView = ArtistRow & {
  sortName: string
  /** Own albums by kind, newest first; only kinds that have any, in the order of the type. */
  albums: { kind: AlbumKind; albums: Excerpt<AlbumRow> }[]
  appearsOn: Excerpt<AlbumRow>
  /** The best known first; in album order where they are not ranked. */
  topSongs: Excerpt<SongRow> & { isRanked: boolean }
  /** What the artist did on records, theirs or not; only roles that have any. Songs only where no album is shown. */
  roles: { role: OtherRole; albums: Excerpt<AlbumRow>; songs: Excerpt<SongRow> }[]
  outside: Outside<ArtistFacts>[]
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
  /** Whether it began on the page before. */
  isContinued: boolean
  tracks: TrackView[]
}

/** A disc in an album's index: the page of tracks where it begins. */
export type DiscLink = { position: number; title: string; page: number }

export type AlbumView = AlbumRow & {
  label: string | null
  outside: Outside<AlbumFacts>[]
  coverSource: CoverSource | null
  discCount: number
  /** The format of its only disc; empty where it isn't known or there are several. */
  format: string
  /** Its discs, where there are several: the first 200. */
  discIndex: DiscLink[]
  genres: GenreLink[]
  discs: DiscView[]
  /** The page of tracks shown: an album of thousands of tracks is paged. */
  tracksPage: { page: number; pages: number }
  /** Other albums of its first credited artist. */
  moreBy: { artist: { id: number; name: string }; albums: AlbumRow[] } | null
}

/** Where something is that was merged into another: an address leads on. */
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
