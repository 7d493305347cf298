import { pageCached } from '@/lib/cache/page'
import * as albums from '@/lib/catalogue/albums/read'
import * as artists from '@/lib/catalogue/artists/read'
import * as credits from '@/lib/catalogue/credits/read'
import * as genres from '@/lib/catalogue/genres/read'
import * as letters from '@/lib/catalogue/letters/read'
import * as songs from '@/lib/catalogue/songs/read'
import * as home from './home'

/** The cached reads of pages. A write with one of the tags invalidates them. */

export const getHome = pageCached('home', ['artists', 'albums', 'songs', 'genres', 'playlists'], home.findHome)

export const getArtists = pageCached('artists', ['artists'], artists.findArtists)
export const getArtist = pageCached('artist', ['artists', 'albums', 'songs'], artists.findArtist)
export const getArtistHead = pageCached('artist-head', ['artists'], artists.findArtistHead)
export const getArtistAlbums = pageCached('artist-albums', ['artists', 'albums'], artists.findArtistAlbums)
export const getArtistSongs = pageCached('artist-songs', ['artists', 'albums', 'songs'], artists.findArtistSongs)
export const getArtistRoleAlbums = pageCached('artist-role-albums', ['artists', 'albums'], artists.findArtistRoleAlbums)
export const getArtistRoleSongs = pageCached('artist-role-songs', ['artists', 'songs'], artists.findArtistRoleSongs)

export const getAlbums = pageCached('albums', ['albums'], albums.findAlbums)
export const getAlbum = pageCached('album', ['albums', 'songs', 'artists'], albums.findAlbum)

export const getAlbumCreditsHead = pageCached('album-credits-head', ['albums'], credits.findAlbumCreditsHead)
export const getSongCreditsHead = pageCached('song-credits-head', ['songs'], credits.findSongCreditsHead)
export const getCredits = pageCached('credits', ['albums', 'songs', 'artists'], credits.findCredits)

export const getSongs = pageCached('songs', ['songs'], songs.findSongs)
export const getSong = pageCached('song', ['songs', 'albums', 'playlists'], songs.findSong)
export const getSongHead = pageCached('song-head', ['songs'], songs.findSongHead)
export const getSongAlbums = pageCached('song-albums', ['songs', 'albums'], songs.findSongAlbums)
export const getSongPlaylists = pageCached('song-playlists', ['songs', 'playlists'], songs.findSongPlaylists)

export const getGenres = pageCached('genres', ['genres'], genres.findGenres)
export const getGenre = pageCached('genre', ['genres'], genres.findGenre)
export const getGenreSongs = pageCached('genre-songs', ['genres', 'songs'], genres.findGenreSongs)
export const getGenreAlbums = pageCached('genre-albums', ['genres', 'albums'], genres.findGenreAlbums)

export const getListNavigation = pageCached(
  'list-navigation',
  ['artists', 'albums', 'songs', 'playlists'],
  letters.findListNavigation,
)
