import { albumListing } from '@/lib/catalogue/albums/records'
import { albumsAt, genresAt, songsAt } from '@/lib/catalogue/list-resources'
import { listEndpoint } from '@/lib/catalogue/lists/operations'
import { showOne } from '@/lib/catalogue/lists/response'
import { songListing } from '@/lib/catalogue/songs/records'
import { endpoint } from '@/lib/http/api/endpoint'
import { getGenre, listGenreAlbums, listGenreSongs, listGenres } from './contract'
import { findGenreRecord, genreListing } from './records'
import { toGenre } from './resource'

/** The routes of genres. */

export const genres = listEndpoint(listGenres, { listing: ({ query }) => genreListing(query.sort), read: genresAt })

export const genre = endpoint(getGenre, {
  read: async ({ params: { slug }, query, origin }) => {
    const found = await findGenreRecord(slug)
    return found && showOne(toGenre(found, origin), query, {}, origin)
  },
})

export const genreAlbums = listEndpoint(listGenreAlbums, {
  within: ({ slug }) => findGenreRecord(slug),
  listing: ({ params, query }) => albumListing(query.sort, { ...query, genre: [params.slug] }),
  read: albumsAt,
})

export const genreSongs = listEndpoint(listGenreSongs, {
  within: ({ slug }) => findGenreRecord(slug),
  listing: ({ params, query }) => songListing(query.sort, { ...query, genre: [params.slug] }),
  read: songsAt,
})
