import { z } from 'zod'
import { albumKinds, artistKinds } from '@/lib/catalogue/kinds'

/**
 * What is kept of an artist or an album from outside, whatever a source sends: our own shapes, bounded. Written by
 * lib/enrichment; read with these as well, for what an older version wrote may be of another shape.
 */

/** A text that is kept: not empty, and of a length. */
export const Text = z.string().min(1).max(500)

/** A date of which only a part may be known; a day needs its month. */
export const PartialDate = z.object({
  year: z.int().min(1).max(9999),
  month: z.int().min(1).max(12).nullable(),
  day: z.int().min(1).max(31).nullable(),
})
export type PartialDate = z.infer<typeof PartialDate>

/** An address of the web, never a script. One with control or half characters is none, and can't be kept. */
export const WebAddress = z
  .url({ protocol: /^https?$/ })
  .max(1_000)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u)

/** A link to somebody else's page. */
const Link = z.object({ type: Text, url: WebAddress })

const Genres = z.array(Text).max(20)

export const ArtistFacts = z.object({
  artistKind: z.enum(artistKinds).nullable(),
  /** ISO 3166-1 alpha-2, as the source gives it: XW is the whole world. */
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
