import { z } from 'zod'
import { filters, selection, sort } from '@/lib/catalogue/lists/parameters'
import { CreditRole } from '@/lib/catalogue/resource-parts'
import { Album, Artist, Song } from '@/lib/catalogue/resources'
import { contract } from '@/lib/http/api/contract'
import { oneWay, paging } from '@/lib/http/api/paging'
import { id } from '@/lib/http/api/parameters'
import { named } from '@/lib/http/api/schema-names'
import { listOf } from '@/lib/http/api/shapes'

const section = 'Artists'
const madeOf = ['artists', 'albums', 'songs', 'genres'] as const
const params = z.strictObject({ id: id().meta({ description: 'The id of an artist.' }) })
const example = { params: { id: '1' } }

export const listArtists = contract({
  id: 'listArtists',
  section,
  path: '/artists',
  summary: 'List artists',
  params: z.strictObject({}),
  query: oneWay(z.strictObject({ ...filters.artists, sort: sort.artists, ...paging, ...selection.artists })),
  answer: listOf(Artist).register(named, { id: 'ArtistList' }),
  line: Artist,
  madeOf,
  example: { query: { sort: 'popular', limit: '3' } },
})

export const getArtist = contract({
  id: 'getArtist',
  section,
  path: '/artists/{id}',
  summary: 'Get an artist',
  params,
  query: z.strictObject(selection.artists),
  answer: Artist,
  madeOf,
  moves: true,
  example,
})

const role = z.enum(CreditRole.options).optional().meta({
  description: 'A role in which the artist is credited. Without it: main or featured artist.',
})

const { artist: _ofAlbums, ...albumFilters } = filters.albums
const { artist: _ofSongs, ...songFilters } = filters.songs

export const listArtistAlbums = contract({
  id: 'listArtistAlbums',
  section,
  path: '/artists/{id}/albums',
  summary: 'List the albums of an artist',
  params,
  query: oneWay(
    z.strictObject({
      credited: z.enum(['sleeve', 'songs', 'any']).optional().meta({
        description:
          '`sleeve`: albums that credit the artist themselves (the default). `songs`: other albums with songs that credit the artist. `any`: both (the default with `role`).',
      }),
      role,
      ...albumFilters,
      sort: sort.albums,
      ...paging,
      ...selection.albums,
    }),
  ),
  answer: listOf(Album).register(named, { id: 'AlbumList' }),
  line: Album,
  madeOf,
  moves: true,
  example: { ...example, query: { sort: 'newest' } },
})

export const listArtistSongs = contract({
  id: 'listArtistSongs',
  section,
  path: '/artists/{id}/songs',
  summary: 'List the songs of an artist',
  description: 'Songs that credit the artist as main or featured artist; with `role`, in that role.',
  params,
  query: oneWay(z.strictObject({ role, ...songFilters, sort: sort.songs, ...paging, ...selection.songs })),
  answer: listOf(Song).register(named, { id: 'SongList' }),
  line: Song,
  madeOf,
  moves: true,
  example: { ...example, query: { sort: 'popular' } },
})
