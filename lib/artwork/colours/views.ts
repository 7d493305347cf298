import type { AlbumRow, Page } from '@/lib/catalogue/views'

/** A page of the albums of a colour. If `isAll` is false, there are more than `total`. */
export type AlbumsOfColour = Page<AlbumRow> & { isAll: boolean }

/** A colour with an example ("#rrggbb") and its number of albums; if `isAll` is false, at least that many. */
export type ColourCount = { name: string; hex: string; albums: number; isAll: boolean }
