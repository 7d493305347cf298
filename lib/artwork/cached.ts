import * as colours from '@/lib/artwork/colours/read'
import { aging } from '@/lib/cache/dependencies/recorder'
import { pageCached } from '@/lib/cache/page'

/** The cached queries of pages. */

export const getAlbumsOfColour = pageCached('albums-of-colour', colours.findAlbumsOfColour)
const cachedColours = pageCached('colours', colours.findColours)
export const getColours = () => aging(cachedColours)
const cachedNavigation = pageCached('albums-ways-in', colours.findAlbumNavigation)
export const getAlbumNavigation = () => aging(cachedNavigation)
