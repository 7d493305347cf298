export type Day = { year: number; month: number; day: number }

/** Parameters of a generated catalogue besides size and seed. */
export type Profile = {
  /** The last release date. Not the clock, so that a catalogue is the same next year. */
  today: Day
  /** The artist with the most albums: albums per song of the catalogue, and their maximum. */
  prolific: { albumsPerSong: number; albums: number }
  /** The playlist with the most songs. */
  longestPlaylist: number
  /** Listens to the most popular song of the least known artists. */
  leastFame: number
}

/** A catalogue with the extremes of real ones. */
export const wholeCatalogue: Profile = {
  today: { year: 2026, month: 11, day: 15 },
  prolific: { albumsPerSong: 0.06, albums: 6_000 },
  longestPlaylist: 10_000,
  leastFame: 40,
}
