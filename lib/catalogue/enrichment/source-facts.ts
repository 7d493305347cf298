import { z } from 'zod'

/** The data of one source about an artist or an album, for pages. */
export type SourceFacts<Facts> = {
  /** The name of the source: "musicbrainz". */
  source: string
  /** An ISO 8601 date and time. */
  fetchedAt: string
  facts: Facts
}

/** The source of an album's cover. */
export type CoverSource = Pick<SourceFacts<unknown>, 'source' | 'fetchedAt'>

const Instant = z.coerce.date().transform((date) => date.toISOString())
const Row = z.object({ source: z.string(), fetchedAt: Instant, data: z.unknown() })

/** @param rows of `enrichment`. Rows without data, or with data of another shape, are left out. */
export const toSourceFacts = <Facts>(rows: readonly unknown[], shape: z.ZodType<Facts>): SourceFacts<Facts>[] =>
  rows.flatMap((row) => {
    const parsed = Row.safeParse(row).data
    const facts = shape.safeParse(parsed?.data).data
    return parsed && facts !== undefined ? [{ source: parsed.source, fetchedAt: parsed.fetchedAt, facts }] : []
  })
