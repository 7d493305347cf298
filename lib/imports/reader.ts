import type { CatalogueRecord } from './records'

/** Readers of formats yield rows in file order, in batches, so that memory does not grow with the file. */

/**
 * An artist, song or album that many rows may name, as in formats with one track per row. The first row counts; later
 * rows add the fields that it lacks. In such a format all three are shared: rows are merged only if songs are.
 */
export type SharedRecord = { shared?: boolean }

/** A song's place on an album, from a format with one track per row. Albums are assembled after the last row. */
export type TrackPlace = {
  type: 'place'
  album: string
  song: string
  /** From 1; null if the row has none: the disc that the song is on already, or the first. */
  disc: number | null
  /** Orders the tracks of a disc. Tracks without a number follow in file order. */
  number: number | null
  /** As printed, if it differs from the position. */
  printed: string | null
  /** The song has the credits of the album. */
  inheritsCredits: boolean
}

/** A song in a playlist, from a format with one item per row. Items keep file order. */
export type PlaylistEntry = { type: 'entry'; playlist: string; song: string }

export type ImportRecord = (CatalogueRecord & SharedRecord) | TrackPlace | PlaylistEntry

/** An error in a row. `expected` completes a sentence: "durationMs must be a whole number". */
export type Fault = { field: string; expected: string }

/** The thing that an invalid row describes, if known. Rows that refer to it are invalid too. */
export type EntityKey = { entity: 'artist' | 'song' | 'album' | 'playlist'; key: string }

/** A row's records, or its error. `row` is the original, for the file of rejected rows. */
export type ImportRow = { line: number; row: unknown } & (
  | { records: ImportRecord[] }
  | { fault: Fault; named: EntityKey | null }
)

export type Reader = AsyncIterable<ImportRow[]>
