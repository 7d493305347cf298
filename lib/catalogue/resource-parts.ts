import { z } from 'zod'
import type { Prisma } from '@/lib/db/generated/client'
import { named } from '@/lib/http/api/schema-names'
import { extensibleEnum, Href, Id } from '@/lib/http/api/shapes'
import { albumKinds, artistKinds, creditRoles } from './kinds'
import type { PartialDate } from './views'

/** Shapes that several resources of the catalogue share, and their conversion from rows. */

export const AlbumKind = extensibleEnum(albumKinds)
  .meta({ description: 'The kind of an album.' })
  .register(named, { id: 'AlbumKind' })
export const ArtistKind = extensibleEnum(artistKinds)
  .meta({ description: 'The kind of an artist.' })
  .register(named, { id: 'ArtistKind' })
export const CreditRole = extensibleEnum(creditRoles)
  .meta({ description: 'The role of the artist.' })
  .register(named, { id: 'CreditRole' })

export const ReleaseDate = z
  .object({
    year: z.int().nullable().meta({ description: 'The year.' }),
    month: z.int().min(1).max(12).nullable().meta({ description: 'The month.' }),
    day: z.int().min(1).max(31).nullable().meta({ description: 'The day of the month.' }),
    text: z
      .string()
      .nullable()
      .meta({ description: 'The known part of the date in ISO 8601; null without a year.', examples: ['1997-05'] }),
    precision: z.enum(['year', 'month', 'day']).nullable().meta({ description: 'The smallest known unit.' }),
  })
  .meta({ description: 'A date with possibly unknown parts. Unknown parts are never made up.' })
  .register(named, { id: 'PartialDate' })

const ArtistLink = z
  .object({ id: Id, href: Href, name: z.string().meta({ description: 'The name that the artist is best known by.' }) })
  .meta({ description: 'A link to an artist.' })
  .register(named, { id: 'ArtistLink' })

export const Credit = z
  .object({
    name: z.string().meta({ description: 'The name as printed.', examples: ['Simon'] }),
    joinPhrase: z.string().meta({ description: 'The text between this name and the next.', examples: [' & '] }),
    role: CreditRole,
    artist: ArtistLink,
  })
  .meta({ description: 'A credited name. Joined in order, names and join phrases make the credit.' })
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

/** Unknown text is empty in the database and null in the API. */
export const orNull = (text: string): string | null => (text === '' ? null : text)

/** The items of an embedded list. The pages of the list's own address have the rest. */
export const EMBEDDED = 25

const MAX_EXTERNAL_IDS = 100

export const ExternalIds = z
  .array(
    z
      .object({
        source: z
          .string()
          .meta({ description: 'The system that uses the id: `musicbrainz`, `isrc`, or the source of an import.' }),
        value: z.string().meta({ description: 'The id. MBIDs are in lower case, ISRCs without hyphens.' }),
      })
      .register(named, { id: 'ExternalId' }),
  )
  .meta({ description: `Ids in other systems, sorted by source and value; at most ${MAX_EXTERNAL_IDS}.` })

/** Selects external ids in the statement that reads their entity. */
export const externalIdsSelect = {
  orderBy: [{ source: 'asc' }, { value: 'asc' }],
  select: { source: true, value: true },
  take: MAX_EXTERNAL_IDS,
} satisfies Prisma.Artist$externalIdsArgs & Prisma.Album$externalIdsArgs & Prisma.Song$externalIdsArgs
