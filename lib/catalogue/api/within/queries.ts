import { albumListing } from '@/lib/catalogue/api/albums/queries'
import { artistListing } from '@/lib/catalogue/api/artists/queries'
import type { Sort } from '@/lib/catalogue/api/choices'
import { genreListing } from '@/lib/catalogue/api/genres/queries'
import type { Filters } from '@/lib/catalogue/api/parameters'
import { songListing } from '@/lib/catalogue/api/songs/queries'
import { type Link, linked } from '@/lib/catalogue/listing/links/queries'
import { Prisma } from '@/lib/db/generated/client'

const { raw } = Prisma

/** The lists of what a thing leads to, which may be narrowed and sorted as the lists of everything. */

type Within<Of extends 'artists' | 'albums' | 'songs'> = {
  params: { id: number }
  query: Filters<Of> & { sort: Sort<Of> }
}

export const artistsWithin = (link: Link, { params, query }: Within<'artists'>) =>
  artistListing(query.sort, query, [linked(raw('artist.id'), link, params.id)])

export const albumsWithin = (link: Link, { params, query }: Within<'albums'>) =>
  albumListing(query.sort, query, [linked(raw('album.id'), link, params.id)])

export const songsWithin = (link: Link, { params, query }: Within<'songs'>) =>
  songListing(query.sort, query, [linked(raw('song.id'), link, params.id)])

export const genresWithin = (link: Link, { params }: { params: { id: number } }) =>
  genreListing([linked(raw('genre.id'), link, params.id)])
