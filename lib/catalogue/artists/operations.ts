import { albumList } from '@/lib/catalogue/albums/records'
import { embeds } from '@/lib/catalogue/embeds'
import { albumsAt, artistsAt, songsAt } from '@/lib/catalogue/list-resources'
import { listEndpoint, resourceEndpoint } from '@/lib/catalogue/lists/endpoints'
import { oneWithSelection } from '@/lib/catalogue/lists/response'
import { songList } from '@/lib/catalogue/songs/records'
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
  list: ({ params, query }) => {
    const { role, credited = role === undefined ? 'sleeve' : 'any' } = query
    return albumList(query.sort, query, { link: creditedLinks[credited], parent: params.id, role })
  },
  read: albumsAt,
})

export const artistSongs = listEndpoint(listArtistSongs, {
  within: findArtistRecord,
  list: ({ params, query }) =>
    songList(query.sort, query, { link: 'artist.songs', parent: params.id, role: query.role }),
  read: songsAt,
})
