import * as colours from '@/lib/artwork/colours/read'
import { pageCached } from '@/lib/cache/page'

/** What pages read: each query's cached sibling. */

export const getAlbumsOfColour = pageCached('albums-of-colour', ['albums'], colours.findAlbumsOfColour)
export const getColours = pageCached('colours', ['albums'], colours.findColours)
export const getAlbumNavigation = pageCached('albums-ways-in', ['albums'], colours.findAlbumNavigation)
