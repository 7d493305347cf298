/** The lists of the catalogue: their page sizes and their sorts. The first sort of each is its default. */

export const pageSizes = { artists: 25, albums: 25, songs: 50, genres: 100, tracks: 200 } as const

export const artistSorts = ['name', 'newest', 'popular'] as const
export const albumSorts = ['newest', 'title', 'popular', 'longest'] as const
export const songSorts = ['popular', 'title', 'newest', 'longest'] as const
export const genreAlbumSorts = ['newest', 'title', 'popular'] as const

export type ArtistSort = (typeof artistSorts)[number]
export type AlbumSort = (typeof albumSorts)[number]
export type SongSort = (typeof songSorts)[number]
export type GenreAlbumSort = (typeof genreAlbumSorts)[number]
