import { z } from 'zod'
import { PartialDate } from '@/lib/catalogue/enrichment/facts'
import { Mbid } from '@/lib/enrichment/shapes'

/**
 * What MusicBrainz's web service answers (https://musicbrainz.org/doc/MusicBrainz_API), as far as it is read. Tolerant:
 * real answers leave out what they don't have, or say null, or an empty text. Ids are ids: they are kept, and become part
 * of what is asked next.
 */

const text = z.string().nullish()
const list = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? [])

const Genres = list(z.object({ name: z.string(), count: z.number().nullish() }))
const Area = z.object({ name: text })

export const Artist = z.object({
  id: Mbid,
  name: z.string(),
  type: text,
  country: text,
  disambiguation: text,
  area: Area.nullish(),
  'begin-area': Area.nullish(),
  'life-span': z.object({ begin: text, end: text, ended: z.boolean().nullish() }).nullish(),
  aliases: list(z.object({ name: z.string() })),
  genres: Genres,
  relations: list(
    z.object({
      type: text,
      'target-type': text,
      ended: z.boolean().nullish(),
      url: z.object({ resource: text }).nullish(),
    }),
  ),
})
export type Artist = z.output<typeof Artist>

const ArtistCredit = list(z.object({ name: text, joinphrase: text, artist: z.object({ id: Mbid, name: z.string() }) }))

export const ReleaseGroup = z.object({
  id: Mbid,
  title: z.string(),
  'primary-type': text,
  'secondary-types': list(z.string()),
  'first-release-date': text,
  disambiguation: text,
  genres: Genres,
  'artist-credit': ArtistCredit,
})
export type ReleaseGroup = z.output<typeof ReleaseGroup>

/** A release of a group: one of its editions. */
export const Release = z.object({ id: Mbid, 'release-group': ReleaseGroup.nullish() })

export const Releases = z.object({
  releases: list(
    z.object({
      date: text,
      status: text,
      'label-info': list(z.object({ label: z.object({ name: text }).nullish() })),
    }),
  ),
})
export type Releases = z.output<typeof Releases>

const NotFound = z.object({ error: z.string().regex(/^Not Found/i) })

/** Whether what comes with a 404 is MusicBrainz's own: `{"error":"Not Found", …}`. Searches find nothing without any. */
export function isNothing(body: string): boolean {
  try {
    return NotFound.safeParse(JSON.parse(body)).success
  } catch {
    return false
  }
}

/** What a search finds: anybody may have edited it, and one strange thing hides no other. Nothing that is right is a fault. */
const found = <Item extends z.ZodType>(item: Item) =>
  z.array(z.unknown()).transform((given, context): z.output<Item>[] => {
    const read = given.map((each) => item.safeParse(each))
    const issue = read[0]?.error?.issues[0]
    if (issue && !read.some(({ success }) => success)) context.addIssue({ code: 'custom', message: issue.message })
    return read.flatMap(({ data }) => (data === undefined ? [] : [data]))
  })

export const FoundArtists = z.object({ artists: found(Artist) })
export const FoundReleaseGroups = z.object({ 'release-groups': found(ReleaseGroup) })

/** "1973-03-24", "1988-01", "2013"; null for what is no date. */
export function dateOf(text: string | null | undefined): PartialDate | null {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text ?? '') ?? []
  if (year === undefined) return null
  const date = { year: Number(year), month: month ? Number(month) : null, day: day ? Number(day) : null }
  return PartialDate.safeParse(date).data ?? null
}

/** A credit as one reads it. */
export const creditOf = (credits: ReleaseGroup['artist-credit']): string =>
  credits.map(({ name, joinphrase, artist }) => `${name || artist.name}${joinphrase ?? ''}`).join('')
