import { z } from 'zod'
import { named } from '@/lib/http/api/schema-names'
import { CreatedAt, embedded, Href, Id, Milliseconds, PageUrl, UpdatedAt } from '@/lib/http/api/shapes'
import { AlbumKind, ArtistKind, Credit, ExternalIds, ReleaseDate } from './resource-parts'

/** The resources of the API's catalogue. Embedded lists are present only if the request includes them. */

const title = z.string().meta({ description: 'The title, in its original script.' })
const credit = z.string().meta({ description: 'The credited names in one text.', examples: ['Simon & Garfunkel'] })
const disambiguation = (items: string) =>
  z
    .string()
    .nullable()
    .meta({ description: `A note that tells ${items} apart.` })
/** For albums and playlists: an average, so that a long one is not more popular for being long. */
export const averagePopularity = z.int().min(0).meta({ description: 'The average popularity of its songs.' })
const popularity = z.int().min(0).meta({ description: 'The sum of the popularity of the artist’s songs.' })

const date = ReleaseDate.nullable()
/** The fields that the enrichments of all sources have. */
const enrichmentFields = {
  source: z.string().meta({ description: 'The source.', examples: ['musicbrainz'] }),
  id: z.string().nullable().meta({ description: 'The id of the entity at the source.' }),
  confidence: z.number().min(0).max(1).nullable().meta({
    description:
      'The confidence in this id: 1 if it was imported or chosen by an operator, less if it was found by a search.',
  }),
  fetchedAt: z.string().meta({ format: 'date-time', description: 'The time of the last successful fetch.' }),
  freshUntil: z.string().meta({ format: 'date-time', description: 'The time from which it is fetched again.' }),
  stale: z.boolean().meta({
    description: 'Whether `freshUntil` has passed, or the last fetch failed or found nothing.',
  }),
}
const sourceGenres = z.array(z.string()).meta({ description: 'The genres, the one with the most votes first.' })

export const ArtistEnrichment = z
  .object({
    ...enrichmentFields,
    kind: ArtistKind.nullable().meta({ description: 'The kind of artist.' }),
    country: z
      .string()
      .nullable()
      .meta({ description: 'An ISO 3166-1 code; XW is worldwide.', examples: ['GB'] }),
    area: z.string().nullable().meta({ description: 'The place that the artist is from.' }),
    begin: date.meta({ description: 'The birth of a person, or the founding of a group.' }),
    end: date.meta({ description: 'The death of a person, or the end of a group.' }),
    ended: z
      .boolean()
      .meta({ description: 'Whether the person has died or the group has ended, even if the date is unknown.' }),
    disambiguation: z.string().nullable().meta({ description: 'A note that tells artists of the same name apart.' }),
    aliases: z.array(z.string()).meta({ description: 'Other names of the artist, in any script.' }),
    links: z
      .array(
        z.object({
          type: z.string().meta({ description: 'The kind of page.', examples: ['official homepage'] }),
          url: z.string().meta({ format: 'uri', description: 'The address of the page.' }),
        }),
      )
      .meta({ description: 'Pages about the artist on other sites.' }),
    genres: sourceGenres,
  })
  .meta({ description: 'Data about an artist from another source. Imported data takes precedence over it.' })
  .register(named, { id: 'ArtistEnrichment' })
export type ArtistEnrichment = z.input<typeof ArtistEnrichment>

export const AlbumEnrichment = z
  .object({
    ...enrichmentFields,
    firstReleased: date.meta({ description: 'The date of the first release.' }),
    kind: AlbumKind.nullable().meta({ description: 'The kind of album.' }),
    label: z.string().nullable().meta({ description: 'The record label.' }),
    disambiguation: z.string().nullable().meta({ description: 'A note that tells albums of the same title apart.' }),
    genres: sourceGenres,
  })
  .meta({ description: 'Data about an album from another source. Imported data takes precedence over it.' })
  .register(named, { id: 'AlbumEnrichment' })
