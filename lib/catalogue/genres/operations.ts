import { albumList } from '@/lib/catalogue/albums/records'
import { albumsAt, genresAt, songsAt } from '@/lib/catalogue/list-resources'
import { listEndpoint } from '@/lib/catalogue/lists/endpoints'
import { oneWithSelection } from '@/lib/catalogue/lists/response'
import { songList } from '@/lib/catalogue/songs/records'
import { endpoint } from '@/lib/http/api/endpoint'
import { getGenre, listGenreAlbums, listGenreSongs, listGenres } from './contract'
import { findGenreRecord, genreList } from './records'
import { toGenre } from './resource'

/** The routes of genres. */

export const genres = listEndpoint(listGenres, { list: ({ query }) => genreList(query.sort), read: genresAt })

export const genre = endpoint(getGenre, {
  read: async ({ params: { slug }, query, origin }) => {
    const found = await findGenreRecord(slug)
    return found && oneWithSelection(toGenre(found, origin), query, {}, origin)
  },
})

export const genreAlbums = listEndpoint(listGenreAlbums, {
  within: ({ slug }) => findGenreRecord(slug),
  list: ({ params, query }) => albumList(query.sort, { ...query, genre: [params.slug] }),
  read: albumsAt,
})

export const genreSongs = listEndpoint(listGenreSongs, {
  within: ({ slug }) => findGenreRecord(slug),
  list: ({ params, query }) => songList(query.sort, { ...query, genre: [params.slug] }),
  read: songsAt,
})
