import { toReleaseDate } from '@/lib/catalogue/resource-parts'
import type { AlbumEnrichment, ArtistEnrichment } from '@/lib/catalogue/resources'
import type { Prisma } from '@/lib/db/generated/client'
import { AlbumFacts, ArtistFacts, type PartialDate } from './facts'

/** What is read of what sources say of an artist or an album, in the statement that reads these. */
export const enrichmentSelect = {
  orderBy: { source: 'asc' },
  select: {
    source: true,
    state: true,
    externalId: true,
    confidence: true,
    fetchedAt: true,
    freshUntil: true,
    data: true,
  },
} satisfies Prisma.Artist$enrichmentsArgs

type EnrichmentRecord = Prisma.EnrichmentGetPayload<typeof enrichmentSelect>

/** Whether what is known is not sure to be so still: its time is over, or the source had no newer word of it. */
export const isStale = ({ state, freshUntil }: Pick<EnrichmentRecord, 'state' | 'freshUntil'>, now: Date): boolean =>
  state !== 'fresh' || freshUntil === null || freshUntil <= now

/** What a source knows nothing of is left out, and what is not of the shape: a cover is shown as one. */
const known = <Facts, Shown>(
  records: EnrichmentRecord[],
  read: (data: unknown) => Facts | undefined,
  show: (facts: Facts) => Shown,
  now: Date,
) =>
  records.flatMap(({ source, state, externalId, confidence, fetchedAt, freshUntil, data }) => {
    const facts = read(data)
    if (facts === undefined || !fetchedAt || !freshUntil) return []
    return [
      {
        source,
        id: externalId,
        confidence,
        fetchedAt: fetchedAt.toISOString(),
        freshUntil: freshUntil.toISOString(),
        stale: isStale({ state, freshUntil }, now),
        ...show(facts),
      },
    ]
  })

const dateOrNull = (date: PartialDate | null) => date && toReleaseDate(date)

export const toArtistEnrichment = (records: EnrichmentRecord[], now = new Date()): ArtistEnrichment[] =>
  known(
    records,
    (data) => ArtistFacts.safeParse(data).data,
    ({ artistKind, begin, end, hasEnded, ...facts }) => ({
      kind: artistKind,
      begin: dateOrNull(begin),
      end: dateOrNull(end),
      ended: hasEnded,
      ...facts,
    }),
    now,
  )

export const toAlbumEnrichment = (records: EnrichmentRecord[], now = new Date()): AlbumEnrichment[] =>
  known(
    records,
    (data) => AlbumFacts.safeParse(data).data,
    ({ albumKind, firstReleased, ...facts }) => ({
      kind: albumKind,
      firstReleased: dateOrNull(firstReleased),
      ...facts,
    }),
    now,
  )
