/** The retention of deletions and merges. The trigger `note_deletions` removes older ones. */
export const KEPT_DAYS = 90
