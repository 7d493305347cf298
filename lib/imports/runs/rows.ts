/** What became of the rows of a run. They always add up: read is the sum of the others. */
export type RowCounts = {
  read: number
  created: number
  updated: number
  /** They say what the catalogue has already. */
  unchanged: number
  /** They are about a song that an earlier row is about. */
  merged: number
  rejected: number
}

/** `note` completes a sentence: "songs.csv, line 3 is the same song as line 2". */
export type RowNote = { file: string; line: number; note: string }

/** The first rows of each kind. */
export type RowNotes = { merged: RowNote[]; rejected: RowNote[] }
