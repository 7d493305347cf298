import type { CatalogueRecord } from './records'

/**
 * What a format's reader gives the pipeline: entries in the order of the file, in batches, so that memory does not grow
 * with the file.
 */

/**
 * An artist, a song or an album that many rows may name, as in formats of one track a row: the first row that names it
 * counts, and later ones add the fields that it lacks.
 */
export type Shared = { shared?: boolean }

/** A song's place on an album, from a format of one track a row. Albums are put together when all rows are read. */
export type Place = {
  type: 'place'
  album: string
  song: string
  /** From 1; null where the row does not say: where the song is, else the first. */
  disc: number | null
  /** Orders the tracks of a disc; those without one follow, in the order of the file. */
  number: number | null
  /** As printed, where that is not the position. */
  printed: string | null
  /** The song is by whom the album is by. */
  inheritsCredits: boolean
}

/** A song in a playlist, from a format of one item a row; items follow each other in the order of the file. */
export type PlaylistEntry = { type: 'entry'; playlist: string; song: string }

export type Part = (CatalogueRecord & Shared) | Place | PlaylistEntry

/** What is wrong with a row. `expected` completes a sentence: "durationMs must be a whole number". */
export type Fault = { field: string; expected: string }

/** What a faulty row would have made, where it can be told: what depends on it is faulty too. */
export type Named = { entity: 'artist' | 'song' | 'album' | 'playlist'; key: string }

/** A row of the file: what it says, or what is wrong with it. `row` is the row as it came, for the rejected file. */
export type Entry = { line: number; row: unknown } & ({ parts: Part[] } | { fault: Fault; named: Named | null })

/** A file's header says whose keys it speaks of; formats without one have a source from the start. */
export type Reader = AsyncIterable<Entry[]>
