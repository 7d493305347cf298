import { creditList, findCredits } from '@/lib/catalogue/credits/records'
import { toCredit } from '@/lib/catalogue/credits/resource'
import { embeds } from '@/lib/catalogue/embeds'
import { linkedArtists, linkedGenres } from '@/lib/catalogue/linked-lists'
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
  list: (request) => linkedArtists('album.artists', request),
  read: artistsAt,
})

export const albumGenres = listEndpoint(listAlbumGenres, {
  within: findAlbumRecord,
  list: (request) => linkedGenres('album.genres', request),
  read: genresAt,
})
