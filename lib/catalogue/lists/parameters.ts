import { z } from 'zod'
import { toIsrc, toMbid } from '@/lib/catalogue/external-ids'
import { AlbumKind, ArtistKind } from '@/lib/catalogue/resource-parts'
import { Album, Artist, Genre, Song } from '@/lib/catalogue/resources'
import { paging } from '@/lib/http/api/paging'
import { choices, fields, id, MAX_INTEGER, moment, numbers, text, texts, whole } from '@/lib/http/api/parameters'
import { apiSorts, directed } from './sorts'

/** The query parameters of lists. */

const REVERSED = 'A `-` reverses it: `-title` is Z to A, `-newest` is oldest first.'
const SORT = `The order. \`id\` is the order of creation, which never changes: a client that reads a list in this order gets every item exactly once, even if the list changes meanwhile. ${REVERSED}`

export const sort = {
  artists: z.enum(directed(apiSorts.artists)).default('id').meta({ description: SORT }),
  albums: z.enum(directed(apiSorts.albums)).default('id').meta({ description: SORT }),
  songs: z.enum(directed(apiSorts.songs)).default('id').meta({ description: SORT }),
  playlists: z.enum(directed(apiSorts.playlists)).default('id').meta({ description: SORT }),
  genres: z.enum(directed(apiSorts.genres)).default('slug').meta({ description: 'The order. A `-` reverses it.' }),
}

/** The lists that can be embedded in each resource. */
const includes = {
  artists: ['albums', 'songs'],
  albums: ['artists', 'credits', 'genres', 'tracks'],
  songs: ['albums', 'artists', 'credits', 'genres'],
} as const

export type Include<Resource extends keyof typeof includes> = (typeof includes)[Resource][number]

const include = <Name extends string>(names: readonly Name[]) =>
  choices(names).optional().meta({ description: 'The lists to embed.' })

/** The parameters that select the parts of each resource. */
export const selection = {
  artists: { include: include(includes.artists), fields: fields(Artist.keyof().options) },
  albums: { include: include(includes.albums), fields: fields(Album.keyof().options) },
  songs: { include: include(includes.songs), fields: fields(Song.keyof().options) },
  genres: { fields: fields(Genre.keyof().options) },
}

export const updatedSince = moment().optional().meta({ description: 'Changed at this time or later, RFC 3339.' })
const MAX_GENRES = 20
const genre = texts(200, MAX_GENRES)
  .optional()
  .meta({ description: 'Slugs of genres; the item has at least one of them.', examples: [['rock', 'jazz']] })
const release = {
  year: whole(1, 9999).optional().meta({ description: 'The year of release.' }),
  from: whole(1, 9999).optional().meta({ description: 'The first year of release.' }),
  to: whole(1, 9999).optional().meta({ description: 'The last year of release.' }),
}
/** The limit is 24 days. */
const duration = {
  minDuration: whole(0, MAX_INTEGER)
    .optional()
    .meta({ description: 'The shortest duration in milliseconds. Items of unknown duration are left out.' }),
  maxDuration: whole(0, MAX_INTEGER)
    .optional()
    .meta({ description: 'The longest duration in milliseconds. Items of unknown duration are left out.' }),
}

const MAX_IDS = 100
const idList = (toStored: (text: string) => string | null, error: string) =>
  z
    .array(z.string({ error }).refine((text) => toStored(text) !== null, { error }))
    .max(MAX_IDS, { error: `must have at most ${MAX_IDS} values` })
    .transform((texts) => [...new Set(texts.flatMap((each) => toStored(each) ?? []))].toSorted())

/** Filters by ids of this catalogue and by external ids. */
export const idFilters = {
  ids: numbers(1, MAX_INTEGER, MAX_IDS)
    .optional()
    .meta({
      description: `Ids, at most ${MAX_IDS}. The list keeps its order. Ids that do not exist or were merged are left out.`,
    }),
  mbid: idList(toMbid, 'must be a MusicBrainz id such as b10bbbfc-cf9e-42e0-be17-e2c3e1d2600d')
    .optional()
    .meta({ description: `MusicBrainz ids, at most ${MAX_IDS}, in upper or lower case.` }),
  externalId: text(1_000)
    .refine((value) => value.includes(':'), { error: 'must be a source and a value, with a colon between them' })
    .optional()
    .meta({
      description: 'A source and its id as in `externalIds`, joined by a colon.',
      examples: ['spotify:6rqhFgbbKwnb9MLmUQDhG6'],
    }),
}
const isrc = idList(toIsrc, 'must be an ISRC such as GBAYE9700123')
  .optional()
  .meta({ description: `ISRCs, at most ${MAX_IDS}, with or without hyphens.` })

/** The filters of each list. */
export const filters = {
  artists: {
    ...idFilters,
    kind: choices(ArtistKind.options).optional().meta({ description: 'Kinds of artist; the artist has one of them.' }),
    updatedSince,
  },
  albums: {
    ...idFilters,
    genre,
    kind: choices(AlbumKind.options).optional().meta({ description: 'Kinds of album; the album has one of them.' }),
    artist: id().optional().meta({ description: 'The id of an artist who is credited on the album itself.' }),
    label: text(500).optional().meta({ description: 'The exact name of a record label.' }),
    ...release,
    ...duration,
    updatedSince,
  },
  songs: {
    ...idFilters,
    isrc,
    genre,
    artist: id().optional().meta({ description: 'The id of an artist who is credited as main or featured artist.' }),
    ...release,
    ...duration,
    updatedSince,
  },
}

/** All parameters of each list. */
export const listParameters = {
  artists: { ...filters.artists, sort: sort.artists, ...paging, ...selection.artists },
  albums: { ...filters.albums, sort: sort.albums, ...paging, ...selection.albums },
  songs: { ...filters.songs, sort: sort.songs, ...paging, ...selection.songs },
  genres: { sort: sort.genres, ...paging, ...selection.genres },
}

export type Filters<List extends keyof typeof filters> = {
  [Name in keyof (typeof filters)[List]]?: (typeof filters)[List][Name] extends z.ZodType
    ? z.output<(typeof filters)[List][Name]>
    : never
}

const namesOf = <Shape extends object>(shape: Shape) => Object.keys(shape) as (keyof Shape)[]
export const filterNames = {
  artists: namesOf(filters.artists),
  albums: namesOf(filters.albums),
  songs: namesOf(filters.songs),
}
