/** What may be said of the catalogue's lists in the API. The first sort is the default; each may be reversed. */

export const sorts = {
  artists: ['id', 'name', 'newest', 'popular'],
  albums: ['id', 'newest', 'title', 'popular', 'longest'],
  songs: ['id', 'popular', 'title', 'newest', 'longest'],
  genres: ['slug'],
} as const

export const includes = {
  artists: ['albums', 'songs'],
  albums: ['artists', 'credits', 'genres', 'tracks'],
  songs: ['albums', 'artists', 'credits', 'genres'],
} as const

export type Sort<Of extends keyof typeof sorts> = (typeof sorts)[Of][number]
export type Include<Of extends keyof typeof includes> = (typeof includes)[Of][number]
