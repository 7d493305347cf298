import { z } from 'zod'
import { type AlbumFacts, type ArtistFacts, Text, WebAddress } from '@/lib/catalogue/enrichment/facts'
import type { EnrichedKind } from '@/lib/catalogue/kinds'

/**
 * What is kept of what sources say: our own shapes, bounded, whatever a source sends. They are read from the database
 * with these as well, for what an older version wrote may be of another shape.
 */

/** An artist or an album of the catalogue. */
export type Entity = { kind: EnrichedKind; id: number }

/** A picture that lib/artwork keeps. */
export const CoverFacts = z.object({
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** Where it was. */
  url: WebAddress,
})
export type CoverFacts = z.infer<typeof CoverFacts>

export type Facts = ArtistFacts | AlbumFacts | CoverFacts

/** MusicBrainz's ids are UUIDs. */
export const Mbid = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, { error: 'is no id of MusicBrainz' })
  .toLowerCase()

/** Something at a source that may be what was looked for. */
export const Candidate = z.object({
  id: z.string().min(1).max(100),
  /** Name or title, and what tells it from others. */
  name: Text,
  detail: z.string().max(500),
  confidence: z.number().min(0).max(1),
})
export type Candidate = z.infer<typeof Candidate>

/** Enough to choose from. */
const MAX_CANDIDATES = 5

/** Those that are right: one that isn't hides no other. */
export const candidatesOf = (rated: unknown): Candidate[] =>
  Array.isArray(rated) ? rated.flatMap((each) => Candidate.safeParse(each).data ?? []).slice(0, MAX_CANDIDATES) : []

/** PostgreSQL takes no NUL, and half a character is none. */
export const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed()

/** What `text` has room for; null where nothing is left of it. */
export function textOrNull(text: string | null | undefined): string | null {
  const plain = storable((text ?? '').trim().slice(0, 500))
  return plain === '' ? null : plain
}
