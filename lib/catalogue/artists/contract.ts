import { z } from 'zod'
import { listParameters, selection } from '@/lib/catalogue/lists/parameters'
import { CreditRole } from '@/lib/catalogue/resource-parts'
import { Album, Artist, Song } from '@/lib/catalogue/resources'
import { contract, listContract } from '@/lib/http/api/contract'
import { id } from '@/lib/http/api/parameters'

const shared = { section: 'Artists', dependsOn: ['artists', 'albums', 'songs', 'genres'] } as const
const ofArtist = {
  ...shared,
  params: z.strictObject({ id: id().meta({ description: 'The id of an artist.' }) }),
  moves: true,
  example: { params: { id: '1' } },
}

export const listArtists = listContract({
  ...shared,
  id: 'listArtists',
  path: '/artists',
  summary: 'List artists',
  params: z.strictObject({}),
  query: listParameters.artists,
  item: Artist,
  example: { query: { sort: 'popular', limit: '3' } },
})

export const getArtist = contract({
  ...ofArtist,
  id: 'getArtist',
  path: '/artists/{id}',
  summary: 'Get an artist',
  query: z.strictObject(selection.artists),
  answer: Artist,
})

const role = z.enum(CreditRole.options).optional().meta({
  description: 'A role in which the artist is credited. Without it: main or featured artist.',
})

const { artist: _ofAlbums, ...albumParameters } = listParameters.albums
const { artist: _ofSongs, ...songParameters } = listParameters.songs

export const listArtistAlbums = listContract({
  ...ofArtist,
  id: 'listArtistAlbums',
  path: '/artists/{id}/albums',
  summary: 'List the albums of an artist',
  query: {
    credited: z.enum(['sleeve', 'songs', 'any']).optional().meta({
      description:
        '`sleeve`: albums that credit the artist themselves (the default). `songs`: other albums with songs that credit the artist. `any`: both (the default with `role`).',
    }),
    role,
    ...albumParameters,
  },
  item: Album,
  example: { ...ofArtist.example, query: { sort: 'newest' } },
})

export const listArtistSongs = listContract({
  ...ofArtist,
  id: 'listArtistSongs',
  path: '/artists/{id}/songs',
  summary: 'List the songs of an artist',
  description: 'Songs that credit the artist as main or featured artist; with `role`, in that role.',
  query: { role, ...songParameters },
  item: Song,
  example: { ...ofArtist.example, query: { sort: 'popular' } },
})
