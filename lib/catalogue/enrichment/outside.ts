import { z } from 'zod'

/** What a source outside says of an artist or an album, as pages are given it. */
export type Outside<Facts> = {
  /** Its name among the sources: "musicbrainz". */
  source: string
  /** An ISO 8601 date and time. */
  fetchedAt: string
  facts: Facts
}

/** Who an album's cover is from, and since when. */
export type CoverSource = Pick<Outside<unknown>, 'source' | 'fetchedAt'>

const Instant = z.coerce.date().transform((date) => date.toISOString())
const Row = z.object({ source: z.string(), fetchedAt: Instant, data: z.unknown() })

/** @param rows of `enrichment`; those that are not of the shape, or that nothing was found for, are left out. */
export const toOutside = <Facts>(rows: readonly unknown[], shape: z.ZodType<Facts>): Outside<Facts>[] =>
  rows.flatMap((row) => {
    const read = Row.safeParse(row).data
    const facts = shape.safeParse(read?.data).data
    return read && facts !== undefined ? [{ source: read.source, fetchedAt: read.fetchedAt, facts }] : []
  })
