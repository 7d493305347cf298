import { z } from 'zod'
import { PartialDate } from '@/lib/catalogue/enrichment/facts'
import { Mbid } from '@/lib/enrichment/schemas'

/**
 * The fields used of MusicBrainz's responses (https://musicbrainz.org/doc/MusicBrainz_API). Missing values may be absent,
 * null or empty. Ids are strict, because they become part of further requests.
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

/** A release: one edition of a release group. */
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

/** Whether the body of a 404 is MusicBrainz's own, `{"error":"Not Found", …}`. An empty search result is a 200. */
export function isNothing(body: string): boolean {
  try {
    return NotFound.safeParse(JSON.parse(body)).success
  } catch {
    return false
  }
}

/** Drops invalid search results, because anybody can edit them; fails if all are invalid. */
const found = <Item extends z.ZodType>(item: Item) =>
  z.array(z.unknown()).transform((given, context): z.output<Item>[] => {
    const read = given.map((each) => item.safeParse(each))
    const issue = read[0]?.error?.issues[0]
    if (issue && !read.some(({ success }) => success)) context.addIssue({ code: 'custom', message: issue.message })
    return read.flatMap(({ data }) => (data === undefined ? [] : [data]))
  })

export const FoundArtists = z.object({ artists: found(Artist) })
export const FoundReleaseGroups = z.object({ 'release-groups': found(ReleaseGroup) })

/** Parses "1973-03-24", "1988-01" or "2013"; null for anything else. */
export function dateOf(text: string | null | undefined): PartialDate | null {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text ?? '') ?? []
  if (year === undefined) return null
  const date = { year: Number(year), month: month ? Number(month) : null, day: day ? Number(day) : null }
  return PartialDate.safeParse(date).data ?? null
}

/** A credit as text. */
export const creditOf = (credits: ReleaseGroup['artist-credit']): string =>
  credits.map(({ name, joinphrase, artist }) => `${name || artist.name}${joinphrase ?? ''}`).join('')