export type AlbumEnrichment = z.input<typeof AlbumEnrichment>

const enrichment = <Item extends z.ZodType>(item: Item) =>
  z.array(item).meta({ description: 'Data from other sources, one item for each source.' })

export const Artist = z
  .object({
    id: Id,
    href: Href,
    url: PageUrl,
    name: z.string().meta({ description: 'The name that the artist is best known by.' }),
    sortName: z.string().meta({ description: 'The name to sort by.', examples: ['Beatles, The'] }),
    disambiguation: disambiguation('artists of the same name'),
    kind: ArtistKind.nullable().meta({ description: 'The kind of artist.' }),
    albumCount: z
      .int()
      .min(0)
      .meta({ description: 'The number of albums that credit the artist themselves, not only on a song.' }),
    songCount: z
      .int()
      .min(0)
      .meta({ description: 'The number of songs that credit the artist as main or featured artist.' }),
    popularity,
    enrichment: enrichment(ArtistEnrichment),
    externalIds: ExternalIds,
    createdAt: CreatedAt,
    updatedAt: UpdatedAt,
    get albums() {
      return embedded(Album).optional()
    },
    get songs() {
      return embedded(Song).optional()
    },
  })
  .meta({ description: 'A person or group credited on albums and songs.' })
export type Artist = z.input<typeof Artist>
named.add(Artist, { id: 'Artist' })

export const Genre = z
  .object({
    id: Id,
    href: Href,
    url: PageUrl,
    slug: z.string().meta({ description: 'The name of the genre in addresses.', examples: ['rock'] }),
    name: z.string().meta({ description: 'The display name.', examples: ['Rock'] }),
    albumCount: z.int().min(0).meta({ description: 'The number of albums in the genre.' }),
    songCount: z.int().min(0).meta({ description: 'The number of songs in the genre.' }),
  })
  .register(named, { id: 'Genre' })
export type Genre = z.input<typeof Genre>

export const Track = z
  .object({
    disc: z.object({
      position: z.int().min(1).meta({ description: 'The number of the disc, from 1.' }),
      title: z.string().nullable().meta({ description: 'The title of the disc, if it has one.' }),
      format: z
        .string()
        .nullable()
        .meta({ description: 'The kind of medium.', examples: ['CD'] }),
    }),
    position: z.int().min(1).meta({ description: 'The position on the disc, from 1.' }),
    number: z.string().meta({ description: 'The track number as printed.', examples: ['A1'] }),
    title: z.string().meta({ description: 'The title as printed. It may differ from the title of the song.' }),
    durationMs: Milliseconds.nullable().meta({ description: 'The duration on this album.' }),
    song: z.object({ id: Id, href: Href, title, credit }).meta({ description: 'The song.' }),
  })
  .meta({ description: 'A position on a disc of an album, and the song at it.' })
  .register(named, { id: 'Track' })
export type Track = z.input<typeof Track>

