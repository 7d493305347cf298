import { z } from 'zod'
import { named } from '@/lib/http/api/schema-names'
import { CreatedAt, embedded, Href, Id, Milliseconds, PageUrl, UpdatedAt } from '@/lib/http/api/shapes'
import { AlbumKind, ArtistKind, Credit, ExternalIds, ReleaseDate } from './resource-parts'

/** What the API gives of the catalogue. What can be embedded is there where it is asked for. */

const title = z.string().meta({ description: 'In the script that it came in.' })
const credit = z.string().meta({ description: 'The credit as one reads it.', examples: ['Simon & Garfunkel'] })
const disambiguation = (which: string) =>
  z
    .string()
    .nullable()
    .meta({ description: `Tells ${which} apart.` })
/** Of what many songs together make: a long album is not more popular for being long. */
export const averagePopularity = z
  .int()
  .min(0)
  .meta({ description: 'How often one of its songs was chosen, on average.' })
const popularity = z.int().min(0).meta({ description: 'How often its songs were chosen.' })

const date = ReleaseDate.nullable()
/** What every source says beside what it knows. */
const fromOutside = {
  source: z.string().meta({ description: 'Who says so.', examples: ['musicbrainz'] }),
  id: z.string().nullable().meta({ description: 'What it is there, by the source’s own id.' }),
  confidence: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .meta({ description: 'How sure that is: 1 where the id was imported or chosen, less where it was searched for.' }),
  fetchedAt: z.string().meta({ format: 'date-time', description: 'When it was fetched.' }),
  freshUntil: z.string().meta({ format: 'date-time', description: 'Until when it is not fetched again.' }),
  stale: z.boolean().meta({
    description:
      'Whether that had passed when the answer was made, or the source failed or knew it no more since then.',
  }),
}
const outsideGenres = z.array(z.string()).meta({ description: 'Genres, the most agreed upon first.' })

export const ArtistEnrichment = z
  .object({
    ...fromOutside,
    kind: ArtistKind.nullable().meta({ description: 'The kind of artist.' }),
    country: z
      .string()
      .nullable()
      .meta({ description: 'As ISO 3166-1 has it; XW is the whole world.', examples: ['GB'] }),
    area: z.string().nullable().meta({ description: 'Where the artist is from.' }),
    begin: date.meta({ description: 'When a person was born, or a group was formed.' }),
    end: date.meta({ description: 'When a person died, or a group parted.' }),
    ended: z.boolean().meta({ description: 'Whether that has happened, also where it is not known when.' }),
    disambiguation: z.string().nullable().meta({ description: 'Tells artists of the same name apart.' }),
    aliases: z.array(z.string()).meta({ description: 'Other names, in any script.' }),
    links: z
      .array(
        z.object({
          type: z.string().meta({ description: 'What is there.', examples: ['official homepage'] }),
          url: z.string().meta({ format: 'uri', description: 'Where it is.' }),
        }),
      )
      .meta({ description: 'Pages of others.' }),
    genres: outsideGenres,
  })
  .meta({ description: 'What a source outside says of an artist. What was imported is beside it, and wins.' })
  .register(named, { id: 'ArtistEnrichment' })
export type ArtistEnrichment = z.input<typeof ArtistEnrichment>

export const AlbumEnrichment = z
  .object({
    ...fromOutside,
    firstReleased: date.meta({ description: 'When it came out first.' }),
    kind: AlbumKind.nullable().meta({ description: 'The kind of album.' }),
    label: z.string().nullable().meta({ description: 'Who brought it out, where no label was imported.' }),
    disambiguation: z.string().nullable().meta({ description: 'Tells albums of the same title apart.' }),
    genres: outsideGenres,
  })
  .meta({ description: 'What a source outside says of an album. What was imported is beside it, and wins.' })
  .register(named, { id: 'AlbumEnrichment' })
export type AlbumEnrichment = z.input<typeof AlbumEnrichment>

const enrichment = <Item extends z.ZodType>(item: Item) =>
  z.array(item).meta({ description: 'What sources outside say, one after the other; empty where none says anything.' })

