import { z } from 'zod'
import { type AlbumFacts, type ArtistFacts, Text, WebAddress } from '@/lib/catalogue/enrichment/facts'
import type { EnrichedKind } from '@/lib/catalogue/kinds'

/**
 * Schemas of the stored data, with bounds on everything that sources send. Data read from the database is parsed with them
 * too, because an older version may have written another shape.
 */

/** An artist or an album of the catalogue. */
export type Entity = { kind: EnrichedKind; id: number }

/** A picture stored by lib/artwork. */
export const CoverFacts = z.object({
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** The address that it was fetched from. */
  url: WebAddress,
})
export type CoverFacts = z.infer<typeof CoverFacts>

export type Facts = ArtistFacts | AlbumFacts | CoverFacts

/** MusicBrainz's ids are UUIDs. */
export const Mbid = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, { error: 'is not a MusicBrainz id' })
  .toLowerCase()

/** A possible match at a source. */
export const Candidate = z.object({
  id: z.string().min(1).max(100),
  /** Name or title; `detail` distinguishes it from others. */
  name: Text,
  detail: z.string().max(500),
  confidence: z.number().min(0).max(1),
})
export type Candidate = z.infer<typeof Candidate>

const MAX_CANDIDATES = 5

/** The valid candidates; invalid ones are dropped. */
export const candidatesOf = (rated: unknown): Candidate[] =>
  Array.isArray(rated) ? rated.flatMap((each) => Candidate.safeParse(each).data ?? []).slice(0, MAX_CANDIDATES) : []

/** Removes what PostgreSQL refuses: NUL and lone surrogates. */
export const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed()

/** Trims and shortens a text; null if nothing is left. */
export function textOrNull(text: string | null | undefined): string | null {
  const plain = storable((text ?? '').trim().slice(0, 500))
  return plain === '' ? null : plain
}
