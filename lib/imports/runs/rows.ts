/** The results of a run's rows: `read` is the sum of the others. */
export type RowCounts = {
  read: number
  created: number
  updated: number
  unchanged: number
  /** An earlier row has the same song. */
  merged: number
  rejected: number
}

/** `note` completes a sentence: "songs.csv, line 3 is the same song as line 2". */
export type RowNote = { file: string; line: number; note: string }

/** The first rows of each kind. */
export type RowNotes = { merged: RowNote[]; rejected: RowNote[] }
