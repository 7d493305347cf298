import { readAlbums } from '@/lib/catalogue/albums/resource'
import { readArtists } from '@/lib/catalogue/artists/resource'
import { readGenres } from '@/lib/catalogue/genres/resource'
import { idsOf, type RowPosition } from '@/lib/catalogue/lists/list'
import type { Include } from '@/lib/catalogue/lists/parameters'
import { type SelectionRequest, withSelection } from '@/lib/catalogue/lists/response'
import { readSongs } from '@/lib/catalogue/songs/resource'
import { embeds } from './embeds'

/** Reads the resources at the positions of a list. */

export const artistsAt = async (rows: RowPosition[], { query, origin }: SelectionRequest<Include<'artists'>>) =>
  withSelection(await readArtists(idsOf(rows), origin), query, embeds.artists, origin)

export const albumsAt = async (rows: RowPosition[], { query, origin }: SelectionRequest<Include<'albums'>>) =>
  withSelection(await readAlbums(idsOf(rows), origin), query, embeds.albums, origin)

export const songsAt = async (rows: RowPosition[], { query, origin }: SelectionRequest<Include<'songs'>>) =>
  withSelection(await readSongs(idsOf(rows), origin), query, embeds.songs, origin)

export const genresAt = async (rows: RowPosition[], { query, origin }: SelectionRequest<never>) =>
  withSelection(await readGenres(idsOf(rows), origin), query, {}, origin)
