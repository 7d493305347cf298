import { z } from 'zod'
import { albumKinds, artistKinds } from '@/lib/catalogue/kinds'

/**
 * Stored facts about artists and albums from outside sources, in one shape for all sources. lib/enrichment writes them.
 * Reads validate them again, because an older version may have written another shape.
 */

export const Text = z.string().min(1).max(500)

/** A date with possibly unknown parts; a day needs its month. */
export const PartialDate = z.object({
  year: z.int().min(1).max(9999),
  month: z.int().min(1).max(12).nullable(),
  day: z.int().min(1).max(31).nullable(),
})
export type PartialDate = z.infer<typeof PartialDate>

/** A web address, never a script. PostgreSQL cannot store control characters and lone surrogates. */
export const WebAddress = z
  .url({ protocol: /^https?$/ })
  .max(1_000)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u)

const Link = z.object({ type: Text, url: WebAddress })

const Genres = z.array(Text).max(20)

export const ArtistFacts = z.object({
  artistKind: z.enum(artistKinds).nullable(),
  /** ISO 3166-1 alpha-2; XW is worldwide. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable(),
  area: Text.nullable(),
  begin: PartialDate.nullable(),
  end: PartialDate.nullable(),
  hasEnded: z.boolean(),
  disambiguation: Text.nullable(),
  aliases: z.array(Text).max(50),
  links: z.array(Link).max(50),
  genres: Genres,
})
export type ArtistFacts = z.infer<typeof ArtistFacts>

export const AlbumFacts = z.object({
  firstReleased: PartialDate.nullable(),
  albumKind: z.enum(albumKinds).nullable(),
  label: Text.nullable(),
  disambiguation: Text.nullable(),
  genres: Genres,
})
export type AlbumFacts = z.infer<typeof AlbumFacts>
