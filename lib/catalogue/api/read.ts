import { type Shown, show } from '@/lib/catalogue/listing/answer'
import type { Place } from '@/lib/catalogue/listing/listing'
import { readAlbums } from './albums/items'
import { readArtists } from './artists/items'
import type { Include } from './choices'
import { embeds } from './embeds'
import { readGenres } from './genres/items'
import { readSongs } from './songs/items'

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
