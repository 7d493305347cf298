/** A day of the calendar. */
export type Day = { year: number; month: number; day: number }

/** What makes one made-up catalogue another than the next, apart from its size and its seed. */
export type Profile = {
  /** Nothing is released later. A date and not the clock, so that a catalogue is the same next year. */
  today: Day
  /** The artist with the most albums: so many for each song of the catalogue, up to a limit. */
  prolific: { albumsPerSong: number; albums: number }
  /** The playlist with the most songs. */
  longestPlaylist: number
  /** The artists that hardly anybody knows have as many listens to their best-known song. */
  leastFame: number
}

/** Any size, and the extremes of real catalogues with it. */
export const wholeCatalogue: Profile = {
  today: { year: 2026, month: 11, day: 15 },
  prolific: { albumsPerSong: 0.06, albums: 6_000 },
  longestPlaylist: 10_000,
  leastFame: 40,
}
