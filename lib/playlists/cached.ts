import { pageCached } from '@/lib/cache/page'
import { findPlaylist, findPlaylists, findPlaylistWaysIn } from './read'

/** What pages read: each query's cached sibling. The tags are what a write forgets. */

export const getPlaylists = pageCached('playlists', ['playlists', 'songs'], findPlaylists)
export const getPlaylist = pageCached('playlist', ['playlists', 'songs'], findPlaylist)
export const getPlaylistWaysIn = pageCached('playlists-ways-in', ['playlists'], findPlaylistWaysIn)