export const Artwork = z
  .object({
    hash: z.string().meta({ description: 'The id of the picture: the SHA-256 hash of the original file.' }),
    width: z.int().min(1).meta({ description: 'The width of the original in pixels.' }),
    height: z.int().min(1).meta({ description: 'The height of the original in pixels.' }),
    thumbHash: z
      .string()
      .meta({ description: 'A ThumbHash in Base64, to draw a placeholder while the picture loads.' }),
    colors: z
      .array(
        z.object({
          hex: z.string().meta({ description: 'The colour in sRGB.', examples: ['#3b2f21'] }),
          share: z
            .number()
            .min(0)
            .max(1)
            .meta({ description: 'The share of the picture in this colour, from 0 to 1.' }),
        }),
      )
      .meta({ description: 'The main colours, largest share first; at most five.' }),
    colours: z
      .array(z.object({ hex: z.string(), share: z.number() }))
      .optional()
      .meta({ deprecated: true, description: 'The same as `colors`. To be removed on 2027-11-30.' }),
    variants: z
      .array(
        z.object({
          url: z.string().meta({ format: 'uri', description: 'The address of the file, which never changes.' }),
          type: z.string().meta({ description: 'The media type.', examples: ['image/avif'] }),
          width: z.int().min(1).meta({ description: 'The width in pixels.' }),
          height: z.int().min(1).meta({ description: 'The height in pixels.' }),
        }),
      )
      .meta({ description: 'All sizes, smallest first, each in three formats. None is larger than the original.' }),
    source: z.string().meta({ description: 'The origin of the picture: `operator`, or the name of a source.' }),
    fetchedAt: z.string().meta({ format: 'date-time', description: 'The time of the download or upload.' }),
    freshUntil: z.string().nullable().meta({
      format: 'date-time',
      description: 'The time from which it is fetched again; null for a picture from the operator.',
    }),
    stale: z.boolean().meta({
      description: 'Whether `freshUntil` has passed, or the last fetch failed or found nothing.',
    }),
  })
  .meta({ description: 'The cover picture of an album.' })
  .register(named, { id: 'Artwork' })
export type Artwork = z.input<typeof Artwork>

export const Album = z
  .object({
    id: Id,
    href: Href,
    url: PageUrl,
    title,
    disambiguation: disambiguation('albums of the same title'),
    kind: AlbumKind,
    credit,
    releaseDate: ReleaseDate,
    label: z.string().nullable().meta({ description: 'The record label.' }),
    discCount: z.int().min(0).meta({ description: 'The number of discs.' }),
    trackCount: z.int().min(0).meta({ description: 'The number of tracks on all discs.' }),
    durationMs: Milliseconds.nullable().meta({
      description: 'The sum of the known durations; null if none is known.',
    }),
    timedCount: z.int().min(0).meta({ description: 'The number of tracks with a known duration.' }),
    popularity: averagePopularity,
    artwork: Artwork.nullable().meta({ description: 'The cover, if there is one.' }),
    enrichment: enrichment(AlbumEnrichment),
    externalIds: ExternalIds,
    createdAt: CreatedAt,
    updatedAt: UpdatedAt,
    artists: embedded(Artist).optional(),
    credits: embedded(Credit).optional(),
    genres: embedded(Genre).optional(),
    tracks: embedded(Track).optional(),
  })
  .meta({ description: 'An album with all its releases (a release group).' })
export type Album = z.input<typeof Album>
named.add(Album, { id: 'Album' })

export const Song = z
  .object({
    id: Id,
    href: Href,
    url: PageUrl,
    title,
    disambiguation: disambiguation('songs of the same title'),
    credit,
    durationMs: Milliseconds.nullable().meta({ description: 'The duration, if it is known.' }),
    composer: z.string().nullable().meta({ description: 'The composer line as imported.' }),
    album: z
      .object({ id: Id, href: Href, title, releaseDate: ReleaseDate })
      .nullable()
      .meta({ description: 'The album that represents the song: the one with the earliest date.' }),
    albumCount: z.int().min(0).meta({ description: 'The number of albums with this song.' }),
    playlistCount: z.int().min(0).meta({ description: 'The number of playlists with this song.' }),
    listens: z.int().min(0).meta({ description: 'The number of plays, if the source knows it.' }),
    popularity: z.int().min(0).meta({ description: 'The number of plays and of playlists with this song.' }),
    externalIds: ExternalIds,
    createdAt: CreatedAt,
    updatedAt: UpdatedAt,
    albums: embedded(Album).optional(),
    artists: embedded(Artist).optional(),
    credits: embedded(Credit).optional(),
    genres: embedded(Genre).optional(),
  })
  .meta({ description: 'A recording. The same song may be on many albums.' })
  .register(named, { id: 'Song' })
export type Song = z.input<typeof Song>
