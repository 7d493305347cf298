import { deleteAlbumArtwork, putAlbumArtwork } from '@/lib/artwork/contract'
import * as albums from '@/lib/catalogue/albums/contract'
import * as artists from '@/lib/catalogue/artists/contract'
import { listDeletions } from '@/lib/catalogue/deletions/contract'
import * as genres from '@/lib/catalogue/genres/contract'
import * as songs from '@/lib/catalogue/songs/contract'
import * as stats from '@/lib/catalogue/stats/contract'
import type { Contract } from '@/lib/http/api/contract'
import type { WriteContract } from '@/lib/http/api/write'
import * as playlists from '@/lib/playlists/contract'
import { searchCatalogue, suggestInCatalogue } from '@/lib/search/contract'
import { getRateLimit } from './rate-limit'

/** Every operation of the API that reads, in the order in which it is documented. */
export const operations: readonly Contract[] = [
  artists.listArtists,
  artists.getArtist,
  artists.listArtistAlbums,
  artists.listArtistSongs,
  albums.listAlbums,
  albums.getAlbum,
  albums.listAlbumTracks,
  albums.listAlbumCredits,
  albums.listAlbumArtists,
  albums.listAlbumGenres,
  songs.listSongs,
  songs.getSong,
  songs.listSongAlbums,
  songs.listSongCredits,
  songs.listSongArtists,
  songs.listSongGenres,
  playlists.listSongPlaylists,
  playlists.listPlaylists,
  playlists.getPlaylist,
  playlists.listPlaylistItems,
  genres.listGenres,
  genres.getGenre,
  genres.listGenreAlbums,
  genres.listGenreSongs,
  searchCatalogue,
  suggestInCatalogue,
  stats.getStats,
  listDeletions,
  getRateLimit,
]

/** Every operation that changes something. */
export const writes: readonly WriteContract[] = [putAlbumArtwork, deleteAlbumArtwork]
