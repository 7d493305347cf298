import type { AlbumRow, Page } from '@/lib/catalogue/views'

/** A page of the albums of a colour. Where `isAll` does not hold, there are more than `total`. */
export type AlbumsOfColour = Page<AlbumRow> & { isAll: boolean }

/** A colour by its name, what shows it ("#rrggbb"), and how many albums have it; where `isAll` does not hold, at the least. */
export type ColourCount = { name: string; hex: string; albums: number; isAll: boolean }
