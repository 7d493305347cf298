import { albumList } from '@/lib/catalogue/albums/records'
import { artistList } from '@/lib/catalogue/artists/records'
import { genreList } from '@/lib/catalogue/genres/records'
import type { Link } from '@/lib/catalogue/lists/links'
import type { Filters } from '@/lib/catalogue/lists/parameters'
import type { ApiSort, Directed } from '@/lib/catalogue/lists/sorts'
import { songList } from '@/lib/catalogue/songs/records'
import type { CreditRole } from './kinds'

/** The lists below an artist, an album or a song. They have the same filters and sorts as the whole lists. */

type SortedQuery<List extends 'artists' | 'albums' | 'songs' | 'genres'> = { sort: Directed<ApiSort<List>> }
type LinkedListRequest<List extends 'artists' | 'albums' | 'songs'> = {
  params: { id: number }
  query: Filters<List> & SortedQuery<List>
}

export const linkedArtists = (link: Link, { params, query }: LinkedListRequest<'artists'>) =>
  artistList(query.sort, query, { link, parent: params.id })

export const linkedAlbums = (link: Link, { params, query }: LinkedListRequest<'albums'>, role?: CreditRole) =>
  albumList(query.sort, query, { link, parent: params.id, role })

export const linkedSongs = (link: Link, { params, query }: LinkedListRequest<'songs'>, role?: CreditRole) =>
  songList(query.sort, query, { link, parent: params.id, role })

export const linkedGenres = (link: Link, { params, query }: { params: { id: number }; query: SortedQuery<'genres'> }) =>
  genreList(query.sort, { link, parent: params.id })
