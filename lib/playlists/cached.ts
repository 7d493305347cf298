import { aging } from '@/lib/cache/dependencies/recorder'
import { pageCached } from '@/lib/cache/page'
import { findPlaylist, findPlaylistNavigation, findPlaylists } from './read'

/** The cached reads of pages. A change of what they read invalidates them. */

export const getPlaylists = pageCached('playlists', findPlaylists)
export const getPlaylist = pageCached('playlist', findPlaylist)
const cachedNavigation = pageCached('playlists-ways-in', findPlaylistNavigation)
export const getPlaylistNavigation = () => aging(cachedNavigation)
