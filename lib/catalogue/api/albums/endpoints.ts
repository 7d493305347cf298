import { toCredit } from '@/lib/catalogue/api/credits/items'
import { creditListing, findCredits } from '@/lib/catalogue/api/credits/queries'
import { embeds } from '@/lib/catalogue/api/embeds'
import { albumsAt, artistsAt, genresAt } from '@/lib/catalogue/api/read'
import { toTrack } from '@/lib/catalogue/api/tracks/items'
import { findTracks, trackListing } from '@/lib/catalogue/api/tracks/queries'
import { artistsWithin, genresWithin } from '@/lib/catalogue/api/within/queries'
import { showOne } from '@/lib/catalogue/listing/answer'
import { listEndpoint, thingEndpoint } from '@/lib/catalogue/listing/endpoint'
import { getAlbum, listAlbumArtists, listAlbumCredits, listAlbumGenres, listAlbums, listAlbumTracks } from './contract'
import { toAlbum } from './items'
import { albumListing, findAlbumRecord } from './queries'

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
