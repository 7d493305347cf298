/** Facts about the lists of pages and of the API: page sizes and sorts. */

export const pageSizes = {
  artists: 25,
  albums: 25,
  songs: 50,
  playlists: 20,
  playlistItems: 50,
  genres: 100,
  tracks: 200,
  credits: 100,
} as const

/** The credited names that a detail page reads. */
export const DETAIL_CREDITS = 300

/** The sorts of the pages of each list, the default first. */
export const pageSorts = {
  artists: ['name', 'newest', 'popular'],
  albums: ['newest', 'title', 'popular', 'longest'],
  songs: ['popular', 'title', 'newest', 'longest'],
  playlists: ['name', 'newest', 'popular', 'longest'],
  genreAlbums: ['newest', 'title', 'popular'],
  genreSongs: ['popular', 'title', 'newest'],
} as const

/** The sorts of each list in the API, the default first; each may be reversed. */
export const apiSorts = {
  artists: ['id', ...pageSorts.artists],
  albums: ['id', ...pageSorts.albums],
  songs: ['id', ...pageSorts.songs],
  playlists: ['id', ...pageSorts.playlists],
  genres: ['slug'],
} as const

export type PageSort<List extends keyof typeof pageSorts> = (typeof pageSorts)[List][number]
export type ApiSort<List extends keyof typeof apiSorts> = (typeof apiSorts)[List][number]

/** The sorts to offer: sorting by popularity makes no sense if all rows tie. The first is the default. */
export const sortsOf = <Sort extends string>(sorts: readonly Sort[], isRanked: boolean): readonly Sort[] =>
  isRanked ? sorts : sorts.filter((sort) => sort !== 'popular')

/** A sort, or with "-" before it its reverse. */
export type Directed<Sort extends string> = Sort | `-${Sort}`

/** The values of a sort parameter. */
export const directed = <Sort extends string>(sorts: readonly Sort[]): Directed<Sort>[] =>
  sorts.flatMap((sort): Directed<Sort>[] => [sort, `-${sort}`])

export const isForward = <Sort extends string>(sort: Directed<Sort>): sort is Sort => !sort.startsWith('-')
