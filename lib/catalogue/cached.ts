import { aging } from '@/lib/cache/dependencies/recorder'
import { pageCached } from '@/lib/cache/page'
import * as albums from '@/lib/catalogue/albums/read'
import * as artists from '@/lib/catalogue/artists/read'
import * as credits from '@/lib/catalogue/credits/read'
import * as genres from '@/lib/catalogue/genres/read'
import * as letters from '@/lib/catalogue/letters/read'
import * as songs from '@/lib/catalogue/songs/read'
import * as home from './home'

/** The cached reads of pages. A change of what they read invalidates them. */

export const getHome = pageCached('home', home.findHome)

export const getArtists = pageCached('artists', artists.findArtists)
export const getArtist = pageCached('artist', artists.findArtist)
export const getArtistHead = pageCached('artist-head', artists.findArtistHead)
export const getArtistAlbums = pageCached('artist-albums', artists.findArtistAlbums)
export const getArtistSongs = pageCached('artist-songs', artists.findArtistSongs)
export const getArtistRoleAlbums = pageCached('artist-role-albums', artists.findArtistRoleAlbums)
export const getArtistRoleSongs = pageCached('artist-role-songs', artists.findArtistRoleSongs)

export const getAlbums = pageCached('albums', albums.findAlbums)
export const getAlbum = pageCached('album', albums.findAlbum)

export const getAlbumCreditsHead = pageCached('album-credits-head', credits.findAlbumCreditsHead)
export const getSongCreditsHead = pageCached('song-credits-head', credits.findSongCreditsHead)
export const getCredits = pageCached('credits', credits.findCredits)

export const getSongs = pageCached('songs', songs.findSongs)
export const getSong = pageCached('song', songs.findSong)
export const getSongHead = pageCached('song-head', songs.findSongHead)
export const getSongAlbums = pageCached('song-albums', songs.findSongAlbums)
export const getSongPlaylists = pageCached('song-playlists', songs.findSongPlaylists)

export const getGenres = pageCached('genres', genres.findGenres)
export const getGenre = pageCached('genre', genres.findGenre)
export const getGenreSongs = pageCached('genre-songs', genres.findGenreSongs)
export const getGenreAlbums = pageCached('genre-albums', genres.findGenreAlbums)

const cachedNavigation = pageCached('list-navigation', letters.findListNavigation)
export const getListNavigation = (list: letters.LetteredList) => aging(() => cachedNavigation(list))
