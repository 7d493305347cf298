import { readAlbums } from '@/lib/catalogue/albums/resource'
import { readArtists } from '@/lib/catalogue/artists/resource'
import { readGenres } from '@/lib/catalogue/genres/resource'
import type { Include } from '@/lib/catalogue/lists/choices'
import type { Place } from '@/lib/catalogue/lists/list'
import { type Shown, show } from '@/lib/catalogue/lists/response'
import { readSongs } from '@/lib/catalogue/songs/resource'
import { embeds } from './embeds'

/** Reads what is at places of a list, as it is to be shown. */

type AskedFor<Name extends string> = { query: Shown<Name>; origin: string }

const idsOf = (places: Place[]) => places.map(({ id }) => id)

export const artistsAt = async (places: Place[], { query, origin }: AskedFor<Include<'artists'>>) =>
  show(await readArtists(idsOf(places), origin), query, embeds.artists, origin)

export const albumsAt = async (places: Place[], { query, origin }: AskedFor<Include<'albums'>>) =>
  show(await readAlbums(idsOf(places), origin), query, embeds.albums, origin)

export const songsAt = async (places: Place[], { query, origin }: AskedFor<Include<'songs'>>) =>
  show(await readSongs(idsOf(places), origin), query, embeds.songs, origin)

export const genresAt = async (places: Place[], { query, origin }: AskedFor<never>) =>
  show(await readGenres(idsOf(places), origin), query, {}, origin)
