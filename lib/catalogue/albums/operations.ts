import { creditListing, findCredits } from '@/lib/catalogue/credits/records'
import { toCredit } from '@/lib/catalogue/credits/resource'
import { embeds } from '@/lib/catalogue/embeds'
import { artistsWithin, genresWithin } from '@/lib/catalogue/linked-lists'
import { albumsAt, artistsAt, genresAt } from '@/lib/catalogue/list-resources'
import { listEndpoint, thingEndpoint } from '@/lib/catalogue/lists/operations'
import { showOne } from '@/lib/catalogue/lists/response'
import { getAlbum, listAlbumArtists, listAlbumCredits, listAlbumGenres, listAlbums, listAlbumTracks } from './contract'
import { albumListing, findAlbumRecord } from './records'
import { toAlbum } from './resource'
import { findTracks, trackListing } from './track-records'
import { toTrack } from './track-resource'

/** The routes of albums. */

export const albums = listEndpoint(listAlbums, {
  listing: ({ query }) => albumListing(query.sort, query),
  read: albumsAt,
})

export const album = thingEndpoint(getAlbum, {
  find: findAlbumRecord,
  show: (found, { query, origin }) => showOne(toAlbum(found, origin), query, embeds.albums, origin),
})

export const albumTracks = listEndpoint(listAlbumTracks, {
  within: findAlbumRecord,
  listing: ({ params }) => trackListing(params.id),
  read: async (places, { origin }) => (await findTracks(places)).map((track) => toTrack(track, origin)),
})

export const albumCredits = listEndpoint(listAlbumCredits, {
  within: findAlbumRecord,
  listing: ({ params }) => creditListing('album', params.id),
  read: async (places, { origin }) => (await findCredits('album', places)).map((credit) => toCredit(credit, origin)),
})

export const albumArtists = listEndpoint(listAlbumArtists, {
  within: findAlbumRecord,
  listing: (asked) => artistsWithin('album.artists', asked),
  read: artistsAt,
})

export const albumGenres = listEndpoint(listAlbumGenres, {
  within: findAlbumRecord,
  listing: (asked) => genresWithin('album.genres', asked),
  read: genresAt,
})