export const Artist = z
  .object({
    id: Id,
    href: Href,
    url: PageUrl,
    name: z.string().meta({ description: 'As the artist is best known.' }),
    sortName: z.string().meta({ description: 'As a record shop files it.', examples: ['Beatles, The'] }),
    disambiguation: disambiguation('artists of the same name'),
    kind: ArtistKind.nullable().meta({ description: 'The kind of artist.' }),
    albumCount: z.int().min(0).meta({ description: 'Albums that credit the artist on the sleeve.' }),
    songCount: z.int().min(0).meta({ description: 'Songs that credit the artist as artist or as a guest.' }),
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
  .meta({ description: 'A person or a group that is credited on albums and songs.' })
export type Artist = z.input<typeof Artist>
named.add(Artist, { id: 'Artist' })

export const Genre = z
  .object({
    id: Id,
    href: Href,
    url: PageUrl,
    slug: z.string().meta({ description: 'Names it in addresses.', examples: ['rock'] }),
    name: z.string().meta({ description: 'As people read it.', examples: ['Rock'] }),
    albumCount: z.int().min(0).meta({ description: 'Albums that are filed under it.' }),
    songCount: z.int().min(0).meta({ description: 'Songs that are filed under it.' }),
  })
  .register(named, { id: 'Genre' })
export type Genre = z.input<typeof Genre>

export const Track = z
  .object({
    disc: z.object({
      position: z.int().min(1).meta({ description: 'From 1.' }),
      title: z.string().nullable().meta({ description: 'Where the disc has one of its own.' }),
      format: z
        .string()
        .nullable()
        .meta({ description: 'The kind of medium.', examples: ['CD'] }),
    }),
    position: z.int().min(1).meta({ description: 'On its disc, from 1.' }),
    number: z.string().meta({ description: 'Its number as printed.', examples: ['A1'] }),
    title: z.string().meta({ description: 'As printed; may differ from the song’s.' }),
    durationMs: Milliseconds.nullable().meta({ description: 'How long it is on this album.' }),
    song: z.object({ id: Id, href: Href, title, credit }).meta({ description: 'What is there.' }),
  })
  .meta({ description: 'A place on a disc of an album, and the song that is there.' })
  .register(named, { id: 'Track' })
export type Track = z.input<typeof Track>

export const Artwork = z
  .object({
    hash: z.string().meta({ description: 'Names the picture: the SHA-256 of what it was made of.' }),
    width: z.int().min(1).meta({ description: 'Of what it was made of, in pixels.' }),
    height: z.int().min(1).meta({ description: 'The same.' }),
    thumbHash: z.string().meta({ description: 'A ThumbHash in Base64: what to draw until the picture is there.' }),
    colors: z
      .array(
        z.object({
          hex: z.string().meta({ description: 'In sRGB.', examples: ['#3b2f21'] }),
          share: z.number().min(0).max(1).meta({ description: 'The part of the picture that has it.' }),
        }),
      )
      .meta({ description: 'What it is made of, largest first; at most five.' }),
    colours: z
      .array(z.object({ hex: z.string(), share: z.number() }))
      .optional()
      .meta({ deprecated: true, description: 'The same as `colors`. Until 2027-11-30.' }),
    variants: z
      .array(
        z.object({
          url: z.string().meta({ format: 'uri', description: 'What is there never changes.' }),
          type: z.string().meta({ description: 'Its media type.', examples: ['image/avif'] }),
          width: z.int().min(1).meta({ description: 'In pixels.' }),
          height: z.int().min(1).meta({ description: 'In pixels.' }),
        }),
      )
      .meta({ description: 'Every size that there is, smallest first, each in three formats. None is enlarged.' }),
    source: z.string().meta({ description: 'Who brought it: `operator`, or the name of a source.' }),
    fetchedAt: z.string().meta({ format: 'date-time', description: 'When it came from there.' }),
    freshUntil: z
      .string()
      .nullable()
      .meta({ format: 'date-time', description: 'Until when the source is not asked again; null of an operator’s.' }),
    stale: z.boolean().meta({
      description:
        'Whether that had passed when the answer was made, or there was no newer word of it when it was asked for.',
    }),
  })
  .meta({ description: 'The picture of an album’s cover.' })
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
    label: z.string().nullable().meta({ description: 'Who brought it out.' }),
    discCount: z.int().min(0).meta({ description: 'Discs that it has.' }),
    trackCount: z.int().min(0).meta({ description: 'Tracks on all of them.' }),
    durationMs: Milliseconds.nullable().meta({
      description: 'The sum of the durations that are known; null where none is.',
    }),
    timedCount: z.int().min(0).meta({ description: 'Tracks whose duration is known, of `trackCount`.' }),
    popularity: averagePopularity,
    artwork: Artwork.nullable().meta({ description: 'Its cover, where there is one.' }),
    enrichment: enrichment(AlbumEnrichment),
    externalIds: ExternalIds,
    createdAt: CreatedAt,
    updatedAt: UpdatedAt,
    artists: embedded(Artist).optional(),
    credits: embedded(Credit).optional(),
    genres: embedded(Genre).optional(),
    tracks: embedded(Track).optional(),
  })
  .meta({ description: 'A release group, as listeners know an album.' })
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
    durationMs: Milliseconds.nullable().meta({ description: 'How long it is, where that is known.' }),
    composer: z.string().nullable().meta({ description: 'The composer line as it came.' }),
    album: z
      .object({ id: Id, href: Href, title, releaseDate: ReleaseDate })
      .nullable()
      .meta({ description: 'The album that it is shown with: its earliest dated one.' }),
    albumCount: z.int().min(0).meta({ description: 'Albums that it is on.' }),
    playlistCount: z.int().min(0).meta({ description: 'Playlists that it is in.' }),
    listens: z.int().min(0).meta({ description: 'How often it was played, where the source knows.' }),
    popularity: z.int().min(0).meta({ description: 'How often it was chosen: played, or put into a playlist.' }),
    externalIds: ExternalIds,
    createdAt: CreatedAt,
    updatedAt: UpdatedAt,
    albums: embedded(Album).optional(),
    artists: embedded(Artist).optional(),
    credits: embedded(Credit).optional(),
    genres: embedded(Genre).optional(),
  })
  .meta({ description: 'A recording; the same song may be on many albums.' })
  .register(named, { id: 'Song' })
export type Song = z.input<typeof Song>
