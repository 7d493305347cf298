import { z } from 'zod'
import type { Prisma } from '@/lib/db/generated/client'
import { named } from '@/lib/http/api/schema-names'
import { growing, Href, Id } from '@/lib/http/api/shapes'
import { albumKinds, artistKinds, creditRoles } from './kinds'
import type { PartialDate } from './views'

/** Shapes that the resources of the catalogue share, and how rows become them. */

export const AlbumKind = growing(albumKinds)
  .meta({ description: 'The kind of an album.' })
  .register(named, { id: 'AlbumKind' })
export const ArtistKind = growing(artistKinds)
  .meta({ description: 'The kind of an artist.' })
  .register(named, { id: 'ArtistKind' })
export const CreditRole = growing(creditRoles)
  .meta({ description: 'What the artist did.' })
  .register(named, { id: 'CreditRole' })

export const ReleaseDate = z
  .object({
    year: z.int().nullable().meta({ description: 'The year.' }),
    month: z.int().min(1).max(12).nullable().meta({ description: 'The month.' }),
    day: z.int().min(1).max(31).nullable().meta({ description: 'The day of the month.' }),
    text: z
      .string()
      .nullable()
      .meta({ description: 'As ISO 8601 has it, as far as it is known; null without a year.', examples: ['1997-05'] }),
    precision: z.enum(['year', 'month', 'day']).nullable().meta({ description: 'How far `text` is known.' }),
  })
  .meta({ description: 'A date of which parts may not be known. None is ever made up.' })
  .register(named, { id: 'PartialDate' })

const ArtistLink = z
  .object({ id: Id, href: Href, name: z.string().meta({ description: 'As the artist is best known.' }) })
  .meta({ description: 'An artist, in short.' })
  .register(named, { id: 'ArtistLink' })

export const Credit = z
  .object({
    name: z.string().meta({ description: 'As it is printed.', examples: ['Simon'] }),
    joinPhrase: z.string().meta({ description: 'What stands between this name and the next.', examples: [' & '] }),
    role: CreditRole,
    artist: ArtistLink,
  })
  .meta({ description: 'A name on a sleeve. In order, names and join phrases make the credit.' })
  .register(named, { id: 'Credit' })

export const toReleaseDate = ({ year, month, day }: PartialDate): z.input<typeof ReleaseDate> => {
  const parts = year === null ? [] : month === null ? [year] : day === null ? [year, month] : [year, month, day]
  const text = parts.map((part, index) => String(part).padStart(index === 0 ? 4 : 2, '0')).join('-')
  return {
    year,
    month,
    day,
    text: text === '' ? null : text,
    precision: ([null, 'year', 'month', 'day'] as const)[parts.length] ?? null,
  }
}

/** Text that is empty where nothing is known is null in the API. */
export const orNull = (text: string): string | null => (text === '' ? null : text)

/** Items of a list inside of something. The rest is on the pages of the list's own address. */
export const EMBEDDED = 25

/** External ids of one thing in its answer, at most. */
const MOST_EXTERNAL_IDS = 100

export const ExternalIds = z
  .array(
    z
      .object({
        source: z.string().meta({ description: 'Who uses the id: `musicbrainz`, `isrc`, or the source of an import.' }),
        value: z.string().meta({ description: 'The id. An MBID is in lower case, an ISRC without hyphens.' }),
      })
      .register(named, { id: 'ExternalId' }),
  )
  .meta({ description: `Ids that others use for it, by source and value: the first ${MOST_EXTERNAL_IDS}.` })

/** Reads external ids in the statement that reads what has them. */
export const externalIdsSelect = {
  orderBy: [{ source: 'asc' }, { value: 'asc' }],
  select: { source: true, value: true },
  take: MOST_EXTERNAL_IDS,
} satisfies Prisma.Artist$externalIdsArgs & Prisma.Album$externalIdsArgs & Prisma.Song$externalIdsArgs
