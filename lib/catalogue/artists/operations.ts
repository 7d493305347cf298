import { embeds } from '@/lib/catalogue/embeds'
import { linkedAlbums, linkedSongs } from '@/lib/catalogue/linked-lists'
import { albumsAt, artistsAt, songsAt } from '@/lib/catalogue/list-resources'
import { listEndpoint, resourceEndpoint } from '@/lib/catalogue/lists/endpoints'
import { oneWithSelection } from '@/lib/catalogue/lists/response'
import { getArtist, listArtistAlbums, listArtistSongs, listArtists } from './contract'
import { artistList, findArtistRecord } from './records'
import { toArtist } from './resource'

/** The routes of artists. */

export const artists = listEndpoint(listArtists, {
  list: ({ query }) => artistList(query.sort, query),
  read: artistsAt,
})

export const artist = resourceEndpoint(getArtist, {
  find: findArtistRecord,
  show: (found, { query, origin }) => oneWithSelection(toArtist(found, origin), query, embeds.artists, origin),
})

const creditedLinks = {
  sleeve: 'artist.albums',
  songs: 'artist.appearances',
  any: 'artist.discography',
} as const

export const artistAlbums = listEndpoint(listArtistAlbums, {
  within: findArtistRecord,
  list: (request) => {
    const { role, credited = role === undefined ? 'sleeve' : 'any' } = request.query
    return linkedAlbums(creditedLinks[credited], request, role)
  },
  read: albumsAt,
})

export const artistSongs = listEndpoint(listArtistSongs, {
  within: findArtistRecord,
  list: (request) => linkedSongs('artist.songs', request, request.query.role),
  read: songsAt,
})
