import { z } from 'zod'
import { deleteAlbumArtwork, putAlbumArtwork } from '@/lib/artwork/contract'
import * as albums from '@/lib/catalogue/albums/contract'
import * as artists from '@/lib/catalogue/artists/contract'
import { listDeletions } from '@/lib/catalogue/deletions/contract'
import * as genres from '@/lib/catalogue/genres/contract'
import * as songs from '@/lib/catalogue/songs/contract'
import * as stats from '@/lib/catalogue/stats/contract'
import { type Contract, contract, type WriteContract } from '@/lib/http/api/contract'
import { requestParser } from '@/lib/http/api/request'
import { named } from '@/lib/http/api/schema-names'
import { Href } from '@/lib/http/api/shapes'
import * as playlists from '@/lib/playlists/contract'
import { searchCatalogue, suggestInCatalogue } from '@/lib/search/contract'
import { getOpenApi, getRateLimit } from './contract'

/** Every operation that reads, in the order of the documentation. */
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

/** Every operation that writes. */
export const writes: readonly WriteContract[] = [putAlbumArtwork, deleteAlbumArtwork]

/** The name of an operation's link in the root: "rateLimit" for "/rate-limit". */
const linkName = (path: string): string => path.slice(1).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

/** The operations that the root links to: those whose paths have no parameters. */
export const linked = operations
  .filter(({ path }) => !path.includes('{'))
  .map(({ path, summary }) => ({ name: linkName(path), path, summary }))

const link = (description: string) => z.url().meta({ description })

/** The root of the API, for clients that follow links. */
export const getRoot = contract({
  id: 'getRoot',
  section: 'Catalogue',
  path: '',
  summary: 'Get the links of the API',
  params: z.strictObject({}),
  query: z.strictObject({}),
  answer: z
    .object({
      href: Href,
      name: z.string().meta({ description: 'The software: SyroMusic.' }),
      version: z.string().meta({ description: 'Its version.' }),
      documentation: link('The guide and the reference, for people.'),
      openapi: link('The OpenAPI document.'),
      links: z
        .object(Object.fromEntries(linked.map(({ name, summary }) => [name, link(`${summary}.`)])))
        .meta({ description: 'Operations without path parameters, by their paths.' }),
    })
    .register(named, { id: 'Root' }),
  dependsOn: [],
  cost: 0,
  example: {},
})

/** Matches a request with its operation, and parses it. */
export const parseRequest = requestParser([...operations, getRoot, getOpenApi, ...writes])
