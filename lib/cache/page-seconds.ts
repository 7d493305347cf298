/** Seconds for which a page and its data stay fresh. */
export const PAGE_SECONDS = 900
