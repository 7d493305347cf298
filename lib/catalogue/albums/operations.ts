import { artistList } from '@/lib/catalogue/artists/records'
import { creditList, findCredits } from '@/lib/catalogue/credits/records'
import { toCredit } from '@/lib/catalogue/credits/resource'
import { embeds } from '@/lib/catalogue/embeds'
import { genreList } from '@/lib/catalogue/genres/records'
import { albumsAt, artistsAt, genresAt } from '@/lib/catalogue/list-resources'
import { listEndpoint, resourceEndpoint } from '@/lib/catalogue/lists/endpoints'
import { oneWithSelection } from '@/lib/catalogue/lists/response'
import { getAlbum, listAlbumArtists, listAlbumCredits, listAlbumGenres, listAlbums, listAlbumTracks } from './contract'
import { albumList, findAlbumRecord } from './records'
import { toAlbum, toTrack } from './resource'
import { findTracks, trackList } from './track-records'

/** The routes of albums. */

export const albums = listEndpoint(listAlbums, {
  list: ({ query }) => albumList(query.sort, query),
  read: albumsAt,
})

export const album = resourceEndpoint(getAlbum, {
  find: findAlbumRecord,
  show: (found, { query, origin }) => oneWithSelection(toAlbum(found, origin), query, embeds.albums, origin),
})

export const albumTracks = listEndpoint(listAlbumTracks, {
  within: findAlbumRecord,
  list: ({ params }) => trackList(params.id),
  read: async (rows, { origin }) => (await findTracks(rows)).map((track) => toTrack(track, origin)),
})

export const albumCredits = listEndpoint(listAlbumCredits, {
  within: findAlbumRecord,
  list: ({ params }) => creditList('album', params.id),
  read: async (rows, { origin }) => (await findCredits('album', rows)).map((credit) => toCredit(credit, origin)),
})

export const albumArtists = listEndpoint(listAlbumArtists, {
  within: findAlbumRecord,
  list: ({ params, query }) => artistList(query.sort, query, { link: 'album.artists', parent: params.id }),
  read: artistsAt,
})

export const albumGenres = listEndpoint(listAlbumGenres, {
  within: findAlbumRecord,
  list: ({ params, query }) => genreList(query.sort, { link: 'album.genres', parent: params.id }),
  read: genresAt,
})
