import { pageCached } from '@/lib/cache/page'
import { findPlaylist, findPlaylistNavigation, findPlaylists } from './read'

/** The cached reads of pages. A write with one of the tags invalidates them. */

export const getPlaylists = pageCached('playlists', ['playlists', 'songs'], findPlaylists)
export const getPlaylist = pageCached('playlist', ['playlists', 'songs'], findPlaylist)
export const getPlaylistNavigation = pageCached('playlists-ways-in', ['playlists'], findPlaylistNavigation)
