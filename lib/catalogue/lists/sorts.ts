/** The lists of the catalogue: their page sizes and their sorts. The first sort of each is its default. */

export const pageSizes = { artists: 25, albums: 25, songs: 50, genres: 100, tracks: 200, credits: 100 } as const

/** Names that a detail page reads of one credit. */
export const DETAIL_CREDITS = 300

export const artistSorts = ['name', 'newest', 'popular'] as const
export const albumSorts = ['newest', 'title', 'popular', 'longest'] as const
export const songSorts = ['popular', 'title', 'newest', 'longest'] as const
export const genreAlbumSorts = ['newest', 'title', 'popular'] as const

export const genreSongSorts = ['popular', 'title', 'newest'] as const

export type ArtistSort = (typeof artistSorts)[number]
export type AlbumSort = (typeof albumSorts)[number]
export type SongSort = (typeof songSorts)[number]
export type GenreAlbumSort = (typeof genreAlbumSorts)[number]
export type GenreSongSort = (typeof genreSongSorts)[number]

/** The sorts that mean something: none ranks what all ties. The first is the default. */
export const sortsOf = <Sort extends string>(sorts: readonly Sort[], isRanked: boolean): readonly Sort[] =>
  isRanked ? sorts : sorts.filter((sort) => sort !== 'popular')
