import { embeds } from '@/lib/catalogue/embeds'
import { albumsWithin, songsWithin } from '@/lib/catalogue/linked-lists'
import { albumsAt, artistsAt, songsAt } from '@/lib/catalogue/list-resources'
import { listEndpoint, thingEndpoint } from '@/lib/catalogue/lists/operations'
import { showOne } from '@/lib/catalogue/lists/response'
import { getArtist, listArtistAlbums, listArtistSongs, listArtists } from './contract'
import { artistListing, findArtistRecord } from './records'
import { toArtist } from './resource'

/** The routes of artists. */

export const artists = listEndpoint(listArtists, {
  listing: ({ query }) => artistListing(query.sort, query),
  read: artistsAt,
})

export const artist = thingEndpoint(getArtist, {
  find: findArtistRecord,
  show: (found, { query, origin }) => showOne(toArtist(found, origin), query, embeds.artists, origin),
})

const creditedLinks = {
  sleeve: 'artist.albums',
  songs: 'artist.appearances',
  any: 'artist.discography',
} as const

export const artistAlbums = listEndpoint(listArtistAlbums, {
  within: findArtistRecord,
  listing: (asked) => {
    const { role, credited = role === undefined ? 'sleeve' : 'any' } = asked.query
    return albumsWithin(creditedLinks[credited], asked, role)
  },
  read: albumsAt,
})

export const artistSongs = listEndpoint(listArtistSongs, {
  within: findArtistRecord,
  listing: (asked) => songsWithin('artist.songs', asked, asked.query.role),
  read: songsAt,
})
