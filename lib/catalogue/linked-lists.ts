import { albumListing } from '@/lib/catalogue/albums/records'
import { artistListing } from '@/lib/catalogue/artists/records'
import { genreListing } from '@/lib/catalogue/genres/records'
import type { Sort } from '@/lib/catalogue/lists/choices'
import type { Directed } from '@/lib/catalogue/lists/direction'
import type { Link } from '@/lib/catalogue/lists/links'
import type { Filters } from '@/lib/catalogue/lists/parameters'
import { songListing } from '@/lib/catalogue/songs/records'
import type { CreditRole } from './views'

/** The lists of what a thing leads to, which may be narrowed and sorted as the lists of everything. */

type Asked<Of extends 'artists' | 'albums' | 'songs'> = {
  params: { id: number }
  query: Filters<Of> & { sort: Directed<Sort<Of>> }
}

export const artistsWithin = (link: Link, { params, query }: Asked<'artists'>) =>
  artistListing(query.sort, query, { link, parent: params.id })

export const albumsWithin = (link: Link, { params, query }: Asked<'albums'>, role?: CreditRole) =>
  albumListing(query.sort, query, { link, parent: params.id, role })

export const songsWithin = (link: Link, { params, query }: Asked<'songs'>, role?: CreditRole) =>
  songListing(query.sort, query, { link, parent: params.id, role })

type AskedGenres = { params: { id: number }; query: { sort: Directed<Sort<'genres'>> } }

export const genresWithin = (link: Link, { params, query }: AskedGenres) =>
  genreListing(query.sort, { link, parent: params.id })
