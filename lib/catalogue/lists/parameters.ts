import { z } from 'zod'
import { toIsrc, toMbid } from '@/lib/catalogue/external-ids'
import { AlbumKind, ArtistKind } from '@/lib/catalogue/resource-parts'
import { Album, Artist, Genre, Song } from '@/lib/catalogue/resources'
import { choices, fields, id, MAX_INTEGER, moment, numbers, text, texts, whole } from '@/lib/http/api/parameters'
import { includes, sorts } from './choices'
import { directed } from './direction'

/** The query parameters of the catalogue's lists. */

const REVERSED = 'A `-` reverses it: `-title` is from Z to A, `-newest` is oldest first.'
/** Of a list that is sorted by id unless something else is said. */
export const SORT = `The order. \`id\` is the order of arrival, which never changes: walked in it, a list gives everything exactly once even if it is written meanwhile. ${REVERSED}`

export const sort = {
  artists: z.enum(directed(sorts.artists)).default('id').meta({ description: SORT }),
  albums: z.enum(directed(sorts.albums)).default('id').meta({ description: SORT }),
  songs: z.enum(directed(sorts.songs)).default('id').meta({ description: SORT }),
  genres: z.enum(directed(sorts.genres)).default('slug').meta({ description: 'The order. A `-` reverses it.' }),
}

const include = <Name extends string>(names: readonly Name[]) =>
  choices(names).optional().meta({ description: 'What to embed.' })

/** What is shown of each thing. */
export const shown = {
  artists: { include: include(includes.artists), fields: fields(Artist.keyof().options) },
  albums: { include: include(includes.albums), fields: fields(Album.keyof().options) },
  songs: { include: include(includes.songs), fields: fields(Song.keyof().options) },
  genres: { fields: fields(Genre.keyof().options) },
}

const updatedSince = moment().optional().meta({ description: 'Changed then or later, RFC 3339.' })
/** Genres that may be asked for at once. */
const MOST_GENRES = 20
const genre = texts(200, MOST_GENRES)
  .optional()
  .meta({ description: 'Slugs of genres, any of them.', examples: [['rock', 'jazz']] })
const released = {
  year: whole(1, 9999).optional().meta({ description: 'The year of release.' }),
  from: whole(1, 9999).optional().meta({ description: 'The first year of release.' }),
  to: whole(1, 9999).optional().meta({ description: 'The last year of release.' }),
}
/** PostgreSQL's largest integer: 24 days. */
const LONGEST = 2_147_483_647
const lasting = {
  minDuration: whole(0, LONGEST)
    .optional()
    .meta({ description: 'Milliseconds, at least. Unknown durations are left out.' }),
  maxDuration: whole(0, LONGEST)
    .optional()
    .meta({ description: 'Milliseconds, at most. Unknown durations are left out.' }),
}

/** Things that may be asked for at once by their ids. */
const MOST_IDS = 100
const spelled = (toStored: (text: string) => string | null, error: string) =>
  z
    .array(z.string({ error }).refine((text) => toStored(text) !== null, { error }))
    .max(MOST_IDS, { error: `must have at most ${MOST_IDS} values` })
    .transform((given) => [...new Set(given.flatMap((text) => toStored(text) ?? []))].toSorted())

/** Filters that name things by their ids, here and elsewhere. */
export const named = {
  ids: numbers(1, MAX_INTEGER, MOST_IDS)
    .optional()
    .meta({
      description: `Ids, at most ${MOST_IDS}. The list keeps its order; ids that don’t exist, or were merged into others, are left out.`,
    }),
  mbid: spelled(toMbid, 'must be a MusicBrainz id such as b10bbbfc-cf9e-42e0-be17-e2c3e1d2600d')
    .optional()
    .meta({ description: `MusicBrainz ids, at most ${MOST_IDS}, in upper or lower case.` }),
  externalId: text(1_000)
    .refine((value) => value.includes(':'), { error: 'must be a source and a value, with a colon between them' })
    .optional()
    .meta({
      description: 'A source and the id that it uses, as `externalIds` has them, with a colon between.',
      examples: ['spotify:6rqhFgbbKwnb9MLmUQDhG6'],
    }),
}
const isrc = spelled(toIsrc, 'must be an ISRC such as GBAYE9700123')
  .optional()
  .meta({ description: `ISRCs, at most ${MOST_IDS}, with or without hyphens.` })

/** How lists may be narrowed. */
export const filters = {
  artists: {
    ...named,
    kind: choices(ArtistKind.options).optional().meta({ description: 'Kinds of artist, any of them.' }),
    updatedSince,
  },
  albums: {
    ...named,
    genre,
    kind: choices(AlbumKind.options).optional().meta({ description: 'Kinds of album, any of them.' }),
    artist: id().optional().meta({ description: 'The id of an artist who is credited on the sleeve.' }),
    label: text(500).optional().meta({ description: 'The name of a label, exactly.' }),
    ...released,
    ...lasting,
    updatedSince,
  },
  songs: {
    ...named,
    isrc,
    genre,
    artist: id().optional().meta({ description: 'The id of an artist who is credited as artist or as a guest.' }),
    ...released,
    ...lasting,
    updatedSince,
  },
}

export type Filters<Of extends keyof typeof filters> = {
  [Name in keyof (typeof filters)[Of]]?: (typeof filters)[Of][Name] extends z.ZodType
    ? z.output<(typeof filters)[Of][Name]>
    : never
}

const namesOf = <Of extends object>(of: Of) => Object.keys(of) as (keyof Of)[]
export const filterNames = {
  artists: namesOf(filters.artists),
  albums: namesOf(filters.albums),
  songs: namesOf(filters.songs),
}
