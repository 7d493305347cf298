/** The first sort is the default. */
export const playlistSorts = ['name', 'newest', 'popular', 'longest'] as const
export type PlaylistSort = (typeof playlistSorts)[number]

export const pageSizes = { playlists: 20, items: 50 } as const
