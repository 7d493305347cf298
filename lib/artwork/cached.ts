import * as colours from '@/lib/artwork/colours/read'
import { pageCached } from '@/lib/cache/page'

/** The cached queries of pages. */

export const getAlbumsOfColour = pageCached('albums-of-colour', ['albums'], colours.findAlbumsOfColour)
export const getColours = pageCached('colours', ['albums'], colours.findColours)
export const getAlbumNavigation = pageCached('albums-ways-in', ['albums'], colours.findAlbumNavigation)
