/** Seconds that a page, and what it read, stay fresh. */
export const PAGE_SECONDS = 900
