import { z } from 'zod'
import { embedded, Href, Id, Milliseconds, Moment, PageUrl } from '@/lib/http/api/shapes'
import { AlbumKind, ArtistKind, Credit, ReleaseDate } from './shapes'

/** What the API gives of the catalogue. What can be embedded is there where it is asked for. */

const popularity = z.int().min(0).meta({ description: 'How often its songs were chosen.' })

export const Artist = z
  .object({
    id: Id,
    href: Href,
    url: PageUrl,
    name: z.string(),
    sortName: z.string().meta({ description: 'As a record shop files it.', examples: ['Beatles, The'] }),
    disambiguation: z.string().nullable().meta({ description: 'Tells artists of the same name apart.' }),
    kind: ArtistKind.nullable(),
    albumCount: z.int().min(0).meta({ description: 'Albums that credit the artist on the sleeve.' }),
    songCount: z.int().min(0).meta({ description: 'Songs that credit the artist as artist or as a guest.' }),
    popularity,
    createdAt: Moment,
    updatedAt: Moment,
    get albums() {
      return embedded(Album).optional()
    },
    get songs() {
      return embedded(Song).optional()
    },
  })
  .meta({ id: 'Artist', description: 'A person or a group that is credited on albums and songs.' })
export type Artist = z.input<typeof Artist>

export const Genre = z
  .object({
    id: Id,
    href: Href,
    url: PageUrl,
    slug: z.string().meta({ description: 'Names it in addresses.', examples: ['rock'] }),
    name: z.string(),
    albumCount: z.int().min(0),
    songCount: z.int().min(0),
  })
  .meta({ id: 'Genre' })
export type Genre = z.input<typeof Genre>

export const Track = z
  .object({
    disc: z.object({
      position: z.int().min(1).meta({ description: 'From 1.' }),
      title: z.string().nullable(),
      format: z
        .string()
        .nullable()
        .meta({ examples: ['CD'] }),
    }),
    position: z.int().min(1).meta({ description: 'On its disc, from 1.' }),
    number: z.string().meta({ description: 'As printed.', examples: ['A1'] }),
    title: z.string().meta({ description: 'As printed; may differ from the song’s.' }),
    durationMs: Milliseconds.nullable(),
    song: z.object({ id: Id, href: Href, title: z.string(), credit: z.string() }),
  })
  .meta({ id: 'Track', description: 'A place on a disc of an album, and the song that is there.' })
export type Track = z.input<typeof Track>

const credit = z.string().meta({ description: 'The credit as one reads it.', examples: ['Simon & Garfunkel'] })

export const Album = z
  .object({
    id: Id,
    href: Href,
    url: PageUrl,
    title: z.string(),
    disambiguation: z.string().nullable(),
    kind: AlbumKind,
    credit,
    releaseDate: ReleaseDate,
    label: z.string().nullable(),
    discCount: z.int().min(0),
    trackCount: z.int().min(0),
    durationMs: Milliseconds.meta({ description: 'The sum of the durations that are known.' }),
    popularity,
    createdAt: Moment,
    updatedAt: Moment,
    artists: embedded(Artist).optional(),
    credits: embedded(Credit).optional(),
    genres: embedded(Genre).optional(),
    tracks: embedded(Track).optional(),
  })
  .meta({ id: 'Album', description: 'A release group, as listeners know an album.' })
export type Album = z.input<typeof Album>

export const Song = z
  .object({
    id: Id,
    href: Href,
    url: PageUrl,
    title: z.string(),
    disambiguation: z.string().nullable(),
    credit,
    durationMs: Milliseconds.nullable(),
    composer: z.string().nullable().meta({ description: 'The composer line as it came.' }),
    album: z
      .object({ id: Id, href: Href, title: z.string(), releaseDate: ReleaseDate })
      .nullable()
      .meta({ description: 'The album that it is shown with: its earliest dated one.' }),
    albumCount: z.int().min(0),
    playlistCount: z.int().min(0),
    listens: z.int().min(0).meta({ description: 'How often it was played, where the source knows.' }),
    popularity: z.int().min(0).meta({ description: 'How often it was chosen: played, or put into a playlist.' }),
    createdAt: Moment,
    updatedAt: Moment,
    albums: embedded(Album).optional(),
    artists: embedded(Artist).optional(),
    credits: embedded(Credit).optional(),
    genres: embedded(Genre).optional(),
  })
  .meta({ id: 'Song', description: 'A recording; the same song may be on many albums.' })
export type Song = z.input<typeof Song>
