/** For how long deletions and merges are listed. The trigger `note_deletions` removes older ones. */
export const KEPT_DAYS = 90
